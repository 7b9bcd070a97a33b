"""Folding who else reads an incident's channel onto it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.incident.history import sharing_events as s
from bot.incident.history.access import Room
from bot.incident.history.events import Event
from bot.incident.history.sharing import Partner, Sharing
from bot.incident.model import Incident


def _shared(event: s.ChannelShared, incident: Incident) -> Incident:
    partners = (*incident.sharing.partners, Partner(team=event.team, name=event.name))
    return _asked(replace(incident.sharing, partners=partners), event.person, incident)


def _asked(sharing: Sharing, person: str | None, incident: Incident) -> Incident:
    return replace(incident, sharing=replace(sharing, kept=False, asked=sharing.asked + (person is not None)))


def _unshared(event: s.ChannelUnshared, incident: Incident) -> Incident:
    others = tuple(one for one in incident.sharing.partners if one.team != event.team)
    return replace(incident, sharing=replace(incident.sharing, partners=others if event.is_shared else ()))


def _went_public(event: s.ChannelWentPublic, incident: Incident) -> Incident:
    return _asked(replace(incident.sharing, public_since=event.at), event.person, incident)


def _went_private(_: s.ChannelWentPrivate, incident: Incident) -> Incident:
    return replace(incident, sharing=replace(incident.sharing, public_since=None))


def _kept(_: s.WithholdingKept, incident: Incident) -> Incident:
    return replace(incident, sharing=replace(incident.sharing, kept=True))


def _moved(event: s.MovedInside, incident: Incident) -> Incident:
    room = Room(
        number=incident.room.number + 1,
        is_private=incident.is_private,
        left=event.left,
        left_name=event.left_name,
    )
    sharing = Sharing(asked=incident.sharing.asked, left=event.names)
    return replace(incident, room=room, sharing=sharing, channel=None, channel_refused="", is_hosted=False)


def _renumbered(event: s.ChannelIdChanged, incident: Incident) -> Incident:
    if incident.room.left == event.was:
        return replace(incident, room=replace(incident.room, left=event.now))
    if incident.channel is None:
        return incident
    return replace(incident, channel=replace(incident.channel, id=event.now))


SHARED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {
    s.ChannelShared: _shared,
    s.ChannelUnshared: _unshared,
    s.ChannelWentPublic: _went_public,
    s.ChannelWentPrivate: _went_private,
    s.WithholdingKept: _kept,
    s.MovedInside: _moved,
    s.ChannelIdChanged: _renumbered,
}
"""How each event about who else reads an incident's channel changes it."""
