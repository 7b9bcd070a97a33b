"""What is told of an incident that was declared while the database did not answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.incident.history.events import Event
from bot.incident.model import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredDegraded(Event):
    """It was declared while the database did not answer, and written down as `ref` beside it; times are from then."""

    action = "incident.declared_degraded"
    ref: str


SPOOLINGS: Mapping[str, type[Event]] = {DeclaredDegraded.action: DeclaredDegraded}

SPOOLED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {
    DeclaredDegraded: lambda event, incident: replace(incident, spooled_as=event.ref),
}
"""How it changes the incident it is told of."""
