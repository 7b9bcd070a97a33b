"""Who may act at all: members of the home workspace, decided by ids and never by names."""

from bot.incident.context import SHELL, Actor
from bot.incident.refusing.refusals import APP, OUTSIDER, Refused, guest
from bot.policy.model import Policy
from bot.policy.rota import Member
from bot.ports import UnitOfWork
from bot.usecases.asked import Principal
from bot.usecases.world import World
from bot.words import ActorKind


def admit(unit: UnitOfWork, who: Principal, policy: Policy, world: World) -> Actor | Refused:
    """Return who acts, or why they cannot: outsiders, guests, apps and the deactivated change nothing.

    A person the member table does not know yet is let through: an alarm never waits for a directory.
    """
    if who.kind is ActorKind.OPERATOR:
        return Actor(kind=ActorKind.OPERATOR, id=who.id or SHELL.id)
    if who.team and world.home_team and who.team != world.home_team:
        return OUTSIDER
    member = unit.members.get(who.id)
    refused = _refuse(member, policy) if member else None
    return refused or Actor(kind=ActorKind.PERSON, id=who.id)


def _refuse(member: Member, policy: Policy) -> Refused | None:
    if member.is_bot:
        return APP
    if member.is_stranger or member.deleted:
        return OUTSIDER
    return guest(policy.people.emergency_number) if member.is_restricted else None
