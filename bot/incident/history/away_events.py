"""What is told when Tocsin is back after it was away: from when to when, what was not sent, what was missed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.incident.history.absence import Absence
from bot.incident.history.events import Event
from bot.incident.model import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedDue:
    """A due time that passed meanwhile: `what` is a kind of clock, or a phase of the playbook."""

    what: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayNoticed(Event):
    """Tocsin was away from `since` to `until`; its clocks ran on.

    `reminders` and `pages` are how many would have been sent meanwhile and are not sent late. `missed` are the first
    due times that passed, `more` how many besides.
    """

    action = "incident.away_noticed"
    since: datetime
    until: datetime
    reminders: int
    pages: int
    missed: tuple[MissedDue, ...]
    more: int


ABSENCES: Mapping[str, type[Event]] = {AwayNoticed.action: AwayNoticed}


def _away(event: AwayNoticed, incident: Incident) -> Incident:
    return replace(incident, away=Absence(since=event.since, until=event.until))


BACK: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {AwayNoticed: _away}
"""How it changes the incident it is told in."""
