"""What follows when the harm is over: mitigated, resolved, cancelled."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.incident.context import Context
from bot.incident.history import events as e
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import (
    Reaction,
    headline,
    iso,
    redraw_everywhere,
    redraw_over,
    redraw_pages,
    reply,
    say,
)
from bot.incident.reacting.effects import Words


def _mitigated(event: e.Mitigated, incident: Incident, kinds: set[type], _: Context) -> Iterator[Reaction]:
    if e.Resolved in kinds:
        return
    words: Words = {"by": event.by, "words": event.words, "still": event.still, "at": iso(event.at)}
    yield say(incident, "mitigated", words)
    yield headline(incident)
    yield from reply(incident, ids.HEADLINE, "mitigated", words)
    yield from redraw_everywhere(incident)
    yield from redraw_pages(incident)


def _resolved(event: e.Resolved, incident: Incident, _: set[type], context: Context) -> Iterator[Reaction]:
    words: Words = {"by": event.by, "words": event.words, "affected": event.affected, "facilitator": event.facilitator}
    yield say(incident, "resolved", words)
    if context.rules(incident.severity).broadcast:
        yield from reply(incident, ids.BROADCAST, "resolved", words)
    yield headline(incident)
    yield from reply(incident, ids.HEADLINE, "resolved", words)
    yield from redraw_over(incident)


def _cancelled(event: e.Cancelled, incident: Incident, _: set[type], context: Context) -> Iterator[Reaction]:
    words: Words = {"by": event.by, "words": event.words, "reason": event.reason.value}
    yield say(incident, "cancelled", words)
    if context.rules(incident.severity).broadcast:
        yield from reply(incident, ids.BROADCAST, "cancelled", words)
    yield from redraw_over(incident)


ENDING_REACTIONS: dict[type[e.Event], Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]] = {
    e.Mitigated: _mitigated,
    e.Resolved: _resolved,
    e.Cancelled: _cancelled,
}
"""What each of these events sets off, on top of what every event does."""
