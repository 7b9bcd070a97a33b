"""Suggesting: words and severities go from those who may not decide to those who may, and what they make of them."""

from bot.incident import commands as c
from bot.incident.authority.deciding import who_may
from bot.incident.authority.rights import Right
from bot.incident.context import Context
from bot.incident.decision import MIN_REASON, Decision, word_count
from bot.incident.history import suggestions as s
from bot.incident.history.apply import applied
from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.phases import floor_of, kind_of
from bot.incident.refusing.authority_refusals import no_commander
from bot.incident.refusing.refusals import REASON_TOO_THIN, Refused, say_what
from bot.incident.refusing.suggestion_refusals import posted_already
from bot.incident.refusing.turn_refusals import severity_already
from bot.incident.refusing.type_refusals import below_floor
from bot.incident.rules.respond import take_command
from bot.incident.rules.updates import post_update

MOST_ASKED = 2
"""How many of those who may lower a severity are asked at once."""


def send_to_commander(command: c.SendToCommander, incident: Incident, context: Context) -> Decision:
    """Return words for an update sent to the commander, who may post them or not (G3.3)."""
    if incident.commander is None:
        return no_commander(incident, kept=command.words)
    if word_count(command.words) < 1:
        return say_what(1, what="what the commander should post")
    sent = s.UpdateSuggested(at=context.now, by=context.actor.id, words=command.words, person=incident.commander)
    return (sent,)


def post_suggested(command: c.PostSuggested, incident: Incident, context: Context) -> Decision:
    """Return the words posted as an update of whoever presses; once is enough."""
    if incident.last_update and incident.last_update.now == command.now:
        return posted_already(incident.last_update)
    return post_update(c.PostUpdate(now=command.now), incident, context)


def take_and_post(command: c.TakeAndPost, incident: Incident, context: Context) -> Decision:
    """Return the free seat taken and the words posted; a seat taken by another meanwhile stays theirs."""
    taken: tuple[Event, ...] = ()
    if incident.commander is None:
        decided = take_command(c.TakeCommand(), incident, context)
        taken = () if isinstance(decided, Refused) else decided
    incident = applied(incident, taken)
    posted = post_update(c.PostUpdate(now=command.now, affected=command.affected, next=command.next), incident, context)
    return posted if isinstance(posted, Refused) else (*taken, *posted)


def suggest_severity(command: c.SuggestSeverity, incident: Incident, context: Context) -> Decision:
    """Return the severity put to the commander and who is on call, with a reason."""
    if command.severity is incident.severity:
        return severity_already(incident)
    if command.severity.rank > floor_of(incident, context.policy).rank:
        return below_floor(incident, kind_of(incident, context.policy), kept=command.why)
    if word_count(command.why) < MIN_REASON:
        return REASON_TOO_THIN
    people = tuple(one for one in who_may(Right.LOWER, incident, context) if one != context.actor.id)[:MOST_ASKED]
    put = s.SeveritySuggested(
        at=context.now,
        by=context.actor.id,
        was=incident.severity,
        severity=command.severity,
        why=command.why,
        people=people,
    )
    return (put,)


def leave_severity(command: c.LeaveSeverity, incident: Incident, context: Context) -> Decision:
    """Return the severity left as it is, by somebody who might have changed it."""
    return (s.SeverityLeft(at=context.now, by=context.actor.id, severity=incident.severity, person=command.person),)
