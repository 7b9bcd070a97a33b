"""Who may act at all: members of the home workspace, decided by ids and never by names."""

from dataclasses import replace
from typing import assert_never

from bot.incident.authority.standing import Standing
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
    return admit_as(unit.members.get(who.id), who, policy, home_team=world.home_team)


def admit_as(member: Member | None, who: Principal, policy: Policy, *, home_team: str) -> Actor | Refused:
    """Return who acts, or why they cannot, a person being the `member` that is known of them, or None."""
    if who.kind is ActorKind.OPERATOR:
        return Actor(kind=ActorKind.OPERATOR, id=who.id or SHELL.id)
    standing = _standing(member, who, home_team)
    return _barred(standing, policy) or Actor(kind=ActorKind.PERSON, id=who.id, standing=standing)


def _standing(member: Member | None, who: Principal, home_team: str) -> Standing:
    if who.team and home_team and who.team != home_team:
        return Standing.EXTERNAL
    return _of_member(member) if member else Standing.UNKNOWN


def _of_member(member: Member) -> Standing:
    if member.is_bot:
        return Standing.APP
    if member.is_stranger:
        return Standing.EXTERNAL
    if member.deleted:
        return Standing.DEACTIVATED
    return Standing.GUEST if member.is_restricted else Standing.MEMBER


def _barred(standing: Standing, policy: Policy) -> Refused | None:
    """Return the refusal of somebody of this standing, with the standing as the reason for the record."""
    because = {"reason": standing.value}
    match standing:
        case Standing.APP:
            return replace(APP, because=because)
        case Standing.EXTERNAL | Standing.DEACTIVATED:
            return replace(OUTSIDER, because=because)
        case Standing.GUEST:
            return replace(guest(policy.people.emergency_number), because=because)
        case Standing.MEMBER | Standing.UNKNOWN:
            return None
        case _ as never:
            assert_never(never)
