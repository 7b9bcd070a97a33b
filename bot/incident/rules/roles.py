"""Roles other than commander: taking, giving and leaving them, and who comes into the channel."""

from datetime import datetime

from bot.incident import commands as c
from bot.incident.authority.deciding import may
from bot.incident.authority.rights import Right
from bot.incident.context import Context
from bot.incident.decision import Decision
from bot.incident.history import role_events as people
from bot.incident.model import Incident
from bot.incident.refusing.handover_refusals import time_past
from bot.incident.refusing.refusals import Refused, unknown_incident
from bot.incident.refusing.role_refusals import has_role_already, no_such_holding
from bot.incident.refusing.staffing_refusals import last_accountable, must_differ, too_long_role, until_when
from bot.incident.rules.accountable import is_last_accountable
from bot.incident.rules.apart import clash, could_hold
from bot.incident.rules.respond import give_back, name_commander, take_command
from bot.incident.rules.role_time import LONGEST
from bot.incident.sight import works_on
from bot.words import Role


def take_role(command: c.TakeRole, incident: Incident, context: Context) -> Decision:
    """Return the role taken: free ones by whom policy lets take them, held ones only by leaders (S2)."""
    if command.role is Role.COMMANDER:
        return take_command(c.TakeCommand(), incident, context)
    me, holder = context.actor.id, incident.holder(command.role)
    if holder == me:
        return has_role_already(incident, command.role, person=None)
    return _given(command, me, incident, context)


def give_role(command: c.GiveRole, incident: Incident, context: Context) -> Decision:
    """Return the role given by a leader; it needs no answer, and whoever held it is told."""
    if command.role is Role.COMMANDER:
        return name_commander(c.NameCommander(person=command.person), incident, context)
    if command.person == context.actor.id:
        taken = c.TakeRole(role=command.role, until=command.until, span=command.span, told=command.told)
        return take_role(taken, incident, context)
    holder = incident.holder(command.role)
    if holder == command.person:
        return has_role_already(incident, command.role, person=holder)
    return _given(command, command.person, incident, context)


def _given(command: c.TakeRole | c.GiveRole, person: str, incident: Incident, context: Context) -> Decision:
    """Return the role given, unless `person` holds one it must differ from and somebody else of policy could (S2)."""
    role, until = command.role, context.now + command.span if command.span else command.until
    beside = clash(person, role, incident, context.policy)
    refused = _refuse_until(command, until, context) or _refuse_both(role, beside, person, incident, context)
    if refused:
        return refused
    return (
        people.RoleGiven(
            at=context.now,
            by=context.actor.id,
            role=role,
            person=person,
            over=incident.holder(role),
            until=until,
            beside=beside,
        ),
    )


def _refuse_until(command: c.TakeRole | c.GiveRole, until: datetime | None, context: Context) -> Refused | None:
    if command.told:
        return until_when(command.told)
    if command.span and command.span > LONGEST:
        return too_long_role(LONGEST)
    return time_past() if until and until <= context.now else None


def _refuse_both(role: Role, beside: Role | None, person: str, incident: Incident, context: Context) -> Refused | None:
    could = tuple(one for one in could_hold(role, incident, context) if one != person)
    if beside is None or not could:
        return None
    mine = person == context.actor.id
    return must_differ(
        incident,
        role,
        beside=beside,
        person=person,
        mine=mine,
        could=could,
        leads=may(Right.GIVE_ROLE, incident, context),
    )


def give_back_role(command: c.GiveBackRole, incident: Incident, context: Context) -> Decision:
    """Return the role left by whoever holds it."""
    if command.role is Role.COMMANDER:
        return give_back(c.GiveBackCommand(), incident, context)
    if incident.holder(command.role) != context.actor.id:
        return no_such_holding(incident, command.role)
    if is_last_accountable(incident, leaving=command.role):
        return last_accountable(incident, leaving=command.role)
    return (people.RoleGivenBack(at=context.now, by=context.actor.id, role=command.role),)


def join(_: c.Join, incident: Incident, context: Context) -> Decision:
    """Return oneself added to the channel; a private incident is joined only by who is in it already (G6.1)."""
    if incident.is_private and not works_on(incident, context.actor.id):
        return unknown_incident(incident.number)
    return (people.ResponderAdded(at=context.now, by=context.actor.id, person=context.actor.id),)


def invite(command: c.Invite, incident: Incident, context: Context) -> Decision:
    """Return somebody brought into the channel; into a private one only by those who lead it (G6.1)."""
    return (people.ResponderAdded(at=context.now, by=context.actor.id, person=command.person),)
