"""The clock's turn: due timers speak commands, incident by incident, through the same door as people."""

from datetime import timedelta

from bot.incident.commands import RunTimers
from bot.incident.context import CLOCK, TOCSIN, Context
from bot.incident.decide import decide
from bot.incident.effects import OPERATORS, Effect, EffectKind, TimerChange, TimerOp
from bot.incident.model import Incident
from bot.incident.refusals import Refused
from bot.incident.timers import wanted
from bot.ports import UnitOfWork
from bot.usecases.digesting import ask_digest
from bot.usecases.recording import record
from bot.usecases.world import World
from bot.words import Lane

BATCH = 50
STUCK_AFTER = timedelta(minutes=10)


def tick(unit: UnitOfWork, world: World) -> int:
    """Run every timer due by now of up to 50 incidents, and return how many incidents had one."""
    ask_digest(unit, world)
    due = unit.timers.due(now=world.now(), limit=BATCH)
    for number in due:
        incident = unit.incidents.get(number)
        if incident:
            _run(unit, incident, world)
    return len(due)


def _run(unit: UnitOfWork, incident: Incident, world: World) -> None:
    context = _clock(unit, incident, world)
    decision = decide(incident, RunTimers(), context)
    if isinstance(decision, Refused) or not decision:
        _retire(unit, incident, context)
        return
    record(unit, incident, decision, context, request_id=f"tick:{incident.number}:{incident.version}")


def _clock(unit: UnitOfWork, incident: Incident, world: World) -> Context:
    policy = world.policy(unit, incident.policy_hash)
    return Context(policy=policy, rota=world.rota(unit, policy), now=world.now(), actor=CLOCK)


def _retire(unit: UnitOfWork, incident: Incident, context: Context) -> None:
    """Stop rows that are due although the incident no longer wants them, so that they do not stay due for ever."""
    want = wanted(incident, context.policy)
    stale = [
        TimerChange(op=TimerOp.STOP, kind=row.kind, due_at=row.due_at)
        for row in unit.timers.of(incident.number)
        if row.state == "pending" and want.get(row.kind) != row.due_at
    ]
    unit.timers.change(incident.number, stale, now=context.now)


def sweep(unit: UnitOfWork, world: World) -> int:
    """Arm what open incidents want and do not have, tell the operators, and return how many gaps there were.

    A gap means that a promise was about to be broken: it is repaired and said out loud.
    """
    gaps = [(incident, gap) for incident in unit.incidents.open() for gap in _gaps(unit, incident, world)]
    for incident, gap in gaps:
        unit.timers.change(incident.number, [gap], now=world.now())
        unit.outbox.add([_alarm(incident, gap)], now=world.now())
    return len(gaps) + _overdue(unit, world)


def _overdue(unit: UnitOfWork, world: World) -> int:
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


def _gaps(unit: UnitOfWork, incident: Incident, world: World) -> list[TimerChange]:
    policy = world.policy(unit, incident.policy_hash)
    live = {row.kind for row in unit.timers.of(incident.number) if row.state == "pending"}
    return [
        TimerChange(op=TimerOp.ARM, kind=kind, due_at=due_at)
        for kind, due_at in wanted(incident, policy).items()
        if kind not in live
    ]


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
