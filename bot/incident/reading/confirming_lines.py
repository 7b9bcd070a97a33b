"""Lines of the timeline about a severity that was to be confirmed."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.incident.history.confirming_events import SeverityConfirmed
from bot.incident.history.events import Event
from bot.incident.history.turns import SeverityChanged
from bot.incident.sentences import Quote, Sentence, Who


def _changed(event: SeverityChanged) -> Sentence:
    awaits = ", awaiting confirmation" if event.is_awaiting else ""
    why: Sentence = (": ", Quote(event.why)) if event.why.strip() else ()
    return (f"Now {event.to.label}, was {event.was.label}{awaits}", *why)


def _confirmed(event: SeverityConfirmed) -> Sentence:
    return (f"{event.severity.label} confirmed, raised by ", Who(event.raised_by))


CONFIRMING_LINES: Mapping[type[Event], Callable[[Any], Sentence]] = {
    SeverityChanged: _changed,
    SeverityConfirmed: _confirmed,
}
"""What each of these events tells."""
