"""Exceptions: who leads asks for a deviation from policy, the Governance Board approves it in writing (G1.1)."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import MIN_REASON, Decision, word_count
from bot.incident.history import exception_events as x
from bot.incident.history.events import Event
from bot.incident.history.exceptions import ExceptionStanding, PolicyException
from bot.incident.model import Incident
from bot.incident.refusing import exception_refusals as no
from bot.incident.refusing.handover_refusals import time_past
from bot.incident.refusing.refusals import REASON_TOO_THIN, Refused
from bot.policy.rota import board_of
from bot.words import Role

UNTIL = re.compile(
    r"(?:(?P<day>\d{4}-\d{2}-\d{2}|today|tomorrow)(?:[ T](?:at )?)?)?"
    r"(?:(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?P<utc>\s*(?:UTC|Z))?)?",
    re.IGNORECASE,
)
"""A moment to come as people type it: "16:00", "tomorrow 09:00 UTC", "2026-11-24"."""


def refuse_asking(incident: Incident, context: Context) -> Refused | None:
    """Return why nobody can be asked for an exception, or None: there must be a Board to answer."""
    board = _board(context)
    return None if board else no.not_the_boards(incident, board)


def _board(context: Context) -> tuple[str, ...]:
    return board_of(policy=context.policy, rota=context.rota)


def ask_exception(command: c.AskException, incident: Incident, context: Context) -> Decision:
    """Return the deviation put to the Board; what one of the Board writes is approved at once.

    Nobody approves what they need themselves: the commander or deputy is answered by another of the Board, if it has
    another.
    """
    refused = refuse_asking(incident, context)
    if refused:
        return refused
    if word_count(command.why) < MIN_REASON:
        return REASON_TOO_THIN
    until = context.now + command.span if command.span else command.until
    if until:
        refused = _refuse_until(until, context)
        if refused:
            return refused
    return _asked(command.why, until, incident, context)


def _refuse_until(until: datetime, context: Context) -> Refused | None:
    most = context.policy.governance.reviewed_every
    if until <= context.now:
        return time_past()
    return no.until_too_far(most.days) if until - context.now > most else None


def _asked(why: str, until: datetime | None, incident: Incident, context: Context) -> tuple[Event, ...]:
    me, board = context.actor.id, _board(context)
    others = tuple(one for one in board if one != me)
    needs_it = me in {incident.commander, incident.holder(Role.DEPUTY)}
    at_once = me in board and not (needs_it and others)
    number = len(incident.exceptions.every) + 1
    asked = x.ExceptionAsked(
        at=context.now, by=me, number=number, why=why, until=until, people=() if at_once else others
    )
    if not at_once:
        return (asked,)
    approved = x.ExceptionApproved(
        at=context.now, by=me, number=number, person=me, why=why, until=until, is_alone=needs_it
    )
    return (asked, approved)


def approve_exception(command: c.ApproveException, incident: Incident, context: Context) -> Decision:
    """Return the exception approved, in the words it was asked for, by one of the Board who did not ask for it."""
    one = _answerable(command.number, incident, context, verb="approve")
    if isinstance(one, Refused):
        return one
    if one.until and one.until <= context.now:
        return no.outlasted(incident, one)
    return (
        x.ExceptionApproved(
            at=context.now,
            by=context.actor.id,
            number=one.number,
            person=one.asked_by,
            why=one.why,
            until=one.until,
            is_alone=one.asked_by == context.actor.id,
        ),
    )


def decline_exception(command: c.DeclineException, incident: Incident, context: Context) -> Decision:
    """Return the exception declined by one of the Board, who says why; whoever asked is told."""
    one = _answerable(command.number, incident, context, verb="decline")
    if isinstance(one, Refused):
        return one
    if word_count(command.why) < MIN_REASON:
        return REASON_TOO_THIN
    return (
        x.ExceptionDeclined(
            at=context.now, by=context.actor.id, number=one.number, person=one.asked_by, why=command.why
        ),
    )


def _answerable(number: int | None, incident: Incident, context: Context, *, verb: str) -> PolicyException | Refused:
    """Return the exception that is meant and that the one who asks may answer."""
    board = _board(context)
    waiting = incident.exceptions.waiting
    if number is None and len(waiting) > 1:
        return no.which_exception(incident, waiting, verb=verb)
    one = incident.exceptions.of(number if number or not waiting else waiting[0].number)
    if one is None:
        return no.no_such_exception(incident, number, doing="waits for an answer")
    if one.standing is not ExceptionStanding.ASKED:
        return no.answered_already(incident, one)
    others = [who for who in board if who != context.actor.id]
    return no.your_own_request(incident, one, others) if one.asked_by == context.actor.id and others else one


def end_exception(command: c.EndException, incident: Incident, context: Context) -> Decision:
    """Return the exception ended before its time, by the Board or by those who lead: the rule holds again."""
    holding = incident.exceptions.holding
    if command.number is None and len(holding) > 1:
        return no.which_exception(incident, holding, verb="end")
    one = incident.exceptions.of(command.number if command.number or not holding else holding[0].number)
    if one is None or one not in holding:
        return no.no_such_exception(incident, None if one else command.number, doing="holds")
    return (_ended(one, context),)


def exceptions_over(incident: Incident, context: Context) -> tuple[Event, ...]:
    """Return every exception ended whose time is over."""
    return tuple(_ended(one, context) for one in incident.exceptions.holding if one.until and one.until <= context.now)


def _ended(one: PolicyException, context: Context) -> x.ExceptionEnded:
    return x.ExceptionEnded(at=context.now, by=context.actor.id, number=one.number, why=one.why)


def read_end(typed: str, *, zone: tzinfo, now: datetime) -> datetime:
    """Return the moment to come that `typed` names, read in `zone` unless it says UTC; in UTC.

    A time without a day is the next one; a day without a time is its last minute. ValueError for what is no moment.
    """
    found = UNTIL.fullmatch(typed.strip())
    if found is None or not (found["day"] or found["hour"]):
        message = f"{typed!r} is no moment"
        raise ValueError(message)
    here = now.astimezone(UTC if found["utc"] else zone)
    hour, minute = (int(found["hour"]), int(found["minute"])) if found["hour"] else (23, 59)
    meant = _day(found["day"], here).replace(hour=hour, minute=minute, second=0, microsecond=0)
    if not found["day"] and meant <= here:
        meant += timedelta(days=1)
    return meant.astimezone(UTC)


def _day(named: str | None, here: datetime) -> datetime:
    word = (named or "today").casefold()
    if word in {"today", "tomorrow"}:
        return here + timedelta(days=1) if word == "tomorrow" else here
    day = datetime.fromisoformat(word)
    return here.replace(year=day.year, month=day.month, day=day.day)
