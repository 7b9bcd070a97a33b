"""Who may see an incident at all: a private one only those who are in it (abuse: counting up numbers)."""

from dataclasses import replace

from bot.incident.context import Actor
from bot.incident.model import Incident
from bot.words import ActorKind


def may_see(incident: Incident, actor: Actor, *, here: bool = False) -> bool:
    """Return whether `actor` may know that the incident exists; `here` says they ask from its own channel."""
    if not incident.is_private or here or actor.kind is not ActorKind.PERSON:
        return True
    return actor.id in people_in(incident)


def concerns(incident: Incident, person: str) -> bool:
    """Return whether it is to be named to `person` unasked: a test is nobody's but its own people's."""
    return not incident.is_test or person in people_in(incident)


def people_in(incident: Incident) -> frozenset[str]:
    """Return everybody in it: who declared, holds a role, was paged, called or invited, or has access for a time."""
    named = (incident.declared.by, incident.commander or "", incident.facilitator or "")
    holding = (held.person for held in incident.roles)
    asked = (*(page.person for page in incident.pages), *(call.person for call in incident.calls))
    brought = (*incident.handing.people, *incident.access.people, *incident.playbook.people)
    return frozenset({*named, *holding, *asked, *brought} - {""})


def is_asked(incident: Incident, person: str) -> bool:
    """Return whether one of the Board was asked about an exception of it: that may be answered without seeing more."""
    return any(person in one.asked for one in incident.exceptions.every)


def works_on(incident: Incident, person: str) -> bool:
    """Return whether `person` is in the incident for good, and not only because access was granted for a time."""
    return person in people_working(incident)


def people_working(incident: Incident) -> frozenset[str]:
    """Return everybody who is in the incident for good."""
    return people_in(replace(incident, access=replace(incident.access, grants=())))
