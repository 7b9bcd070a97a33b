"""The clock's turn: due timers speak commands, incident by incident, through the same door as people."""

from collections.abc import Sequence
from datetime import timedelta

from bot.incident.commands import RunTimers
from bot.incident.context import CLOCK, TOCSIN, Context
from bot.incident.decide import decide
from bot.incident.history.absence import Absence
from bot.incident.model import Incident
from bot.incident.reacting.effects import OPERATORS, Effect, EffectKind, TimerChange, TimerOp
from bot.incident.refusing.refusals import Refused
from bot.incident.timers import wanted
from bot.ports import UnitOfWork
from bot.usecases.merging import gone
from bot.usecases.recording import record
from bot.usecases.world import World
from bot.words import Lane

STUCK_AFTER = timedelta(minutes=10)
LATE_AFTER = timedelta(minutes=2)
"""How long a timer may stay due before the sweeper calls it a gap."""


def due(unit: UnitOfWork, world: World, *, limit: int) -> Sequence[int]:
    """Return numbers of incidents with a timer due by now, the longest overdue first."""
    return unit.timers.due(now=world.now(), limit=limit)


def run_timers(unit: UnitOfWork, world: World, *, number: int) -> None:
    """Run every timer of one incident that is due by now; another replica may have done it already.

    An absence that it was not told of yet is told in the same transaction.
    """
    incident = unit.incidents.get(number)
    if incident is None:
        return
    context = _clock(unit, incident, world)
    decision = decide(incident, RunTimers(away=_away(unit)), context)
    if isinstance(decision, Refused) or not decision:
        _retire(unit, incident, context)
        return
    record(unit, incident, decision, context, request_id=f"tick:{incident.number}:{incident.version}")


def _away(unit: UnitOfWork) -> Absence | None:
    seen = unit.presence.get()
    return seen.absence if seen else None


def _clock(unit: UnitOfWork, incident: Incident, world: World) -> Context:
    policy = world.policy(unit, incident.policy_hash)
    return Context(
        policy=policy, rota=world.rota(unit, policy), now=world.now(), actor=CLOCK, gone=gone(unit, incident)
    )


def _retire(unit: UnitOfWork, incident: Incident, context: Context) -> None:
    """Stop rows that are due although the incident no longer wants them, so that they do not stay due for ever."""
    want = wanted(incident, context.policy)
    stale = [
        TimerChange(op=TimerOp.STOP, kind=row.kind, due_at=row.due_at)
        for row in unit.timers.pending(incident.number)
        if want.get(row.kind) != row.due_at
    ]
    unit.timers.change(incident.number, stale, now=context.now)


def open_numbers(unit: UnitOfWork, _: World) -> Sequence[int]:
    """Return the numbers of everything open, for the sweeper to look at one by one."""
    return unit.incidents.open_numbers()


def sweep_incident(unit: UnitOfWork, world: World, *, number: int) -> int:
    """Arm what this incident wants and does not have, tell the operators, and return how many gaps there were.

    A gap means that a promise was about to be broken: it is repaired and said out loud. A timer that stays due
    although the clock ticks counts as one.
    """
    incident = unit.incidents.get(number)
    if incident is None:
        return 0
    gaps, late = _gaps(unit, incident, world)
    unit.timers.change(incident.number, gaps, now=world.now())
    unit.outbox.add([_alarm(incident, gap) for gap in gaps], now=world.now())
    return len(gaps) + late


def _gaps(unit: UnitOfWork, incident: Incident, world: World) -> tuple[list[TimerChange], int]:
    policy = world.policy(unit, incident.policy_hash)
    rows = unit.timers.pending(incident.number)
    live = {row.kind for row in rows}
    missing = [
        TimerChange(op=TimerOp.ARM, kind=kind, due_at=due_at)
        for kind, due_at in wanted(incident, policy).items()
        if kind not in live
    ]
    return missing, sum(world.now() - row.due_at > LATE_AFTER for row in rows)


def sweep_outbox(unit: UnitOfWork, world: World) -> int:
    """Return how many deliveries are stuck; the operators are told once an hour while that lasts."""
    now = world.now()
    stuck = unit.outbox.overdue(before=now - STUCK_AFTER)
    if stuck:
        alarm = Effect(
            id=f"stuck/{now:%Y%m%dT%H}",
            kind=EffectKind.POST,
            lane=Lane.UPDATE,
            incident=None,
            place=OPERATORS,
            view="stuck",
            words={"count": stuck, "minutes": int(STUCK_AFTER.total_seconds() // 60)},
        )
        unit.outbox.add([alarm], now=now)
    return stuck


def _alarm(incident: Incident, gap: TimerChange) -> Effect:
    return Effect(
        id=f"incident:{incident.number}/gap/{gap.kind}/{gap.due_at:%Y%m%dT%H%M%S}",
        kind=EffectKind.POST,
        lane=Lane.UPDATE,
        incident=incident.number,
        place=OPERATORS,
        view="gap",
        words={"kind": gap.kind, "due_at": gap.due_at.isoformat(), "by": TOCSIN.id},
    )
