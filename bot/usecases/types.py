"""Looking at types: which there are, and what one adds to an incident before anybody sets it (P1, S1)."""

from bot.incident.authority.deciding import may
from bot.incident.authority.rights import Right
from bot.incident.context import Actor
from bot.incident.model import Incident
from bot.incident.phases import kind_of
from bot.incident.reacting.effects import Words
from bot.incident.reading.readings import ReadType
from bot.incident.refusing.refusals import Refused
from bot.incident.refusing.type_refusals import no_such_type
from bot.policy.model import Policy
from bot.policy.playbooks import find_type, nearest_type
from bot.policy.rulebook import Family
from bot.ports import UnitOfWork
from bot.usecases.asked import Answer, Early
from bot.usecases.pictures import picture
from bot.usecases.refusing import context_of, target
from bot.usecases.seen import Seen
from bot.usecases.world import World
from bot.words import Act


def see_type(unit: UnitOfWork, early: Early, reading: ReadType, actor: Actor, world: World) -> Seen | Refused:
    """Return the types, one of them, or how the phases stand; the list can be read anywhere."""
    incident = target(unit, early)
    if not reading.typed and not reading.phases:
        here = None if isinstance(incident, Refused) else incident
        return _list(here, world.policy(unit, here.policy_hash if here else None))
    if isinstance(incident, Refused):
        return incident
    policy = world.policy(unit, incident.policy_hash)
    inside = incident.channel is not None and incident.channel.id == early.channel
    if reading.phases:
        words: Words = {"inside": inside}
        return Seen(answer=Answer(view="phases", words=words, picture=picture(unit, incident, world)))
    key = find_type(policy, reading.typed)
    if key is None:
        return no_such_type(incident, reading.typed, nearest=nearest_type(policy, reading.typed), policy=policy)
    allowed = may(Right.SET_TYPE, incident, context_of(unit, policy, actor, world, here=inside))
    new = incident.status.is_open and incident.playbook.type != key
    return Seen(
        answer=Answer(view="type", words={"type": key, "inside": inside}, picture=picture(unit, incident, world)),
        buttons={Act.SET_TYPE: {"type": key}} if allowed and new else {},
    )


def _list(incident: Incident | None, policy: Policy) -> Seen:
    families: Words = {
        "families": [
            {"family": family.value, "names": [kind.name for kind in policy.types.values() if kind.family is family]}
            for family in Family
            if any(kind.family is family for kind in policy.types.values())
        ],
    }
    mine: Words = (
        {
            "mine": {
                "ref": incident.ref,
                "name": kind_of(incident, policy).name,
                "is_set": bool(incident.playbook.type),
            }
        }
        if incident and not incident.is_private
        else {}
    )
    return Seen(answer=Answer(view="types", words={**families, **mine}))
