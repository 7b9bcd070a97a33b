"""Sampling denials: one person's are written one by one up to a bound, then counted, and the count is kept (G2.1)."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from bot.ports import Denials, Entry, UnitOfWork
from bot.usecases.world import World
from bot.words import ActorKind

WINDOW = timedelta(minutes=10)
MOST_WRITTEN = 30
"""How many denials of one person are written within a window; product default, above what mistakes alone come to."""


def is_written(unit: UnitOfWork, actor: str, *, policy_hash: str, now: datetime) -> bool:
    """Return whether one more denial of `actor` has an entry of its own; one that has none is counted."""
    found = unit.denials.get(actor)
    if found and now - found.since >= WINDOW:
        _close(unit, found, policy_hash=policy_hash, now=now)
        found = None
    running = found or Denials(actor=actor, since=now)
    is_one_more = running.written < MOST_WRITTEN
    more = (
        replace(running, written=running.written + 1) if is_one_more else replace(running, skipped=running.skipped + 1)
    )
    unit.denials.put(more)
    return is_one_more


def gaps_due(unit: UnitOfWork, _: World) -> datetime | None:
    """Return when the next gap is to be written, or None while none is open."""
    oldest = unit.denials.oldest_skipped()
    return oldest + WINDOW if oldest else None


def are_gaps_due(unit: UnitOfWork, world: World) -> bool:
    """Return whether a window is over in which denials were only counted."""
    due = gaps_due(unit, world)
    return due is not None and due <= world.now()


def close_gaps(unit: UnitOfWork, world: World) -> None:
    """Write one entry for each window that is over in which denials were only counted, and forget the others."""
    now = world.now()
    for found in unit.denials.before(now - WINDOW):
        _close(unit, found, policy_hash=world.policy(unit).hash, now=now)


def _close(unit: UnitOfWork, found: Denials, *, policy_hash: str, now: datetime) -> None:
    unit.denials.end(found.actor)
    if not found.skipped:
        return
    gap = {"denied": found.skipped, "since": found.since.isoformat(), "until": (found.since + WINDOW).isoformat()}
    unit.audit.append(
        [
            Entry(
                action="refused.gap",
                actor=found.actor,
                actor_kind=ActorKind.PERSON,
                resource="incident",
                incident=None,
                decision="deny",
                occurred_at=now,
                policy_hash=policy_hash,
                request_id="",
                payload=json.dumps(gap, sort_keys=True).encode(),
            )
        ],
        now=now,
    )
