"""Who may see an incident, as lines of its timeline."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.incident.history import access_events as a
from bot.incident.history.events import Event
from bot.incident.sentences import Quote, Sentence, When, Who


def _words(words: str) -> Sentence:
    return (": ", Quote(words)) if words.strip() else ()


def _classified(event: a.Classified) -> Sentence:
    moved = ", goes on in a private channel" if event.is_moved else ""
    return (f"Made {event.to.upper()}, was {event.was.upper()}{moved}", *_words(event.why))


def _granted(event: a.AccessGranted) -> Sentence:
    return (Who(event.person), " may read it until ", When(event.until), *_words(event.why))


ACCESS_LINES: Mapping[type[Event], Callable[[Any], Sentence]] = {
    a.Classified: _classified,
    a.AccessGranted: _granted,
    a.AccessEndsSoon: lambda event: (Who(event.person), " told that access ends at ", When(event.until)),
    a.AccessEnded: lambda event: ("Access of ", Who(event.person), " ended"),
}
