"""A handover on the timeline: who offered command to whom, what came of it, and when it went back."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.incident.history import handover_events as h
from bot.incident.history.events import Event
from bot.incident.history.handing import OfferEnd
from bot.incident.sentences import Quote, Sentence, When, Who

_ENDS: Mapping[OfferEnd, str] = {
    OfferEnd.DECLINED: " declined command",
    OfferEnd.EXPIRED: " did not answer the offer of command",
    OfferEnd.WITHDRAWN: ": offer of command withdrawn",
    OfferEnd.OVERTAKEN: ": offer of command overtaken",
}


def _until(event: h.CommandOffered | h.CommandHandedOver) -> Sentence:
    return (" until ", When(event.until)) if event.until else ()


def _offered(event: h.CommandOffered) -> Sentence:
    return ("Command offered to ", Who(event.person), *_until(event), ", brief ", Quote(event.brief))


def _ended(event: h.OfferEnded) -> Sentence:
    why: Sentence = (" ", Quote(event.why)) if event.why else ()
    return (Who(event.person), _ENDS[event.how], *why)


def _handed_over(event: h.CommandHandedOver) -> Sentence:
    return ("Accepted command from ", Who(event.over), *_until(event))


def _stays(event: h.LoanEnded) -> Sentence:
    why = "who is no member any more" if event.how is h.LoanEnd.GONE else "for the incident went on otherwise"
    return ("Command does not go back to ", Who(event.giver), f", {why}")


HANDOVER_LINES: Mapping[type[Event], Callable[[Any], Sentence]] = {
    h.CommandOffered: _offered,
    h.OfferEnded: _ended,
    h.CommandHandedOver: _handed_over,
    h.CommandReturned: lambda event: ("Command went back to ", Who(event.person), " from ", Who(event.over)),
    h.LoanEnded: _stays,
}
"""How each event of a handover reads."""
