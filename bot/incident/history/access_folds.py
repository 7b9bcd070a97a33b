"""Folding who may see an incident onto it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.incident.history import access_events as a
from bot.incident.history.access import Grant, Room
from bot.incident.history.events import Event
from bot.incident.history.role_events import ResponderAdded
from bot.incident.model import Incident
from bot.incident.sight import people_in


def _classified(event: a.Classified, incident: Incident) -> Incident:
    after = replace(incident, classification=event.to)
    if event.to.is_private:
        mine = people_in(after)
        after = replace(after, followers=tuple(one for one in after.followers if one in mine))
    if not event.is_moved:
        return after
    room = Room(number=incident.room.number + 1, is_private=True, left=event.left, left_name=event.left_name)
    return replace(after, room=room, channel=None, channel_refused="", is_hosted=False)


def _granted(event: a.AccessGranted, incident: Incident) -> Incident:
    grant = Grant(
        number=event.number,
        person=event.person,
        by=event.by,
        until=event.until,
        why=event.why,
        told_at=event.at if event.is_short else None,
    )
    access = replace(incident.access, grants=(*_others(event.person, incident), grant), granted=event.number)
    return replace(incident, access=access)


def _ends_soon(event: a.AccessEndsSoon, incident: Incident) -> Incident:
    grants = (
        replace(grant, told_at=event.at) if grant.number == event.number else grant for grant in incident.access.grants
    )
    return replace(incident, access=replace(incident.access, grants=tuple(grants)))


def _ended(event: a.AccessEnded, incident: Incident) -> Incident:
    return replace(incident, access=replace(incident.access, grants=_others(event.person, incident)))


def _others(person: str, incident: Incident) -> tuple[Grant, ...]:
    return tuple(grant for grant in incident.access.grants if grant.person != person)


def _came_in(event: ResponderAdded, incident: Incident) -> Incident:
    invited = dict.fromkeys((*incident.access.invited, event.person))
    return replace(incident, access=replace(incident.access, invited=tuple(invited)))


SEEN: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {
    a.Classified: _classified,
    a.AccessGranted: _granted,
    a.AccessEndsSoon: _ends_soon,
    a.AccessEnded: _ended,
    ResponderAdded: _came_in,
}
"""How each event about who may see an incident changes it."""
