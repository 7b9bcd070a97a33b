"""Clocks as lines: what is due when, and how each clock stands (G3.1, G8.1)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.incident.clocks import Clock
from bot.incident.sentences import Quote, When, Who, spell, spell_allowed
from bot.policy.business import BusinessSpan
from bot.policy.model import Sprint
from bot.words import ClockKind
from views.scene import Scene
from views.sentences import Day, Line, joined

_MINUTES = re.compile(r"\d+ min")


@dataclass(frozen=True, slots=True)
class _Named:
    """What a clock is called: as a `thing`, while it `asks`, once it is `done`, and as what is `due`."""

    thing: str
    asks: str
    done: str
    due: str


NAMES: Mapping[ClockKind, _Named] = {
    ClockKind.ACKNOWLEDGE: _Named("Acknowledge", "Acknowledge", "Acknowledged", "acknowledgement"),
    ClockKind.COMMANDER: _Named("Commander", "Commander answers", "Commander answered", "commander's answer"),
    ClockKind.MITIGATE: _Named("Mitigate", "Mitigate", "Mitigated", "mitigation"),
    ClockKind.RESOLVE: _Named("Resolve", "Resolve", "Resolved", "resolution"),
    ClockKind.UPDATE: _Named("Status update", "Status update", "Status update posted", "status update"),
}


def clock_lines(scene: Scene) -> Iterable[Line]:
    """Return one line per clock, in the order people read them, and one for all that were stopped."""
    return lines_of(scene, scene.picture.clocks)


def lines_of(scene: Scene, clocks: Iterable[Clock]) -> Iterable[Line]:
    """Return one line for each of these clocks, and one for all of them that were stopped unmet."""
    stopped = []
    for clock in clocks:
        if clock.stopped and not clock.met_at and not clock.missed_at:
            stopped.append(NAMES[clock.kind].thing)
        else:
            yield clock_line(scene, clock)
    if stopped:
        yield (f"{', '.join(stopped).capitalize()}: stopped, {scene.incident.status}",)


def clock_line(scene: Scene, clock: Clock) -> Line:
    """Return one clock that runs, was met or was missed as a line, words first for who cannot see its mark."""
    named = NAMES[clock.kind]
    if clock.met_at:
        return _met(clock.met_at - clock.starts_at, clock, named)
    if clock.missed_at:
        return _missed(scene, clock, named)
    if clock.kind is ClockKind.UPDATE:
        return _update(scene, clock)
    if clock.warned_at:
        return (f"⚠️ {named.asks} by ", When(clock.due_at), ": due soon")
    return (f"⏳ {named.asks} by ", *_due(scene, clock))


def _due(scene: Scene, clock: Clock) -> Line:
    allowance = scene.picture.rules.clocks.get(clock.kind)
    if isinstance(allowance, Sprint):
        return ("the end of the sprint, ", Day(clock.due_at))
    if isinstance(allowance, BusinessSpan):
        return (When(clock.due_at), f" ({allowance})")
    return (When(clock.due_at), f" ({spell_allowed(clock.allowed)} allowed)")


def _met(took: timedelta, clock: Clock, named: _Named) -> Line:
    if took <= clock.allowed:
        return (f"✅ {named.done} in {spell(took)} ({beside(took, clock.allowed)} allowed)",)
    return (f"❗ {named.done} in {spell(took)}, {spell(took - clock.allowed)} late",)


def _missed(scene: Scene, clock: Clock, named: _Named) -> Line:
    if clock.kind is ClockKind.UPDATE:
        return _update_missed(scene, clock)
    return (f"❗ {named.thing} missed at ", When(clock.due_at), *_told(scene, clock.kind))


def _told(scene: Scene, kind: ClockKind) -> Line:
    calls = [call for call in scene.incident.calls if call.clock is kind]
    if not calls or scene.is_hushed:
        return ("; told ", When(calls[0].at)) if calls else ()
    return ("; ", *joined((Who(call.person),) for call in calls), " told ", When(calls[0].at))


def _update(scene: Scene, clock: Clock) -> Line:
    cadence = scene.incident.cadence
    by: Line = ("⏳ Status update by ", When(clock.due_at))
    if cadence is None or cadence.snooze is None:
        return (*by, f" (every {spell_allowed(clock.allowed)})")
    why: Line = () if scene.withheld else (": ", Quote(cadence.snooze.why))
    return (*by, ", nudges silent until ", When(cadence.snooze.until), " (", Who(cadence.snooze.by), *why, ")")


def _update_missed(scene: Scene, clock: Clock) -> Line:
    cadence = scene.incident.cadence
    due_at = (cadence.missed_due if cadence else None) or clock.due_at
    missed: Line = ("❗ Status update missed at ", When(due_at))
    return missed if clock.stopped else (*missed, "; next due ", When(clock.due_at))


def beside(took: timedelta, allowed: timedelta) -> str:
    """Return an allowance to stand beside a span: "30" beside "26 min", "30 min" beside "1 h 12 min"."""
    may = spell_allowed(allowed)
    whole = all(_MINUTES.fullmatch(span) for span in (spell(took), may))
    return may.removesuffix(" min") if whole else may


def next_due(scene: Scene) -> Clock | None:
    """Return the running clock that falls due first."""
    running = [clock for clock in scene.picture.clocks if clock.is_running]
    return min(running, key=lambda clock: clock.due_at, default=None)


def record(scene: Scene) -> Line:
    """Return how the incident kept its clocks: "Acknowledged in 2 min (5) · … · 0 clocks missed"."""
    met = [
        f"{NAMES[clock.kind].done.lower()} in {spell(clock.met_at - clock.starts_at)} "
        f"({beside(clock.met_at - clock.starts_at, clock.allowed)})"
        for clock in scene.picture.clocks
        if clock.met_at and clock.kind is not ClockKind.COMMANDER
    ]
    missed = sum(mark.kind is not ClockKind.UPDATE for mark in scene.incident.missed)
    counted = f"{missed} {'clock' if missed == 1 else 'clocks'} missed"
    told = " · ".join([*met, *_updates(scene), counted])
    return (told[0].upper() + told[1:],)


def updates_kept(scene: Scene) -> str:
    """Return how many updates came on time, or "" while none was asked for."""
    return next(iter(_updates(scene)), "").capitalize()


def _updates(scene: Scene) -> list[str]:
    cadence = scene.incident.cadence
    asked = cadence.on_time + cadence.missed if cadence else 0
    return [f"updates {cadence.on_time} of {asked} on time"] if cadence and asked else []
