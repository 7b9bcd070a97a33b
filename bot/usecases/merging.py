"""What a decision needs to know of elsewhere, and what it means there: members who left, the incident merged into."""

from collections.abc import Sequence
from dataclasses import replace

from bot.incident import commands as c
from bot.incident.authority.deciding import access_to
from bot.incident.context import Context
from bot.incident.decide import decide
from bot.incident.history.events import Event
from bot.incident.history.turns import Merged
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused
from bot.incident.rules.merging import taking_in
from bot.incident.sight import people_in
from bot.ports import UnitOfWork
from bot.usecases.recording import record
from bot.usecases.world import World


def with_facts(unit: UnitOfWork, incident: Incident, command: c.Command, context: Context) -> Context:
    """Return the context with what `command` has to know: who left, or the incident that is merged into."""
    context = replace(context, gone=gone(unit, incident))
    if isinstance(command, c.Merge) and command.into != incident.number:
        return replace(context, other=unit.incidents.get(command.into))
    return context


def gone(unit: UnitOfWork, incident: Incident) -> tuple[str, ...]:
    """Return who is no member any more, of everybody in the incident, and who is to hold command or a role again."""
    loan = incident.handing.loan
    held = (incident.commander, *(one.before for one in incident.roles))
    named = (one.named_by for one in incident.roles)
    asked = (*held, loan.giver if loan else None, *incident.followers, *named, *people_in(incident))
    people = dict.fromkeys(person for person in asked if person)
    known = unit.members.known(people)
    return tuple(person for person in people if person in known and not known[person].is_eligible)


def go_along(
    unit: UnitOfWork, incident: Incident, events: Sequence[Event], context: Context, world: World, *, request_id: str
) -> None:
    """Write, in the same transaction, that `incident` was merged into another, if that is among its `events`."""
    if context.other is None or not any(isinstance(event, Merged) for event in events):
        return
    policy = world.policy(unit, context.other.policy_hash)
    there = replace(context, policy=policy, rota=world.rota(unit, policy), other=None, here=False)
    there = replace(there, gone=gone(unit, context.other))
    taken = decide(context.other, taking_in(incident), there)
    if isinstance(taken, Refused):
        message = f"{context.other.ref} was to take {incident.ref} in: {taken.sentence}"
        raise TypeError(message)
    access = access_to(taking_in(incident), context.other, there)
    record(unit, context.other, taken, there, request_id=request_id, access=access)
