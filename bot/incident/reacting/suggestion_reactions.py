"""What follows from a suggestion: a direct message to those who decide, and what became of it to who made it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.context import Context
from bot.incident.history import suggestions as s
from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, say, tell
from bot.incident.reacting.effects import Effect, Words
from bot.words import Lane


def _update_suggested(event: s.UpdateSuggested, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    yield _put(incident, event.person, "suggested.update", {"by": event.by, "now": event.words})


def _severity_suggested(
    event: s.SeveritySuggested, incident: Incident, _: set[type], __: Context
) -> Iterator[Reaction]:
    words: Words = {
        "by": event.by,
        "was": event.was.value,
        "severity": event.severity.value,
        "why": event.why,
        "people": list(event.people),
    }
    yield from {
        one.id: one for one in (_put(incident, who, "suggested.severity", words) for who in event.people)
    }.values()


def _put(incident: Incident, person: str, view: str, words: Words) -> Effect:
    """Return the suggestion by direct message; words about a private incident stay in its channel (G6.1)."""
    if incident.is_private:
        return say(incident, view, words)
    effect_id = f"{ids.at_version(incident, view)}/{person}"
    return tell(incident, person, view, words, effect_id=effect_id, lane=Lane.ANSWER)


def _severity_left(event: s.SeverityLeft, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    words: Words = {"by": event.by, "severity": event.severity.value}
    effect_id = ids.of(incident, f"severity-left/{event.person}/{event.severity}/{event.by}")
    yield tell(incident, event.person, "suggestion.left", words, effect_id=effect_id, lane=Lane.ANSWER)


SUGGESTION_REACTIONS: Mapping[type[Event], Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]] = {
    s.UpdateSuggested: _update_suggested,
    s.SeveritySuggested: _severity_suggested,
    s.SeverityLeft: _severity_left,
}
