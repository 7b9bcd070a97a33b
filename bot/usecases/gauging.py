"""How much waits at this moment, in figures alone: what a scraper may see."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.ports import UnitOfWork
from bot.usecases.world import World
from bot.words import Lane


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """What waits: deliveries by lane, the age in seconds of the oldest in each, pending timers and those overdue."""

    waiting: Mapping[Lane, int]
    oldest_s: Mapping[Lane, float]
    timers: int
    timers_due: int
    open_incidents: int


def gauge(unit: UnitOfWork, world: World) -> Gauges:
    """Return how much waits now."""
    now = world.now()
    owed = unit.outbox.owed_by_lane()
    pending, due = unit.timers.counted(now=now)
    return Gauges(
        waiting={lane: owed[lane].count if lane in owed else 0 for lane in Lane},
        oldest_s={lane: max(0.0, (now - owed[lane].since).total_seconds()) if lane in owed else 0.0 for lane in Lane},
        timers=pending,
        timers_due=due,
        open_incidents=len(unit.incidents.open_numbers()),
    )
