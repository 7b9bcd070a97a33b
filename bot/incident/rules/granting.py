"""Access for a time: who may read a private incident, how long, and its end by itself (G6.1, D4)."""

from datetime import timedelta

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import MIN_TITLE, Decision, word_count
from bot.incident.history import access_events as a
from bot.incident.history import events as e
from bot.incident.history.access import Grant
from bot.incident.model import Incident
from bot.incident.refusing.access_refusals import in_it_already, no_such_access, not_private, too_long_access
from bot.incident.refusing.refusals import say_what
from bot.incident.sight import works_on
from bot.incident.timers import ACCESS_TOLD_BEFORE

LONGEST_ACCESS = timedelta(hours=4)


def grant_access(command: c.GrantAccess, incident: Incident, context: Context) -> Decision:
    """Return access until then, given by those who lead; given again, the later word counts."""
    if not incident.is_private:
        return not_private(incident)
    if command.span > LONGEST_ACCESS:
        return too_long_access()
    if works_on(incident, command.person):
        return in_it_already(incident, command.person)
    if word_count(command.why) < MIN_TITLE:
        return say_what(MIN_TITLE, what="why they are to read it")
    return (
        a.AccessGranted(
            at=context.now,
            by=context.actor.id,
            number=incident.access.granted + 1,
            person=command.person,
            until=context.now + command.span,
            why=command.why,
            is_short=command.span <= ACCESS_TOLD_BEFORE,
        ),
    )


def end_access(command: c.EndAccess, incident: Incident, context: Context) -> Decision:
    """Return access ended before its time, by those who lead or by whoever has it."""
    grant = incident.access.grant_of(command.person)
    return (_ended(grant, incident, context),) if grant else no_such_access(incident, command.person)


def access_ends_soon(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return that everybody whose access ends within ten minutes is told."""
    soon = (one for one in incident.access.grants if not one.told_at and one.until - ACCESS_TOLD_BEFORE <= context.now)
    return tuple(
        a.AccessEndsSoon(
            at=context.now, by=context.actor.id, number=grant.number, person=grant.person, until=grant.until
        )
        for grant in soon
    )


def access_over(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return every access ended whose time is over."""
    over = (grant for grant in incident.access.grants if grant.until <= context.now)
    return tuple(_ended(grant, incident, context) for grant in over)


def _ended(grant: Grant, incident: Incident, context: Context) -> a.AccessEnded:
    return a.AccessEnded(
        at=context.now,
        by=context.actor.id,
        number=grant.number,
        person=grant.person,
        stays=works_on(incident, grant.person),
    )
