"""Roles other than commander: taking, giving and leaving them, and who comes into the channel."""

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import Decision
from bot.incident.history import role_events as people
from bot.incident.model import Incident
from bot.incident.refusing.refusals import unknown_incident
from bot.incident.refusing.role_refusals import has_role_already, no_such_holding
from bot.incident.rules.respond import give_back, name_commander, take_command
from bot.words import Role


def take_role(command: c.TakeRole, incident: Incident, context: Context) -> Decision:
    """Return the role taken: free ones by whom policy lets take them, held ones only by leaders (S2)."""
    if command.role is Role.COMMANDER:
        return take_command(c.TakeCommand(), incident, context)
    me, holder = context.actor.id, incident.holder(command.role)
    if holder == me:
        return has_role_already(incident, command.role, person=None)
    return (people.RoleGiven(at=context.now, by=me, role=command.role, person=me, over=holder),)


def give_role(command: c.GiveRole, incident: Incident, context: Context) -> Decision:
    """Return the role given by a leader; it needs no answer, and whoever held it is told."""
    if command.role is Role.COMMANDER:
        return name_commander(c.NameCommander(person=command.person), incident, context)
    if command.person == context.actor.id:
        return take_role(c.TakeRole(role=command.role), incident, context)
    holder = incident.holder(command.role)
    if holder == command.person:
        return has_role_already(incident, command.role, person=holder)
    by = context.actor.id
    return (people.RoleGiven(at=context.now, by=by, role=command.role, person=command.person, over=holder),)


def give_back_role(command: c.GiveBackRole, incident: Incident, context: Context) -> Decision:
    """Return the role left by whoever holds it."""
    if command.role is Role.COMMANDER:
        return give_back(c.GiveBackCommand(), incident, context)
    if incident.holder(command.role) != context.actor.id:
        return no_such_holding(incident, command.role)
    return (people.RoleGivenBack(at=context.now, by=context.actor.id, role=command.role),)


def join(_: c.Join, incident: Incident, context: Context) -> Decision:
    """Return oneself added to the channel; a private incident is not joined but invited to (G6.1)."""
    if incident.is_private:
        return unknown_incident(incident.number)
    return (people.ResponderAdded(at=context.now, by=context.actor.id, person=context.actor.id),)


def invite(command: c.Invite, incident: Incident, context: Context) -> Decision:
    """Return somebody brought into the channel; into a private one only by those who lead it (G6.1)."""
    return (people.ResponderAdded(at=context.now, by=context.actor.id, person=command.person),)
