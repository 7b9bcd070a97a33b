"""Absences on the timeline: from when to when Tocsin was away."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.incident.history.away_events import AwayNoticed
from bot.incident.history.events import Event
from bot.incident.sentences import Sentence, When


def _away(event: AwayNoticed) -> Sentence:
    return ("Tocsin was away from ", When(event.since), " to ", When(event.until), *_unsent(event))


def _unsent(event: AwayNoticed) -> Sentence:
    unsent = event.reminders + event.pages
    return (f"; {unsent} {'message' if unsent == 1 else 'messages'} not sent",) if unsent else ()


ABSENCE_LINES: Mapping[type[Event], Callable[[Any], Sentence]] = {AwayNoticed: _away}
"""How it reads."""
