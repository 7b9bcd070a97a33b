"""Exceptions, as lines of an incident's timeline."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.incident.history import exception_events as x
from bot.incident.history.events import Event
from bot.incident.sentences import Quote, Sentence, When


def _until(until: datetime | None) -> Sentence:
    return (", until ", When(until)) if until else ()


def _asked(event: x.ExceptionAsked) -> Sentence:
    return (f"Exception {event.number} asked for: ", Quote(event.why), *_until(event.until))


def _approved(event: x.ExceptionApproved) -> Sentence:
    alone = " by who asked, the Board having nobody else" if event.is_alone else ""
    return (f"Exception {event.number} approved{alone}: ", Quote(event.why), *_until(event.until))


EXCEPTION_LINES: Mapping[type[Event], Callable[[Any], Sentence]] = {
    x.ExceptionAsked: _asked,
    x.ExceptionApproved: _approved,
    x.ExceptionDeclined: lambda event: (f"Exception {event.number} declined: ", Quote(event.why)),
    x.ExceptionEnded: lambda event: (f"Exception {event.number} ended: the rule holds again",),
}
