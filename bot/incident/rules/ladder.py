"""The clock's own acts: warning before, missing at, paging on, and chasing an update up its ladder."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.incident import commands as c
from bot.incident import timers as t
from bot.incident.clocks import clocks
from bot.incident.context import CLOCK, Context
from bot.incident.decision import Decision
from bot.incident.history import events as e
from bot.incident.history.apply import apply
from bot.incident.model import CancelReason, Incident
from bot.incident.rules.absence import away_noticed, is_news
from bot.incident.rules.asking import asked_due
from bot.incident.rules.excepting import exceptions_over
from bot.incident.rules.granting import access_ends_soon, access_over
from bot.incident.rules.handover import loan_due, offer_expired
from bot.incident.rules.pages import due_page
from bot.incident.rules.phasing import fire_phase
from bot.incident.rules.staffing import roles_due, roles_over
from bot.incident.rules.steps import unanswered
from bot.words import ClockKind, Status

_ORDER = (
    f"{ClockKind.ACKNOWLEDGE}{t.DUE}",
    f"{ClockKind.COMMANDER}{t.DUE}",
    f"{ClockKind.MITIGATE}{t.DUE}",
    f"{ClockKind.RESOLVE}{t.DUE}",
    t.PAGE,
    t.NOBODY,
)


def run_timers(command: c.RunTimers, incident: Incident, context: Context) -> Decision:
    """Return everything due by now, in the order it fell due, as if the clock had never been late.

    An absence of Tocsin that this incident was not told of yet comes first.
    """
    late = due_by_now(incident, context)
    if command.away is None or not is_news(command.away, incident):
        return late
    return (away_noticed(command.away, incident, late, context, on_time=_on_time(incident, context)), *late)


def _on_time(incident: Incident, context: Context) -> tuple[tuple[e.Event, Incident], ...]:
    """Return what the clock would have done by now had it never been late, with the incident as each left it."""
    done: list[tuple[e.Event, Incident]] = []
    while due := first_due(incident, context):
        then = replace(context, now=t.wanted(incident, context.policy)[due])
        for event in fire(due, incident, then):
            incident = apply(incident, event)
            done.append((event, incident))
    return tuple(done)


def due_by_now(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return the clock's own acts up to now."""
    done: list[e.Event] = []
    while due := first_due(incident, context):
        for event in fire(due, incident, context):
            incident = apply(incident, event)
            done.append(event)
    return tuple(done)


def overdue(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return the due times that passed before now and were not noticed yet, whoever speaks first after them.

    What was missed is on the record even when the milestone is met before the clock's next tick (G3.1).
    """
    late: list[e.Event] = []
    context = replace(context, actor=CLOCK)
    while kind := _first_over(incident, context):
        for event in fire(kind, incident, context):
            incident = apply(incident, event)
            late.append(event)
    return tuple(late)


def _first_over(incident: Incident, context: Context) -> str | None:
    wanted = t.wanted(incident, context.policy).items()
    over = [(at, kind) for kind, at in wanted if kind.endswith(t.DUE) and at < context.now]
    return min(over)[1] if over else None


def first_due(incident: Incident, context: Context) -> str | None:
    """Return the kind of the timer that fell due first, worst first at the same moment, or None."""
    due = [
        (at, _ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind)
        for kind, at in t.wanted(incident, context.policy).items()
        if at <= context.now
    ]
    return min(due)[2] if due else None


def fire(kind: str, incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return what the timer `kind` does; it always does something, so that it does not stay due."""
    if kind in _FIRED:
        return _FIRED[kind](incident, context)
    if kind.startswith(t.PHASE):
        return (fire_phase(kind, incident, context),)
    clock = ClockKind(kind.rsplit(".", 1)[0])
    due_at = next(one.due_at for one in clocks(incident, context.policy) if one.kind is clock)
    if kind.endswith(t.WARN):
        return (e.ClockDueSoon(at=context.now, by=context.actor.id, kind=clock, due_at=due_at),)
    return (_missed(clock, due_at, incident, context),)


def _missed(clock: ClockKind, due_at: datetime, incident: Incident, context: Context) -> e.ClockMissed:
    keys = _to_call(clock, due_at, incident, context)
    called = tuple((key, person) for key in keys if (person := context.rota.contact(key)))
    spared = called if incident.is_test else ()
    return e.ClockMissed(
        at=context.now,
        by=context.actor.id,
        kind=clock,
        due_at=due_at,
        called=() if incident.is_test else called,
        spared=spared,
    )


def _to_call(clock: ClockKind, due_at: datetime, incident: Incident, context: Context) -> tuple[str, ...]:
    """Return whom policy calls: G3.2 for mitigation; the contact for silence (G8.1, P2), unless paging does it."""
    rules = context.rules(incident.severity)
    if clock is ClockKind.MITIGATE:
        return rules.escalation
    if clock is ClockKind.RESOLVE or _paging_reaches(rules.escalation_contact, due_at, incident, context):
        return ()
    return (rules.escalation_contact,)


def _paging_reaches(contact: str, due_at: datetime, incident: Incident, context: Context) -> bool:
    paging = incident.status is Status.DECLARED
    rungs = context.rules(incident.severity).pages
    return paging and any(rung.contact == contact and incident.runs_since + rung.after <= due_at for rung in rungs)


def _nobody(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    return (e.NobodyAnswered(at=context.now, by=context.actor.id),)


def _headline(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    return (e.HeadlineDue(at=context.now, by=context.actor.id),)


def _heads_up(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    return (e.UpdateDueSoon(at=context.now, by=context.actor.id, due_at=incident.chased.due_at),)


def _update_due(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    cadence = incident.chased
    ladder = context.policy.ladder
    backing_off = cadence.in_row >= ladder.backoff_after_misses
    first_backoff = cadence.in_row + 1 == ladder.backoff_after_misses
    next_nudge = cadence.due_at + ladder.backoff[0] if first_backoff else cadence.nudge_at
    return (
        e.UpdateMissed(
            at=context.now,
            by=context.actor.id,
            due_at=cadence.due_at,
            next_due_at=cadence.due_at + cadence.every,
            nudge=not backing_off and cadence.snooze is None,
            next_nudge_at=next_nudge,
        ),
    )


def _nudge(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    cadence, steps = incident.chased, context.policy.ladder.backoff
    wait = steps[min(cadence.nudged + 1, len(steps) - 1)]
    return (e.UpdateNudged(at=context.now, by=context.actor.id, next_nudge_at=context.now + wait),)


def _tell_commander(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    return (_climbed(2, incident, context, incident.commander),)


def _tell_contact(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    contact = context.rota.contact(context.rules(incident.severity).escalation_contact)
    return (_climbed(3, incident, context, contact),)


def _climbed(rung: int, incident: Incident, context: Context, person: str | None) -> e.UpdateLadderClimbed:
    missed = incident.chased.missed_due or context.now
    return e.UpdateLadderClimbed(at=context.now, by=context.actor.id, rung=rung, missed_due=missed, person=person)


def _test_end(_: Incident, context: Context) -> tuple[e.Event, ...]:
    return (e.Cancelled(at=context.now, by=context.actor.id, reason=CancelReason.TEST, words=""),)


def _snooze_end(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    return (e.SnoozeEnded(at=context.now, by=context.actor.id),)


_FIRED: dict[str, Callable[[Incident, Context], tuple[e.Event, ...]]] = {
    t.PAGE: due_page,
    t.NOBODY: _nobody,
    t.HEADLINE: _headline,
    t.HEADS_UP: _heads_up,
    t.UPDATE_DUE: _update_due,
    t.NUDGE: _nudge,
    t.TELL_COMMANDER: _tell_commander,
    t.TELL_CONTACT: _tell_contact,
    t.SNOOZE_END: _snooze_end,
    t.OFFER_ENDS: offer_expired,
    t.LOAN_ENDS: loan_due,
    t.TEST_END: _test_end,
    t.UNANSWERED: unanswered,
    t.ACCESS_SOON: access_ends_soon,
    t.ACCESS_END: access_over,
    t.ROLES_DUE: roles_due,
    t.ROLE_ENDS: roles_over,
    t.ASKED_NEXT: asked_due,
    t.EXCEPTION_END: exceptions_over,
}
