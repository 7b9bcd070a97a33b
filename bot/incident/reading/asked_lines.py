"""Pages that a person asked for, as lines of the timeline."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.incident.history import asked_events as a
from bot.incident.history.events import Event
from bot.incident.sentences import Quote, Sentence, Who


def _asked(event: a.PageAsked) -> Sentence:
    if event.page is None:
        return ("Would have paged ", Who(event.person), ": ", Quote(event.why))
    return ("Paged ", Who(event.person), f" by {event.page.way_label}: ", Quote(event.why))


def _sent_on(event: a.PageSentOn) -> Sentence:
    if event.page is None:
        return ("Nothing left to page by",)
    return ("Paged ", Who(event.page.person), f" again, by {event.page.way_label}")


def _held(event: a.PageHeld) -> Sentence:
    return ("Did not page ", Who(event.person), " a third time within a minute: ", Quote(event.why))


ASKED_LINES: Mapping[type[Event], Callable[[Any], Sentence]] = {
    a.PageAsked: _asked,
    a.PageSentOn: _sent_on,
    a.PageHeld: _held,
}
