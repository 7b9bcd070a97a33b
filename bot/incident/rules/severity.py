"""Changing the severity: who may, with which reason, and what the clocks owe from the start (G3.1)."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.incident import commands as c
from bot.incident.authority.rights import Right
from bot.incident.context import CLOCK, Context
from bot.incident.decision import MIN_REASON, Decision, word_count
from bot.incident.history.apply import apply
from bot.incident.history.events import Event
from bot.incident.history.turns import SeverityChanged
from bot.incident.model import Incident
from bot.incident.phases import floor_of, kind_of
from bot.incident.refusing.refusals import REASON_TOO_THIN, Refused
from bot.incident.refusing.turn_refusals import severity_already, severity_moved
from bot.incident.refusing.type_refusals import below_floor
from bot.incident.rules.confirming import is_awaiting
from bot.incident.rules.ladder import due_by_now
from bot.incident.rules.mobilising import mobilised_at
from bot.words import Severity

ONE_MESSAGE = timedelta(minutes=1)
"""Changes within this time are told in one message."""


def change_severity(command: c.ChangeSeverity, incident: Incident, context: Context) -> Decision:
    """Return the severity changed, and at once whatever is overdue under it: clocks count from the start."""
    refused = _refuse(command, incident, context)
    if refused:
        return refused
    raised = command.severity.rank < incident.severity.rank and not incident.is_test
    awaits = raised and is_awaiting(Right.RAISE, command.severity, incident, context)
    return regraded(incident, command.severity, command.why, context, awaits=awaits)


def _refuse(command: c.ChangeSeverity, incident: Incident, context: Context) -> Refused | None:
    if command.was and command.was is not incident.severity:
        return severity_moved(incident)
    if command.severity is incident.severity:
        return severity_already(incident)
    if command.severity.rank > floor_of(incident, context.policy).rank:
        return below_floor(incident, kind_of(incident, context.policy), kept=command.why)
    if command.severity.rank < incident.severity.rank:
        return None
    return REASON_TOO_THIN if word_count(command.why) < MIN_REASON else None


def regraded(
    incident: Incident, severity: Severity, why: str, context: Context, *, awaits: bool = False
) -> tuple[Event, ...]:
    """Return the events of another severity, whoever is behind it; `awaits` says that it is to be confirmed."""
    changed = SeverityChanged(
        at=context.now,
        by=context.actor.id,
        was=incident.severity,
        to=severity,
        why=why,
        update_every=context.rules(severity).update_every,
        told_at=_told_at(incident, context.now),
        is_awaiting=awaits,
    )
    after = apply(incident, changed)
    brought = mobilised_at(after, context)
    owed = due_by_now(apply(after, brought) if brought else after, replace(context, actor=CLOCK))
    return (changed, *((brought,) if brought else ()), *owed)


def _told_at(incident: Incident, now: datetime) -> datetime:
    """Return when the message began that speaks of this change: within a minute it is the one before."""
    last = incident.regrades[-1].told_at if incident.regrades else None
    return last if last and now - last < ONE_MESSAGE else now
