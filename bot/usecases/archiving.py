"""A channel archived by hand: whoever can unarchive it is told once, for no bot can."""

from collections.abc import Mapping

from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.effects import OPERATORS, Effect, EffectKind, Place, dm
from bot.ports import UnitOfWork
from bot.usecases.world import World
from bot.words import Lane

ARCHIVED = "is_archived"
"""Slack's error for whatever is said in such a channel."""


def channel_archived(unit: UnitOfWork, world: World, *, channel: str) -> None:
    """Tell the operators and the commander, if an open incident works in the Slack channel `channel`."""
    incident = unit.incidents.by_channel(channel)
    if incident is not None:
        tell_archived(unit, incident, world)


def tell_archived(unit: UnitOfWork, incident: Incident, world: World) -> None:
    """Say it once for an incident that is open, however often Slack says it."""
    if not incident.status.is_open:
        return
    mark_archived(unit, incident, archived=True, world=world)
    places = (OPERATORS, *((dm(incident.commander),) if incident.commander else ()))
    unit.outbox.add([_said(incident, place) for place in places], now=world.now())


def mark_archived(unit: UnitOfWork, incident: Incident, *, archived: bool, world: World) -> None:
    """Remember whether the incident's channel takes no messages, for answers that say where something went."""
    if incident.channel and is_archived(incident, unit.places.all()) is not archived:
        unit.places.put(_place(incident.channel.id), ARCHIVED if archived else "", now=world.now())


def is_marked(unit: UnitOfWork, channel: str) -> bool:
    """Return whether the Slack channel `channel` was remembered as one that takes no messages."""
    return unit.places.get(_place(channel)) == ARCHIVED


def is_archived(incident: Incident, places: Mapping[str, str]) -> bool:
    """Return whether the incident's channel was archived by hand and has taken nothing since, by the known `places`."""
    return incident.channel is not None and places.get(_place(incident.channel.id)) == ARCHIVED


def _place(channel: str) -> str:
    return f"archived:{channel}"


def _said(incident: Incident, place: Place) -> Effect:
    return Effect(
        id=ids.of(incident, f"archived/{place}"),
        kind=EffectKind.POST,
        lane=Lane.UPDATE,
        incident=incident.number,
        place=place,
        view="archived",
    )
