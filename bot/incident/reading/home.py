"""What somebody's own page shows of incidents: which of them, and what each asks of that person."""

from collections.abc import Iterator

from bot.incident.model import Incident
from bot.policy.model import Policy
from bot.policy.rota import Rota
from bot.words import Act


def leaders(policy: Policy, rota: Rota) -> frozenset[str]:
    """Return whom policy calls when mitigation is missed (G3.2): they are told of everything that is open."""
    contacts = {key for rules in policy.severities.values() for key in rules.escalation}
    found = (rota.contact(key) for key in contacts)
    return frozenset(person for person in found if person)


def may_know(incident: Incident, person: str, *, leads: bool) -> bool:
    """Return whether `person` may know that the incident exists: a private one is for its people and for leaders."""
    mine = person in people_of(incident)
    return mine if incident.is_test else leads or mine or not incident.is_private


def people_of(incident: Incident) -> frozenset[str]:
    """Return everybody who has a part in the incident: who declared it, leads it, holds a role, or was called."""
    parts = (
        *(incident.declared.by, incident.commander or incident.declared.by),
        *(held.person for held in incident.roles),
        *(page.person for page in incident.pages),
        *(call.person for call in incident.calls),
        *incident.handing.people,
    )
    return frozenset(parts)


def asked_of(incident: Incident, person: str) -> tuple[Act, ...]:
    """Return what an open incident waits for from `person`, the most urgent first."""
    return tuple(_asked(incident, person))


def _asked(incident: Incident, person: str) -> Iterator[Act]:
    seat, offer = incident.seat, incident.handing.offer
    if offer and offer.person == person:
        yield Act.ANSWER_OFFER
    if seat and seat.person == person and seat.answered_at is None:
        yield Act.TAKE_COMMAND
    elif incident.acknowledged is None and any(page.person == person for page in incident.pages):
        yield Act.ACKNOWLEDGE
    if any(call.person == person and call.answered_at is None for call in incident.calls):
        yield Act.ON_IT


def commands_now(incident: Incident, person: str) -> bool:
    """Return whether `person` commands the incident and has answered."""
    return incident.commander == person and incident.commander_answered
