"""Telling policy: what it says of a severity, a type, a role, in plain words, with version, owner and next review."""

from bot.incident.reacting.effects import Words
from bot.incident.refusing.policy_refusals import policy_is_silent
from bot.incident.refusing.refusals import Refused
from bot.policy.telling import tell_anyone
from bot.ports import UnitOfWork
from bot.usecases.asked import Answer, Early
from bot.usecases.principals import admit
from bot.usecases.refusing import refuse
from bot.usecases.world import World


def tell_policy(unit: UnitOfWork, early: Early, world: World, *, about: str) -> Answer:
    """Return what policy says `about` something; in an incident's channel the policy that incident runs on (D8)."""
    here = unit.incidents.by_channel(early.channel) if early.channel else None
    policy = world.policy(unit, here.policy_hash if here else None)
    admitted = admit(unit, early.who, policy, world)
    if isinstance(admitted, Refused):
        return refuse(unit, admitted, key=early.key, who=early.who, asked=early.verb, world=world)
    told = tell_anyone(policy, about)
    if isinstance(told, str):
        silent = policy_is_silent(told)
        return refuse(unit, silent, key=early.key, who=early.who, asked=early.verb, world=world)
    words: Words = {"title": told.title, "lines": list(told.lines), "source": told.source}
    return Answer(view="policy.told", words=words)
