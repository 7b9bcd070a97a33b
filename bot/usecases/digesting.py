"""The digest's turn: at nine, once a day, whatever was restarted meanwhile."""

from datetime import datetime, timedelta

from bot.incident.reacting.effects import LEADERSHIP, Effect, EffectKind
from bot.incident.reading.digest import STALE, digest, digest_id, last_nine, next_nine
from bot.ports import UnitOfWork
from bot.usecases.pictures import pictures
from bot.usecases.world import World
from bot.words import Lane

DAY = timedelta(days=1)
LOOK_BACK = timedelta(days=30)
"""How far back incidents are read: whose postmortem is longer overdue than this has been told often enough."""


def digest_wanted(unit: UnitOfWork, world: World) -> bool:
    """Return whether the digest of the last nine o'clock is still to be asked for, and not stale by now.

    Its id is its day, so that no restart and no second replica asks twice; a record that began later owes none.
    """
    if unit.policies.hash_in_force() is None:
        return False
    now = world.now()
    nine, began = last_nine(now=now, zone=world.policy(unit).channels.zone), unit.audit.began()
    return began is not None and began < nine and now - nine <= STALE and unit.outbox.get(digest_id(nine)) is None


def ask_digest(unit: UnitOfWork, world: World) -> None:
    """Ask for the digest of the last nine o'clock, if it is wanted."""
    if not digest_wanted(unit, world):
        return
    now, policy = world.now(), world.policy(unit)
    nine = last_nine(now=now, zone=policy.channels.zone)
    lately = unit.incidents.lately(since=now - LOOK_BACK)
    effect = Effect(
        id=digest_id(nine),
        kind=EffectKind.POST,
        lane=Lane.DIGEST,
        incident=None,
        place=LEADERSHIP,
        view="digest",
        words=digest(list(pictures(unit, lately, world).values()), since=nine - DAY, now=now),
    )
    unit.outbox.add([effect], now=now)


def digest_due(unit: UnitOfWork, world: World) -> datetime | None:
    """Return when the next digest is due, or None while no policy is in force."""
    if unit.policies.hash_in_force() is None:
        return None
    return next_nine(now=world.now(), zone=world.policy(unit).channels.zone)
