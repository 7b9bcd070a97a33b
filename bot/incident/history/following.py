"""Following an incident by direct message: who begins, who ends, and how that changes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.incident.history.events import Event
from bot.incident.model import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed(Event):
    """Somebody hears of every turn of the incident from now on."""

    action = "incident.followed"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfollowed(Event):
    """Somebody hears of it no more: they said so, or are no member any longer."""

    action = "incident.unfollowed"
    person: str


FOLLOWS: Mapping[str, type[Event]] = {kind.action: kind for kind in (Followed, Unfollowed)}


def _followed(event: Followed, incident: Incident) -> Incident:
    return replace(incident, followers=(*incident.followers, event.person))


def _unfollowed(event: Unfollowed, incident: Incident) -> Incident:
    return replace(incident, followers=tuple(one for one in incident.followers if one != event.person))


FOLLOWED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {Followed: _followed, Unfollowed: _unfollowed}
"""How each event about following changes the incident it happens to."""
