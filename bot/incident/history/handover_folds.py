"""Folding a handover onto an incident: the seat changes hands in one step and is never empty in between."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.incident.history import handover_events as h
from bot.incident.history.events import Event
from bot.incident.history.handing import CommandOffer, EndedOffer, Handing, Loan, OfferEnd
from bot.incident.model import Incident, Milestone, Seat


def _offered(event: h.CommandOffered, incident: Incident) -> Incident:
    offer = CommandOffer(
        number=event.number,
        by=event.by,
        person=event.person,
        at=event.at,
        ends_at=event.ends_at,
        brief=event.brief,
        watch=event.watch,
        until=event.until,
    )
    return replace(incident, handing=replace(incident.handing, offer=offer))


def _without(incident: Incident, number: int, person: str, how: OfferEnd, *, at: datetime) -> Handing:
    ended = EndedOffer(number=number, person=person, how=how, at=at)
    return replace(incident.handing, offer=None, ended=(*incident.handing.ended, ended))


def _ended(event: h.OfferEnded, incident: Incident) -> Incident:
    return replace(
        incident,
        handing=_without(incident, event.number, event.person, event.how, at=min(event.at, event.waited_until)),
    )


def _handed_over(event: h.CommandHandedOver, incident: Incident) -> Incident:
    loan = Loan(person=event.by, giver=event.over, until=event.until) if event.until else None
    handing = _without(incident, event.number, event.by, OfferEnd.ACCEPTED, at=event.at)
    return replace(
        incident,
        seat=Seat(person=event.by, since=event.at, named_by=event.over, answered_at=event.at),
        commanded=incident.commanded or Milestone(at=event.at, by=event.by),
        handing=replace(handing, loan=loan),
    )


def _returned(event: h.CommandReturned, incident: Incident) -> Incident:
    return replace(
        incident,
        seat=Seat(person=event.person, since=event.at, named_by=event.over, answered_at=event.at),
        handing=replace(incident.handing, loan=None),
    )


def _kept(_: h.LoanEnded, incident: Incident) -> Incident:
    return replace(incident, handing=replace(incident.handing, loan=None))


HANDED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {
    h.CommandOffered: _offered,
    h.OfferEnded: _ended,
    h.CommandHandedOver: _handed_over,
    h.CommandReturned: _returned,
    h.LoanEnded: _kept,
}
"""How each event of a handover changes the incident it happens to."""
