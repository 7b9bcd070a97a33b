"""Drafting effects: small makers that reactions put together."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.effects import CHANNEL, LEADERSHIP, Effect, EffectKind, Place, Redraw, Words, broadcast, dm
from bot.words import Lane, Severity

Reaction = Effect | Redraw
Batch = tuple[tuple[Event, Incident], ...]
"""Events with the incident as each left it."""


def iso(at: datetime | None) -> str | None:
    """Return a moment as effects carry it."""
    return at.isoformat() if at else None


def post(
    effect_id: str,
    view: str,
    incident: Incident,
    *,
    place: Place,
    lane: Lane,
    words: Words | None = None,
    needs: Iterable[str] = (),
    thread_of: str | None = None,
) -> Effect:
    """Return a message to post at `place`."""
    return Effect(
        id=effect_id,
        kind=EffectKind.POST,
        lane=lane,
        incident=incident.number,
        place=place,
        view=view,
        words=words or {},
        needs=tuple(needs),
        thread_of=thread_of,
    )


def say(
    incident: Incident, view: str, words: Words, *, effect_id: str | None = None, lane: Lane | None = None
) -> Effect:
    """Return a message in the incident's channel; SEV-1 channels come before other channels."""
    usual = Lane.DECLARE if incident.severity is Severity.SEV1 else Lane.UPDATE
    return post(
        effect_id or ids.at_version(incident, view),
        view,
        incident,
        place=CHANNEL,
        lane=usual if lane is None else lane,
        words=words,
        needs=(ids.of(incident, ids.CHANNEL),),
    )


def tell(incident: Incident, person: str, view: str, words: Words, *, effect_id: str, lane: Lane) -> Effect:
    """Return a direct message to `person`."""
    return post(effect_id, view, incident, place=dm(person), lane=lane, words=words)


def reply(incident: Incident, under: str, view: str, words: Words) -> Iterator[Effect]:
    """Return a reply in the thread of the broadcast or the headline."""
    place = LEADERSHIP if under == ids.HEADLINE else broadcast(incident.severity)
    yield post(
        ids.at_version(incident, f"{view}/{under}"),
        view,
        incident,
        place=place,
        lane=Lane.UPDATE,
        words=words,
        thread_of=ids.of(incident, under),
    )


def invite(incident: Incident, people: Iterable[str], *, effect_id: str | None = None) -> Iterator[Effect]:
    """Return an invitation of `people` to the incident's channel."""
    wanted = tuple(dict.fromkeys(people))
    if wanted:
        yield Effect(
            id=effect_id or ids.at_version(incident, ids.INVITE),
            kind=EffectKind.INVITE,
            lane=Lane.DECLARE,
            incident=incident.number,
            place=CHANNEL,
            needs=(ids.of(incident, ids.CHANNEL),),
            people=wanted,
        )


def headline(incident: Incident) -> Effect:
    """Return leadership's one message about the incident."""
    return post(ids.of(incident, ids.HEADLINE), "headline", incident, place=LEADERSHIP, lane=Lane.UPDATE)


def redraw(incident: Incident, *names: str) -> Iterator[Redraw]:
    """Return redraws of the things the incident has once."""
    return (Redraw(id=ids.of(incident, name)) for name in names)


def redraw_pages(incident: Incident) -> Iterator[Redraw]:
    """Return redraws of every page sent, so that nobody stays up for what is over."""
    return (Redraw(id=ids.page(incident, page)) for page in incident.pages if not page.outside)


def redraw_ladder(incident: Incident) -> Iterator[Redraw]:
    """Return redraws of all that was said about the update still awaited: it was posted, or matters no more."""
    cadence = incident.cadence
    if cadence is None:
        return
    yield Redraw(id=ids.for_due(incident, ids.HEADS_UP, cadence.due_at - cadence.in_row * cadence.every))
    for version in cadence.spoken:
        nudge, late, climbed = (ids.of(incident, f"{version}/{name}") for name in (ids.NUDGE, ids.LATE, ids.CLIMBED))
        told = (nudge, late, ids.deputy(late), climbed, ids.beside(climbed))
        yield from (Redraw(id=one) for one in told)


def redraw_over(incident: Incident) -> Iterator[Redraw]:
    """Return redraws of all that an end, or a way back from it, changes: everywhere, pages, calls, and the topic."""
    yield from redraw_everywhere(incident)
    yield from redraw_pages(incident)
    yield from redraw(incident, ids.TOPIC)
    yield Redraw(id=ids.nobody(incident))
    yield from (Redraw(id=ids.called(incident, place)) for place, _ in enumerate(incident.calls))
    for one in incident.exceptions.waiting:
        yield from (Redraw(id=ids.exception_asked(incident, one.number, person)) for person in one.asked)


def redraw_everywhere(incident: Incident) -> Iterator[Redraw]:
    """Return redraws of the card and of every place that shows how the incident stands."""
    return redraw(incident, ids.CARD, ids.ANNOUNCEMENT, ids.BROADCAST, ids.HEADLINE)
