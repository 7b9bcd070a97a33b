"""Staffing an incident: a missing role is noticed, a role ends by itself, and whoever left the workspace holds none."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import Decision
from bot.incident.history import events as e
from bot.incident.history.apply import apply
from bot.incident.history.handover_events import CommandReturned
from bot.incident.history.staffing_events import PersonLeft, RoleEnd, RoleEnded, RolesMissing
from bot.incident.model import Incident, RoleHolding
from bot.incident.rules.apart import clash, kept_apart
from bot.incident.rules.pages import next_page
from bot.incident.rules.wanted_roles import unnoticed_roles
from bot.words import Role, Status


def roles_due(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return that nobody holds the roles whose time has come, all of them in one event."""
    unnoticed = unnoticed_roles(incident=incident, policy=context.policy)
    due = tuple(one for one in unnoticed if one.due_at <= context.now)
    return (RolesMissing(at=context.now, by=context.actor.id, roles=due),)


def roles_over(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return every role ended whose time is over; it goes back to whoever held it before and may hold it now."""
    over = (held for held in incident.roles if held.until and held.until <= context.now)
    return tuple(_ended(held, incident, context, RoleEnd.TIME) for held in over)


def _ended(held: RoleHolding, incident: Incident, context: Context, why: RoleEnd) -> RoleEnded:
    back = held.before if why is RoleEnd.TIME else None
    if back and (back in context.gone or clash(back, held.role, incident, context.policy)):
        back = None
    return RoleEnded(
        at=context.now,
        by=context.actor.id,
        role=held.role,
        person=held.person,
        giver=held.named_by,
        why=why,
        back_to=back,
    )


def yielded(before: Incident, after: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return the roles a new commander gives back because they must be somebody else's; command is never refused."""
    if after.commander is None or after.commander == before.commander:
        return ()
    apart = kept_apart(Role.COMMANDER, context.policy)
    theirs = (held for held in after.roles if held.person == after.commander and held.role in apart)
    return tuple(_ended(held, after, context, RoleEnd.COMMANDS) for held in theirs)


def record_departure(command: c.RecordDeparture, incident: Incident, context: Context) -> Decision:
    """Return the roles of somebody who left the workspace empty; for an empty seat, somebody is called at once.

    Command that was lent goes back to its giver instead. Nothing happens to an incident that is over, or to one they
    have no role in.
    """
    gone = command.person
    roles = tuple(role for role in Role if incident.holder(role) == gone)
    if not roles or not incident.status.is_open:
        return ()
    left = PersonLeft(at=context.now, by=context.actor.id, person=gone, roles=roles)
    return _unseated(left, incident, context) if Role.COMMANDER in roles else (left,)


def _unseated(left: PersonLeft, incident: Incident, context: Context) -> tuple[e.Event, ...]:
    loan, after = incident.handing.loan, apply(incident, left)
    if loan and loan.giver not in context.gone:
        back = CommandReturned(at=left.at, by=left.by, person=loan.giver, over=left.person)
        return (left, back)
    if incident.status is Status.DECLARED:
        page = next_page(after, context, instead_of=left.person)
        if page:
            return (left, *page)
    contact, called = _on_call(incident, context, but=left.person)
    return (replace(left, called=called, contact=contact),)


def _on_call(incident: Incident, context: Context, *, but: str) -> tuple[str, str | None]:
    """Return the first contact policy would page, and who stands behind it: somebody else than `but`."""
    if incident.is_test:
        return "", None
    rungs = (rung.contact for rung in context.rules(incident.severity).pages)
    for key in dict.fromkeys((*rungs, *context.policy.people.contacts)):
        person = context.rota.contact(key)
        if person and person != but:
            return key, person
    return "", None
