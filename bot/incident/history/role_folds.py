"""Folding roles onto an incident: who holds which."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.incident.history import role_events as people
from bot.incident.history.events import Event
from bot.incident.model import Incident, RoleHolding


def _given(event: people.RoleGiven, incident: Incident) -> Incident:
    before = event.over if event.until else None
    held = RoleHolding(
        role=event.role, person=event.person, since=event.at, named_by=event.by, until=event.until, before=before
    )
    return replace(incident, roles=(*incident.roles_but(event.role), held))


HELD: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {people.RoleGiven: _given}
"""How each event about people changes the incident it happens to."""
