"""Deliveries that died: an operator has one tried again or lets it go, and the record says so."""

from bot.incident.context import SHELL
from bot.ports import DeliveryState, UnitOfWork
from bot.usecases.noting import note
from bot.usecases.world import World


def revive(unit: UnitOfWork, world: World, *, id: str) -> DeliveryState | None:  # noqa: A002 - the outbox's
    """Have the dead delivery `id` looked up and, where it is missing, sent again; return how it stood, None if unknown.

    Whatever is not dead stays as it is.
    """
    stood = _stood(unit, id)
    if stood is DeliveryState.DEAD:
        unit.outbox.settle_retry(id, at=world.now(), in_doubt=True, error="", counted=True, now=world.now())
        _note(unit, world, "outbox.retried", id)
    return stood


def drop(unit: UnitOfWork, world: World, *, id: str) -> DeliveryState | None:  # noqa: A002 - the outbox's
    """Let the dead delivery `id` go for good; return how it stood, None if unknown. What is not dead stays as it is."""
    stood = _stood(unit, id)
    if stood is DeliveryState.DEAD:
        unit.outbox.settle_skipped(id, now=world.now())
        _note(unit, world, "outbox.dropped", id)
    return stood


def _stood(unit: UnitOfWork, id: str) -> DeliveryState | None:  # noqa: A002 - the outbox's
    found = unit.outbox.get(id, lock=True)
    return found.state if found else None


def _note(unit: UnitOfWork, world: World, action: str, id: str) -> None:  # noqa: A002 - the outbox's
    note(
        unit,
        action,
        by=SHELL.id,
        kind=SHELL.kind,
        resource=f"delivery:{id}",
        policy_hash=world.policy(unit).hash,
        request_id=f"{action}:{id}",
        payload={"delivery": id},
        world=world,
    )
