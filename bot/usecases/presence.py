"""Being here: how Tocsin knows that it was away, and which incidents are still to be told of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.incident.history.absence import AWAY_AFTER, Absence
from bot.ports import Presence, UnitOfWork
from bot.usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """That Tocsin is here: the `absence` before it, if any is still to be told of, and the numbers to tell it to."""

    absence: Absence | None = None
    untold: Sequence[int] = ()


def appear(unit: UnitOfWork, world: World, *, returned: bool) -> Appearance:
    """Write down that Tocsin is here.

    `returned` says that this process did not look for a time, so that when Tocsin was last seen, in any process, is
    when it went away. An absence that was not told everywhere yet, and is followed by another, becomes one with it.
    """
    was, now = unit.presence.get(), world.now()
    if was is None or not returned:
        unit.presence.put(Presence(seen_at=now, absence=was.absence if was else None), was=was)
        return Appearance()
    absence = _absence(was, now)
    untold = unit.incidents.open_numbers() if absence else ()
    unit.presence.put(Presence(seen_at=now, absence=absence if untold else None), was=was)
    return Appearance(absence=absence, untold=untold)


def _absence(was: Presence, now: datetime) -> Absence | None:
    if now - was.seen_at < AWAY_AFTER:
        return was.absence
    return Absence(since=was.absence.since if was.absence else was.seen_at, until=now)


def part(unit: UnitOfWork, world: World) -> None:
    """Write down that Tocsin was here until now."""
    was = unit.presence.get()
    if was:
        unit.presence.put(replace(was, seen_at=max(was.seen_at, world.now())), was=was)


def all_told(unit: UnitOfWork, absence: Absence) -> None:
    """Write down that every open incident was told of `absence`."""
    was = unit.presence.get()
    if was and was.absence == absence:
        unit.presence.put(replace(was, absence=None), was=was)
