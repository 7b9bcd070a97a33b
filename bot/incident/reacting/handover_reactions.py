"""What follows when command is handed over: the offer, its answer, the line in the channel, and who hears of it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.context import Context
from bot.incident.history import handover_events as h
from bot.incident.history.events import Event
from bot.incident.history.handing import OfferEnd
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import (
    Reaction,
    invite,
    iso,
    post,
    redraw,
    redraw_everywhere,
    redraw_pages,
    say,
    tell,
)
from bot.incident.reacting.effects import CHANNEL, Effect, Redraw, Words
from bot.words import Lane

_UNTOLD = frozenset({OfferEnd.WITHDRAWN, OfferEnd.OVERTAKEN})
"""Ends of an offer that its giver brought about, or hears of otherwise."""


def _offered(event: h.CommandOffered, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    """Return the offer by direct message.

    Of a private incident the brief stays in its channel (G6.1), so whoever is offered it comes in first.
    """
    words: Words = {
        "number": event.number,
        "by": event.by,
        "person": event.person,
        "brief": event.brief,
        "watch": event.watch,
        "until": iso(event.until),
        "ends_at": iso(event.ends_at),
        "at": iso(event.at),
    }
    effect_id = ids.offer(event.number, incident)
    if incident.is_private:
        yield from invite(incident, (event.person,), effect_id=f"{effect_id}/{ids.INVITE}")
        yield say(incident, "handover.room", words, effect_id=f"{effect_id}/room")
        yield _brief(incident, words, under=f"{effect_id}/room")
    yield tell(incident, event.person, "handover.offer", words, effect_id=effect_id, lane=Lane.ANSWER)
    yield from redraw(incident, ids.CARD)


def _brief(incident: Incident, words: Words, *, under: str) -> Effect:
    """Return the brief as a reply under the message with the id `under`."""
    brief: Words = {name: words[name] for name in ("by", "brief", "watch")}
    return post(
        f"{under}/brief",
        "handover.brief",
        incident,
        place=CHANNEL,
        lane=Lane.UPDATE,
        words=brief,
        needs=(under,),
        thread_of=under,
    )


def _ended(event: h.OfferEnded, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    effect_id = ids.offer(event.number, incident)
    yield Redraw(id=effect_id)
    if event.how not in _UNTOLD:
        words: Words = {
            "person": event.person,
            "giver": event.giver,
            "how": event.how.value,
            "why": event.why,
            "ends_at": iso(event.waited_until),
        }
        yield tell(
            incident, event.giver, "handover.told", words, effect_id=f"{effect_id}/{event.how}", lane=Lane.ANSWER
        )
    yield from redraw(incident, ids.CARD)


def _handed_over(event: h.CommandHandedOver, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    words: Words = {
        "by": event.over,
        "person": event.by,
        "at": iso(event.at),
        "until": iso(event.until),
        "brief": event.brief,
        "watch": event.watch,
    }
    effect_id = ids.offer(event.number, incident)
    line = f"{effect_id}/{OfferEnd.ACCEPTED}"
    yield say(incident, "line.handed_over", words, effect_id=line)
    if not incident.is_private:
        yield from invite(incident, (event.by,), effect_id=f"{effect_id}/{ids.INVITE}")
        yield _brief(incident, words, under=line)
    told: Words = {"person": event.by, "giver": event.over, "how": OfferEnd.ACCEPTED.value, "at": iso(event.at)}
    yield tell(incident, event.over, "handover.told", told, effect_id=ids.beside(line), lane=Lane.ANSWER)
    yield Redraw(id=effect_id)
    yield from _seated(incident, event.by, was=event.over)


def _seated(incident: Incident, person: str, *, was: str) -> Iterator[Reaction]:
    """Return the duties of whoever commands now, and every picture in which the commander stands."""
    words: Words = {"person": person, "named_by": person}
    yield tell(incident, person, "duties", words, effect_id=ids.duties(incident, person), lane=Lane.ANSWER)
    yield from (Redraw(id=ids.duties(incident, one)) for one in (person, was))
    yield from redraw_everywhere(incident)
    yield from redraw_pages(incident)


def _returned(event: h.CommandReturned, incident: Incident, _: set[type], context: Context) -> Iterator[Reaction]:
    words: Words = {"person": event.person, "over": event.over, "at": iso(event.at)}
    yield say(incident, "line.command_back", words)
    yield from _both(incident, words, *(one for one in (event.person, event.over) if one not in context.gone))
    yield from _seated(incident, event.person, was=event.over)


def _stays(event: h.LoanEnded, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    words: Words = {
        "person": event.giver,
        "over": event.person,
        "until": iso(event.until),
        "stays": event.how.value,
        "at": iso(event.at),
    }
    if event.how is h.LoanEnd.GONE:
        yield say(incident, "line.command_back", words)
        yield from _both(incident, words, event.person)
    elif incident.status.is_open and event.giver != incident.commander:
        yield from _both(incident, words, event.giver)
    yield from redraw(incident, ids.CARD)


def _both(incident: Incident, words: Words, *people: str) -> Iterator[Reaction]:
    for person in people:
        effect_id = ids.at_version(incident, f"command_back/{person}")
        yield tell(
            incident, person, "handover.back", {**words, "reader": person}, effect_id=effect_id, lane=Lane.ANSWER
        )


HANDOVER_REACTIONS: Mapping[type[Event], Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]] = {
    h.CommandOffered: _offered,
    h.OfferEnded: _ended,
    h.CommandHandedOver: _handed_over,
    h.CommandReturned: _returned,
    h.LoanEnded: _stays,
}
"""What follows from each event of a handover."""
