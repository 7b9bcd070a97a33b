"""Events of suggestions: what somebody who may not decide put to those who may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.words import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateSuggested(Event):
    """Words for a status update went to the commander, `person`."""

    action = "incident.update_suggested"
    words: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveritySuggested(Event):
    """It should be `severity`, was put to `people` while it was `was`."""

    action = "incident.severity_suggested"
    was: Severity
    severity: Severity
    why: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityLeft(Event):
    """The severity was left as it is, against what `person` suggested."""

    action = "incident.severity_left"
    severity: Severity
    person: str


SUGGESTIONS: Mapping[str, type[Event]] = {
    kind.action: kind for kind in (UpdateSuggested, SeveritySuggested, SeverityLeft)
}


def _only_said(_: Event, incident: Incident) -> Incident:
    return incident


SUGGESTED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = dict.fromkeys(SUGGESTIONS.values(), _only_said)
"""How each suggestion changes the incident it is about: it does not."""
