"""Departing: somebody is no member of the workspace any more, and holds no role in an open incident from then on."""

from collections.abc import Sequence
from dataclasses import replace

from bot.incident.commands import RecordDeparture
from bot.incident.context import TOCSIN, Context
from bot.incident.decide import decide
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused
from bot.policy.rota import Member
from bot.ports import UnitOfWork
from bot.usecases.merging import gone
from bot.usecases.recording import record
from bot.usecases.world import World
from bot.words import Role

Departure = tuple[int, str]
"""The number of an open incident, and who held a role in it and has left."""


def departures(unit: UnitOfWork, members: Sequence[Member]) -> Sequence[Departure]:
    """Return every role holder of an open incident who, by what Slack just said of `members`, has left."""
    left = {member.id for member in members if member.deleted}
    if not left:
        return ()
    found = ((one.number, holder) for one in unit.incidents.open() for holder in _holders(one))
    return tuple(dict.fromkeys(one for one in found if one[1] in left))


def _holders(incident: Incident) -> tuple[str, ...]:
    return tuple(holder for role in Role if (holder := incident.holder(role)))


def record_departure(unit: UnitOfWork, world: World, *, number: int, person: str) -> None:
    """Write down that `person` holds no role in incident `number` any more, and what follows from it."""
    incident = unit.incidents.get(number)
    if incident is None:
        return
    policy = world.policy(unit, incident.policy_hash)
    context = Context(policy=policy, rota=world.rota(unit, policy), now=world.now(), actor=TOCSIN)
    context = replace(context, gone=(*gone(unit, incident), person))
    decision = decide(incident, RecordDeparture(person=person), context)
    if isinstance(decision, Refused) or not decision:
        return
    record(unit, incident, decision, context, request_id=f"left:{person}:{incident.version}")
