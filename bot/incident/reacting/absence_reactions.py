"""What follows when Tocsin is back: one line in the incident's own channel, behind whatever is more urgent."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.context import Context
from bot.incident.history.away_events import AwayNoticed
from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reacting.drafting import Reaction, iso, say
from bot.incident.reacting.effects import Words
from bot.words import Lane


def _away(event: AwayNoticed, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    words: Words = {
        "since": iso(event.since),
        "until": iso(event.until),
        "reminders": event.reminders,
        "pages": event.pages,
        "missed": [{"what": one.what, "due_at": iso(one.due_at)} for one in event.missed],
        "more": event.more,
    }
    yield say(incident, "line.away", words, lane=Lane.REMINDER)


ABSENCE_REACTIONS: Mapping[type[Event], Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]] = {
    AwayNoticed: _away
}
