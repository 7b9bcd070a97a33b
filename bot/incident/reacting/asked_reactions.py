"""What follows when a person asks for somebody to be paged: the page, their place in the channel, and a line there."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.context import Context
from bot.incident.history import asked_events as a
from bot.incident.history.asked_page import AskedPage
from bot.incident.history.events import Event
from bot.incident.history.paged import Page
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, invite, redraw, say
from bot.incident.reacting.effects import Effect, Redraw, Words
from bot.incident.reacting.paging import again, page_out, which_words

Told = Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]


def _asked(event: a.PageAsked, incident: Incident, _: set[type], context: Context) -> Iterator[Reaction]:
    """Return the person invited and paged, and the line that says so."""
    if event.page:
        yield from invite(incident, (event.person,))
        yield _out(event.page, incident.asked[-1], incident, context)
        yield from again(incident, event.page)
    words: Words = {"by": event.by, "person": event.person, "why": event.why}
    yield say(incident, "line.paged", words)
    yield from redraw(incident, ids.CARD)


def _sent_on(event: a.PageSentOn, incident: Incident, _: set[type], context: Context) -> Iterator[Reaction]:
    """Return the page by the next way; the message in Slack says that it was sent again."""
    if event.page:
        asked = next(one for one in incident.asked if one.number == event.number)
        yield _out(event.page, asked, incident, context)
        yield from again(incident, event.page)
        yield from redraw(incident, ids.CARD)


def _out(page: Page, asked: AskedPage, incident: Incident, context: Context) -> Effect:
    words: Words = {**which_words(page, context), "by": asked.by, "why": asked.why, "before": [], "then": None}
    return page_out(page, incident, "page.called" if asked.is_call else "page", words, context)


def redraw_asked(incident: Incident, person: str) -> Iterator[Reaction]:
    """Return redraws of the pages to `person` that somebody asked for."""
    refs = {ref for one in incident.asked if one.person == person for ref in one.refs}
    mine = (page for page in incident.pages if page.ref in refs and not page.outside)
    return (Redraw(id=ids.page(incident, page)) for page in mine)


ASKED_REACTIONS: Mapping[type[Event], Told] = {a.PageAsked: _asked, a.PageSentOn: _sent_on}
