"""Reading about an incident: answers that change nothing, for whoever may act on it."""

from bot.incident.context import TOCSIN
from bot.incident.model import Incident
from bot.incident.reacting.effects import Words
from bot.incident.refusing.refusals import Refused
from bot.incident.rules.apart import could_hold
from bot.ports import UnitOfWork
from bot.usecases.answering import mint
from bot.usecases.asked import Answer, Early
from bot.usecases.pictures import picture
from bot.usecases.principals import admit
from bot.usecases.refusing import context_of, refuse_early, target
from bot.usecases.world import World
from bot.words import Act, Role


def roles(unit: UnitOfWork, early: Early, world: World, *, role: Role | None) -> Answer:
    """Return who holds which role, with buttons to take and give one; or what `role` answers for."""
    admitted = admit(unit, early.who, world.policy(unit), world)
    found = admitted if isinstance(admitted, Refused) else target(unit, early)
    if isinstance(found, Refused):
        return refuse_early(unit, early, found, world)
    words = _about(unit, role, found, world) if role else {}
    acts = (Act.TAKE_ROLE, Act.GIVE_ROLE) if found.status.is_open and role is None else ()
    handles = mint(unit, early.key, acts, number=found.number, person=early.who.id, world=world)
    view = "roles.one" if role else "roles"
    return Answer(view=view, words=words, picture=picture(unit, found, world, also=words), handles=handles)


def _about(unit: UnitOfWork, role: Role, incident: Incident, world: World) -> Words:
    """Return the role, and who could hold it now."""
    policy = world.policy(unit, incident.policy_hash)
    context = context_of(unit, policy, TOCSIN, world)
    return {"role": role.value, "could": list(could_hold(role, incident, context))}
