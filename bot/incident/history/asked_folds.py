"""Folding pages that a person asked for onto an incident."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.incident.history import asked_events as a
from bot.incident.history.asked_page import AskedPage
from bot.incident.history.events import Event
from bot.incident.history.paged import Call, Page
from bot.incident.model import Incident


def _asked(event: a.PageAsked, incident: Incident) -> Incident:
    if event.page is None:
        return incident
    asked = AskedPage(
        number=event.number,
        person=event.person,
        by=event.by,
        at=event.at,
        why=event.why,
        is_call=event.is_call,
        next_at=event.next_at,
        refs=(event.page.ref,),
    )
    earlier = (replace(one, next_at=None) if one.person == event.person else one for one in incident.asked)
    call = Call(person=event.person, contact="", at=event.at, by=event.by, why=event.why)
    calls = (*incident.calls, call) if event.is_call else incident.calls
    return replace(incident, asked=(*earlier, asked), calls=calls, pages=(*incident.pages, event.page))


def _sent_on(event: a.PageSentOn, incident: Incident) -> Incident:
    page = event.page
    pages = (page,) if page else ()
    asked = (_on(one, page, event) if one.number == event.number else one for one in incident.asked)
    return replace(incident, asked=tuple(asked), pages=(*incident.pages, *pages))


def _on(asked: AskedPage, page: Page | None, event: a.PageSentOn) -> AskedPage:
    return replace(asked, next_at=event.next_at, refs=(*asked.refs, page.ref) if page else asked.refs)


def _held(_: a.PageHeld, incident: Incident) -> Incident:
    return incident


ASKED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {
    a.PageAsked: _asked,
    a.PageSentOn: _sent_on,
    a.PageHeld: _held,
}
"""How each event of a page that was asked for changes the incident."""
