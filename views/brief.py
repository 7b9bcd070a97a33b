"""The brief of a handover, written from the record: how it stands, what is due, what is open, who was told."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.incident.clocks import Clock
from bot.incident.sentences import Who
from bot.words import ClockKind, Status
from views import kit
from views.reading import text
from views.scene import Scene
from views.sentences import NEAR

LONGEST_BRIEF, LONGEST_PART = 1500, 300
_DUE = {
    ClockKind.ACKNOWLEDGE: "acknowledge",
    ClockKind.COMMANDER: "commander answers",
    ClockKind.MITIGATE: "mitigate",
    ClockKind.RESOLVE: "resolve",
    ClockKind.UPDATE: "update",
}


def brief(scene: Scene) -> str:
    """Return the brief in at most 1,500 characters, times in UTC; words typed already stand before it."""
    parts = (
        f"State: {_state(scene)}",
        f"Clocks: {_listed(_clocks(scene)) or 'none runs'}",
        f"Open: {_listed(_open(scene)) or 'nothing named'}",
        f"Told: {_listed(_told(scene)) or 'nobody outside the channel'}",
    )
    said = kit.their_words(text(scene.words, "said"))
    return kit.cut("\n".join([*([said] if said else []), " · ".join(parts)]), limit=LONGEST_BRIEF)


def _listed(parts: Iterator[str]) -> str:
    return ", ".join(parts)


def _utc(scene: Scene, at: datetime) -> str:
    """Return a moment in UTC, its day beside it where the hour alone would not say which."""
    utc = at.astimezone(UTC)
    near = abs(at - scene.now) <= NEAR
    return f"{utc:%H:%M} UTC" if near else f"{utc:%b} {utc.day} {utc:%H:%M} UTC"


def _said(words: str) -> str:
    return kit.one_line(words, limit=LONGEST_PART).rstrip(".")


def _state(scene: Scene) -> str:
    incident, last = scene.incident, scene.incident.last_update
    done = {Status.ACKNOWLEDGED: incident.acknowledged, Status.MITIGATED: incident.mitigated}.get(incident.status)
    since = (done or incident.declared).at
    doing = f", {_said(last.now)}" if last else ""
    return f"{incident.status} {_utc(scene, since)}{doing}"


def _clocks(scene: Scene) -> Iterator[str]:
    for clock in scene.picture.clocks:
        if clock.is_running:
            yield f"{_DUE[clock.kind]} {_by(clock)} {_utc(scene, clock.due_at)}"


def _by(clock: Clock) -> str:
    return "missed" if clock.missed_at and clock.kind is not ClockKind.UPDATE else "by"


def _open(scene: Scene) -> Iterator[str]:
    last = scene.incident.last_update
    if last and last.next:
        yield _said(last.next)
    for call in scene.incident.calls:
        if call.answered_at is None:
            yield f"no answer yet from {scene.pen.plain(Who(call.person))}"


def _told(scene: Scene) -> Iterator[str]:
    incident, last = scene.incident, scene.incident.last_update
    at = last.at if last else incident.headline_at
    if at:
        yield f"leadership {_utc(scene, at)}"
    if last and scene.picture.rules.broadcast:
        yield f"#{scene.picture.rules.broadcast} {_utc(scene, last.at)}"
