"""What is told when an incident goes back and forth: a pattern, which governance hears of by number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.incident.history.events import CommandGivenBack, CommandTaken, Event
from bot.incident.history.handover_events import CommandHandedOver
from bot.incident.history.turns import Reopened, SeverityChanged
from bot.incident.history.unrest import MOST_KEPT
from bot.incident.model import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class BackAndForthNoticed(Event):
    """Severity, seat or status turned so often, `turns` times `within` a span, that somebody may be winning time."""

    action = "incident.back_and_forth_noticed"
    turns: int
    within: timedelta


PATTERNS: Mapping[str, type[Event]] = {BackAndForthNoticed.action: BackAndForthNoticed}

_TURNS = (SeverityChanged, CommandTaken, CommandGivenBack, CommandHandedOver, Reopened)


def turned(event: Event, incident: Incident) -> Incident:
    """Return `incident`, as `event` left it, knowing that it turned, if it did."""
    if not isinstance(event, _TURNS):
        return incident
    turns = (*incident.unrest.turns, event.at)[-MOST_KEPT:]
    return replace(incident, unrest=replace(incident.unrest, turns=turns))


def _noticed(event: BackAndForthNoticed, incident: Incident) -> Incident:
    return replace(incident, unrest=replace(incident.unrest, told_at=event.at))


NOTICED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {BackAndForthNoticed: _noticed}
"""How it changes the incident it is told of."""
