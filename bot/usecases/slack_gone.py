"""When Slack no longer knows us: those who carry an open incident hear of it by whatever else they named."""

from collections.abc import Iterator

from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.effects import OUTSIDE, Effect, EffectKind
from bot.policy.model import Policy
from bot.policy.rota import Rota
from bot.ports import Delivery, UnitOfWork
from bot.usecases.world import World
from bot.words import Lane, Role, Severity

SLACK_GONE = "slack_gone"

_URGENT = frozenset({Severity.SEV1, Severity.SEV2})
"""The severities that wake people; nobody gets mail at night for another."""


def tell_outside(unit: UnitOfWork, delivery: Delivery, world: World) -> None:
    """Tell whoever leads the incident of `delivery`, which Slack does not take: each by mail or SMS, once a day."""
    incident = unit.incidents.get(delivery.effect.incident or 0)
    if incident is None or incident.is_test or not incident.status.is_open or incident.severity not in _URGENT:
        return
    policy = world.policy(unit, incident.policy_hash)
    effects = _effects(incident, policy, world.rota(unit, policy), day=f"{world.now():%Y%m%d}")
    unit.outbox.add(effects, now=world.now())


def _effects(incident: Incident, policy: Policy, rota: Rota, *, day: str) -> Iterator[Effect]:
    contact = rota.contact(policy.rules(incident.severity).escalation_contact)
    for person in dict.fromkeys((incident.commander, incident.holder(Role.DEPUTY), contact)):
        known = rota.person(person) if person else None
        if person and known and known.outside:
            yield Effect(
                id=ids.of(incident, f"slack-gone/{day}/{person}"),
                kind=EffectKind.NOTIFY,
                lane=Lane.PAGE,
                incident=incident.number,
                place=OUTSIDE,
                view=SLACK_GONE,
                words={"person": person, "url": known.outside[0][1].url},
            )
