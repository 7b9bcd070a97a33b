"""The event that ends a severity's wait for confirmation, and how it changes the incident (G2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.words import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityConfirmed(Event):
    """Somebody who is R or A of declaring agrees with the `severity` that `raised_by` gave it."""

    action = "incident.severity_confirmed"
    severity: Severity
    raised_by: str


def _confirmed(event: SeverityConfirmed, incident: Incident) -> Incident:
    if incident.confirmation is None:
        return incident
    done = replace(incident.confirmation, confirmed_by=event.by, confirmed_at=event.at)
    return replace(incident, confirmation=done)


CONFIRMATIONS: Mapping[str, type[Event]] = {SeverityConfirmed.action: SeverityConfirmed}
CONFIRMED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {SeverityConfirmed: _confirmed}
"""How the event changes the incident it happens to."""
