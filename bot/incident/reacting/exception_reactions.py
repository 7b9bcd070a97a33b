"""What follows from an exception: the Board is asked, the channel and Governance are told, the card shows it (G1.1)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.context import Context
from bot.incident.history import exception_events as x
from bot.incident.history.events import Event
from bot.incident.history.exceptions import PolicyException
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, iso, post, redraw, say, tell
from bot.incident.reacting.effects import GOVERNANCE, Redraw, Words
from bot.words import Lane


def _asked(event: x.ExceptionAsked, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    words: Words = {"number": event.number, "by": event.by, "why": event.why, "until": iso(event.until)}
    for person in event.people:
        effect_id = ids.exception_asked(incident, event.number, person)
        yield tell(incident, person, "exception.asked", words, effect_id=effect_id, lane=Lane.ANSWER)


def _approved(event: x.ExceptionApproved, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    words: Words = {"number": event.number, "by": event.by, "why": event.why, "until": iso(event.until)}
    yield say(incident, "exception.approved", words)
    record = ids.of(incident, _governing(event.number))
    yield post(
        record, "exception.governance", incident, place=GOVERNANCE, lane=Lane.UPDATE, words={"number": event.number}
    )
    yield from _answered(event, incident)


def _declined(event: x.ExceptionDeclined, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    yield from _answered(event, incident)


def _answered(event: x.ExceptionApproved | x.ExceptionDeclined, incident: Incident) -> Iterator[Reaction]:
    """Return what whoever asked hears, and the questions to the Board drawn again without their buttons."""
    declined = event.why if isinstance(event, x.ExceptionDeclined) else ""
    if event.person != event.by:
        words: Words = {"number": event.number, "by": event.by, "why": declined}
        effect_id = ids.of(incident, f"exception/{event.number}/answer")
        yield tell(incident, event.person, "exception.answered", words, effect_id=effect_id, lane=Lane.ANSWER)
    one = incident.exceptions.of(event.number)
    yield from _questions(incident, one) if one else ()
    yield from redraw(incident, ids.CARD)


def _questions(incident: Incident, one: PolicyException) -> Iterator[Redraw]:
    return (Redraw(id=ids.exception_asked(incident, one.number, person)) for person in one.asked)


def _ended(event: x.ExceptionEnded, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    yield say(incident, "exception.ended", {"number": event.number, "by": event.by, "why": event.why})
    yield Redraw(id=ids.of(incident, _governing(event.number)))
    yield from redraw(incident, ids.CARD)


def _governing(number: int) -> str:
    return f"exception/{number}/governance"


EXCEPTION_REACTIONS: Mapping[type[Event], Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]] = {
    x.ExceptionAsked: _asked,
    x.ExceptionApproved: _approved,
    x.ExceptionDeclined: _declined,
    x.ExceptionEnded: _ended,
}
