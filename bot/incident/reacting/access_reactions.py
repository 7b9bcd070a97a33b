"""What follows when other people may see an incident: a private channel of its own, and access for a time."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.context import Context, is_person
from bot.incident.history import access_events as a
from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.beginning import room
from bot.incident.reacting.drafting import Reaction, invite, iso, post, redraw, redraw_over, say, tell
from bot.incident.reacting.effects import CHANNEL, LEFT, Effect, EffectKind, Redraw, Words
from bot.incident.sight import people_in
from bot.words import Lane

Told = Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]


def classified(event: a.Classified, incident: Incident, _: set[type], context: Context) -> Iterator[Reaction]:
    """Return everything drawn again for other eyes; an incident made private goes on in a private channel."""
    if event.is_moved:
        people = sorted(people_in(incident) - set(context.gone))
        yield from room(incident, (one for one in people if is_person(one)))
    words: Words = {"by": event.by, "was": event.was.value, "to": event.to.value, "why": event.why}
    yield say(incident, "classified", words)
    if event.left:
        yield from leave(incident, is_host_left=event.is_host_left)
        yield from _archiving(event, incident)
    yield from redraw(incident, ids.TOPIC)
    yield from redraw_over(incident)


def leave(incident: Incident, *, is_host_left: bool) -> Iterator[Reaction]:
    """Return what becomes of the channel it left: its card is cut to the number, and nothing more is told there.

    What people said there stays, for Tocsin deletes nobody's words. `is_host_left` says that the channel was there
    before the incident, so that its topic is not ours.
    """
    yield Redraw(id=ids.in_room(incident, ids.CARD, incident.room.number - 1))
    lane = Lane.DECLARE
    yield post(ids.of(incident, ids.LEFT), "left", incident, place=LEFT, lane=lane)
    if not is_host_left:
        yield Effect(
            id=ids.of(incident, ids.LEFT_TOPIC),
            kind=EffectKind.TOPIC,
            lane=lane,
            incident=incident.number,
            place=LEFT,
        )


def _archiving(event: a.Classified, incident: Incident) -> Iterator[Reaction]:
    """Return the commander asked to have the channel it left archived, whose name may tell the title."""
    if incident.commander:
        words: Words = {"is_host": event.is_host_left}
        asked = ids.of(incident, ids.LEFT_ARCHIVE)
        yield tell(incident, incident.commander, "left.archive", words, effect_id=asked, lane=Lane.ANSWER)


def granted(event: a.AccessGranted, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    """Return the invitation, and the direct message that says until when."""
    name = _named(event)
    yield from invite(incident, (event.person,), effect_id=ids.of(incident, f"{name}/invite"))
    words: Words = {"person": event.person, "by": event.by, "until": iso(event.until)}
    yield _tells(incident, event.person, "access.granted", words, name)


def ends_soon(event: a.AccessEndsSoon, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    """Return that it ends soon, to whoever may read it and to the commander."""
    words: Words = {"person": event.person, "until": iso(event.until)}
    yield from _both(event, incident, "access.soon", words)


def ended(event: a.AccessEnded, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    """Return the person taken out of the channel, unless they work on it by now, and both told."""
    if not event.stays:
        channel, invited = ids.of(incident, ids.CHANNEL), ids.of(incident, f"{_named(event)}/invite")
        yield Effect(
            id=ids.of(incident, f"{_named(event)}/remove"),
            kind=EffectKind.REMOVE,
            lane=Lane.DECLARE,
            incident=incident.number,
            place=CHANNEL,
            needs=(channel, invited),
            people=(event.person,),
        )
    words: Words = {"person": event.person, "by": event.by, "at": iso(event.at), "stays": event.stays}
    yield from _both(event, incident, "access.over", words)


def _both(event: a.AccessEndsSoon | a.AccessEnded, incident: Incident, view: str, words: Words) -> Iterator[Reaction]:
    yield _tells(incident, event.person, view, words, _named(event))
    if incident.commander and incident.commander != event.person:
        yield _tells(incident, incident.commander, view, words, _named(event))


def _tells(incident: Incident, person: str, view: str, words: Words, name: str) -> Effect:
    said = {**words, "to": person}
    effect_id = ids.of(incident, f"{name}/{view}/{person}")
    return tell(incident, person, view, said, effect_id=effect_id, lane=Lane.ANSWER)


def _named(event: a.AccessGranted | a.AccessEndsSoon | a.AccessEnded) -> str:
    return f"access/{event.number}"


ACCESS_REACTIONS: Mapping[type[Event], Told] = {
    a.Classified: classified,
    a.AccessGranted: granted,
    a.AccessEndsSoon: ends_soon,
    a.AccessEnded: ended,
}
