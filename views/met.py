"""What a message about a clock becomes once its milestone is reached: done, and how late it was (calm budget)."""

from collections.abc import Iterator
from datetime import datetime

from bot.incident.clocks import Clock
from bot.incident.sentences import When, spell
from bot.words import ClockKind
from views.clock_lines import NAMES
from views.scene import Scene
from views.sentences import Line


def done_line(scene: Scene, clock: Clock, at: datetime) -> Line:
    """Return that the milestone was reached `at` that moment, and how long after it was due."""
    late = f", {spell(at - clock.due_at)} late." if at > clock.due_at else "."
    return (f"✅ {scene.incident.ref}: {NAMES[clock.kind].done.lower()} at ", When(at), late)


def met_late(scene: Scene, missed: set[ClockKind]) -> Iterator[tuple[Clock, datetime]]:
    """Return the clocks of `missed` that were met since the message was posted, and when; in the order people read."""
    for clock in scene.picture.clocks:
        if clock.kind in missed and clock.met_at and not scene.first:
            yield clock, clock.met_at
