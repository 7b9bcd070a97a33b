"""Who may do what to an incident, before the RACI decides it: the commander, the deputy, and those on call."""

from bot.incident.context import Actor, Context
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused, no_commander, not_allowed, updates_not_yours
from bot.words import ActorKind, Role


def may_lead(incident: Incident, context: Context) -> tuple[str, ...]:
    """Return everyone who may end or steer the incident: commander, deputy, and whoever stands in the rota (G2.1)."""
    own = (incident.commander, incident.holder(Role.DEPUTY))
    rota = tuple(context.rota.contact(key) for key in context.policy.people.contacts)
    return tuple(dict.fromkeys(person for person in (*own, *rota) if person))


def leads(incident: Incident, context: Context) -> bool:
    """Return whether the one who asks may end or steer the incident."""
    return is_trusted(context.actor) or context.actor.id in may_lead(incident, context)


def is_trusted(actor: Actor) -> bool:
    """Return whether it is not a person who asks: the clock, Tocsin itself, or the operator at a shell."""
    return actor.kind is not ActorKind.PERSON


def refuse_update(incident: Incident, context: Context, *, kept: str, words: bool = True) -> Refused | None:
    """Return why this person may not post a status update, or None (G3.3: commander, deputy, communications lead).

    `kept` is what they typed; `words` says that it could be posted.
    """
    if is_trusted(context.actor):
        return None
    if incident.commander is None:
        return no_commander(incident, kept=kept, words=words)
    lead = incident.holder(Role.COMMUNICATIONS_LEAD)
    if context.actor.id in {incident.commander, incident.holder(Role.DEPUTY), lead}:
        return None
    return updates_not_yours(incident, lead=lead, kept=kept, words=words)


def refuse_lead(incident: Incident, context: Context, *, doing: str, kept: str = "") -> Refused | None:
    """Return why this person may not do what only leaders may, or None."""
    if leads(incident, context):
        return None
    return not_allowed(doing=f"{doing} {incident.ref}", who=may_lead(incident, context), kept=kept)
