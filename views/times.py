"""An incident's times as people gave them: on the card, in the summary, and said back to who gave them."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.incident.history.timing import time_of
from bot.incident.history.told_times import Moment
from bot.incident.sentences import When
from views import kit
from views.reading import moment, text
from views.scene import Scene
from views.sentences import Line, joined

SHORT = "%Y-%m-%d %H:%M"


def time_fields(scene: Scene) -> Iterator[tuple[str, Line]]:
    """Return at most two fields: when it started, and when it was detected and alerted; none where nobody said."""
    started = time_of(scene.incident, Moment.STARTED)
    if started:
        yield "Started", (When(started),)
    seen = [(which, time_of(scene.incident, which)) for which in (Moment.DETECTED, Moment.ALERTED)]
    told = [(which, at) for which, at in seen if at]
    if told:
        yield " and ".join(which.value for which, _ in told).capitalize(), joined((When(at),) for _, at in told)


def times_line(scene: Scene) -> Line:
    """Return every time that is known, in one line."""
    known = [(which, at) for which in Moment if (at := time_of(scene.incident, which))]
    return joined([(f"{which} ", When(at)) for which, at in known], last=", ")


def say_times(scene: Scene) -> kit.Message:
    """Return what was understood, in which zone, and what stands on the record now."""
    understood = _understood(scene)
    stands = (f"{scene.incident.ref}: ", *times_line(scene), ".")
    note = "A time given before stays on the timeline."
    return kit.Message(
        text=scene.pen.text(*stands),
        blocks=[scene.pen.says(*stands), scene.pen.below(f"{understood}{note}")],
    )


def _understood(scene: Scene) -> str:
    zone = text(scene.words, "zone")
    given = next((at for which in Moment if (at := moment(scene.words, f"{which}_at"))), None)
    if not zone or given is None:
        return ""
    utc = f"{given.strftime(SHORT)} UTC"
    return f"Understood as {utc}. " if zone == "UTC" else f"Understood as {_local(given, zone)} {zone}, {utc}. "


def _local(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime(SHORT)
