"""Authority as the record has it: by what somebody was allowed, and whom the duties had asked and told (G2.1)."""

from bot.incident.authority.deciding import Access, Allowed
from bot.incident.authority.hearing import Hearing, heard
from bot.incident.context import Context
from bot.incident.model import Incident
from bot.incident.reacting.effects import Json, Words
from bot.policy.rulebook import Duty


def authority_words(access: Access | None, incident: Incident, context: Context) -> Words:
    """Return what an audit entry says of a yes; without an `access` it is the clock's, or Tocsin's own."""
    if not isinstance(access, Allowed):
        return {"as": context.actor.kind.value}
    grounds = access.grounds
    said = {
        "right": access.right.value,
        "activity": grounds.activity,
        "duty": grounds.duty,
        "party": grounds.party,
        "as": grounds.part,
    }
    found = heard(access.right, incident, context)
    asked: list[Json] = [_hearing(one) for one in found if one.duty is Duty.CONSULTED]
    told: list[Json] = [_hearing(one) for one in found if one.duty is Duty.INFORMED]
    named: Words = {key: str(value) for key, value in said.items() if value}
    return {**named, **({"asked": asked} if asked else {}), **({"told": told} if told else {})}


def _hearing(one: Hearing) -> Json:
    return {"party": one.party.value, "people": list(one.people), "where": one.where.value}
