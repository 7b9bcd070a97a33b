"""What follows in Slack when an incident takes a turn: another severity, a way back, another name, an end for good."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.context import Context
from bot.incident.history import turns as t
from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import (
    Reaction,
    headline,
    invite,
    iso,
    post,
    redraw,
    redraw_everywhere,
    redraw_over,
    redraw_pages,
    reply,
    say,
)
from bot.incident.reacting.effects import LEADERSHIP, Effect, Place, Redraw, Words, broadcast
from bot.words import Lane

SEVERITY = "severity"


def _severity_changed(
    event: t.SeverityChanged, incident: Incident, _: set[type], context: Context
) -> Iterator[Reaction]:
    """Return one message a minute in each place; a change in the same minute asks for it again, and it is redrawn."""
    words: Words = {
        "by": event.by,
        "was": event.was.value,
        "to": event.to.value,
        "why": event.why,
        "told_at": iso(event.told_at),
    }
    effect_id = ids.for_due(incident, SEVERITY, event.told_at)
    replies = {under: f"{effect_id}/{under}" for under in (ids.BROADCAST, ids.HEADLINE)}
    yield say(incident, SEVERITY, words, effect_id=effect_id)
    yield from _broadcast(event, incident, words, context, effect_id=replies[ids.BROADCAST])
    if incident.headline_at:
        yield headline(incident)
        yield _under(incident, ids.HEADLINE, replies[ids.HEADLINE], words, place=LEADERSHIP)
    yield from (Redraw(id=one) for one in (effect_id, *replies.values()))
    yield from redraw(incident, ids.TOPIC)
    yield from redraw_everywhere(incident)
    yield from redraw_pages(incident)


def _broadcast(
    event: t.SeverityChanged, incident: Incident, words: Words, context: Context, *, effect_id: str
) -> Iterator[Reaction]:
    """Return the broadcast of a severity that has one, or one reply under the broadcast there is."""
    earlier = [one.was for one in incident.regrades if context.rules(one.was).broadcast]
    if earlier:
        yield _under(incident, ids.BROADCAST, effect_id, words, place=broadcast(earlier[0]))
    elif context.rules(event.to).broadcast:
        yield post(
            ids.of(incident, ids.BROADCAST),
            "broadcast",
            incident,
            place=broadcast(event.to),
            lane=Lane.DECLARE,
            needs=(ids.of(incident, ids.CHANNEL),),
        )


def _under(incident: Incident, parent: str, effect_id: str, words: Words, *, place: Place) -> Effect:
    return post(
        effect_id, SEVERITY, incident, place=place, lane=Lane.UPDATE, words=words, thread_of=ids.of(incident, parent)
    )


def _reopened(event: t.Reopened, incident: Incident, _: set[type], context: Context) -> Iterator[Reaction]:
    words: Words = {"by": event.by, "words": event.words, "unled": event.unled}
    yield say(incident, "reopened", words)
    if context.rules(incident.severity).broadcast:
        yield from reply(incident, ids.BROADCAST, "reopened", words)
    if incident.headline_at:
        yield headline(incident)
        yield from reply(incident, ids.HEADLINE, "reopened", words)
    yield from redraw_over(incident)


def _retitled(_: t.Retitled, incident: Incident, __: set[type], ___: Context) -> Iterator[Reaction]:
    yield from redraw(incident, ids.TOPIC)
    yield from redraw_everywhere(incident)
    yield from redraw_pages(incident)


def _closed(event: t.Closed, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    yield say(incident, "closed", {"by": event.by, "entries": event.entries})
    yield from redraw(incident, ids.TOPIC)
    yield from redraw_everywhere(incident)


def _merged(event: t.Merged, incident: Incident, _: set[type], context: Context) -> Iterator[Reaction]:
    words: Words = {"by": event.by}
    yield say(incident, "merged", words)
    if context.rules(incident.severity).broadcast:
        yield from reply(incident, ids.BROADCAST, "merged", words)
    if incident.headline_at:
        yield from reply(incident, ids.HEADLINE, "merged", words)
    yield from redraw_over(incident)


def _merged_in(event: t.MergedIn, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    words: Words = {
        "by": event.by,
        "number": event.number,
        "title": event.title,
        "severity": event.severity.value,
        "classification": event.classification.value,
        "declared_at": iso(event.declared_at),
        "people": len(event.people),
    }
    yield say(incident, "merged_in", words)
    yield from invite(incident, event.people)
    yield from redraw(incident, ids.CARD)


TURN_REACTIONS: Mapping[type[Event], Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]] = {
    t.SeverityChanged: _severity_changed,
    t.Reopened: _reopened,
    t.Retitled: _retitled,
    t.Closed: _closed,
    t.Merged: _merged,
    t.MergedIn: _merged_in,
}
"""What follows from each turn."""
