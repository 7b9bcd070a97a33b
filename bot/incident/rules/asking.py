"""Pages that a person asks for: one person, by each of their ways in turn, until they answer (P2)."""

from datetime import datetime, timedelta

from bot.incident import commands as c
from bot.incident.awaited import awaited, is_awaited
from bot.incident.context import Context
from bot.incident.decision import MIN_TITLE, Decision, word_count
from bot.incident.history import asked_events as a
from bot.incident.history import events as e
from bot.incident.history.asked_page import AskedPage
from bot.incident.history.paged import Page
from bot.incident.history.role_events import ResponderAdded
from bot.incident.model import Incident
from bot.incident.refusing.paging_refusals import YOURSELF
from bot.incident.refusing.refusals import Refused, say_what
from bot.incident.rules.pages import page_ref
from bot.incident.sight import people_in
from bot.policy.model import Way, WayKind
from bot.words import Status

NEXT_WAY_AFTER = timedelta(minutes=2)
"""How long each way of a person has before the next follows."""

AT_ONCE, WITHIN = 2, timedelta(minutes=1)
"""How many pages one person gets within a minute; the next is written down only."""

ASKED_FROM = -1000
"""Steps beside the ladder, ten for each page that was asked for: more than anybody has ways."""
_APART = 10

ONLY_DM = (Way(kind=WayKind.DM, label="DM"),)
"""How somebody is reached whom policy does not know."""


def page_person(command: c.PagePerson, incident: Incident, context: Context) -> Decision:
    """Return the person paged by their first way; whom a private incident does not know is let in first."""
    refused = _refuse(command, context)
    if refused:
        return refused
    now, by = context.now, context.actor.id
    if _is_flooded(command.person, incident, context):
        return (a.PageHeld(at=now, by=by, person=command.person, why=command.why),)
    number, ways = len(incident.asked) + 1, _ways(command.person, context)
    is_new = incident.is_private and command.person not in people_in(incident)
    asked = a.PageAsked(
        at=now,
        by=by,
        number=number,
        person=command.person,
        why=command.why,
        is_call=incident.status is not Status.DECLARED,
        page=None if incident.is_test else _page(command.person, ways[0], incident, context, number=number, place=1),
        next_at=_next_at(1, ways, now),
    )
    return (*((ResponderAdded(at=now, by=by, person=command.person),) if is_new else ()), asked)


def _refuse(command: c.PagePerson, context: Context) -> Refused | None:
    if command.person == context.actor.id:
        return YOURSELF
    if word_count(command.why) < MIN_TITLE:
        return say_what(MIN_TITLE, what="why they are paged")
    return None


def _is_flooded(person: str, incident: Incident, context: Context) -> bool:
    lately = (one for one in incident.asked if one.person == person and context.now - one.at < WITHIN)
    return sum(1 for _ in lately) >= AT_ONCE


def _ways(person: str, context: Context) -> tuple[Way, ...]:
    known = context.rota.person(person)
    return known.ways if known else ONLY_DM


def _next_at(way: int, ways: tuple[Way, ...], now: datetime) -> datetime | None:
    return now + NEXT_WAY_AFTER if way < len(ways) else None


def _page(person: str, way: Way, incident: Incident, context: Context, *, number: int, place: int) -> Page:
    step = ASKED_FROM - _APART * number - place
    return Page(
        ref=page_ref(incident.number, step, again=incident.reopenings),
        step=step,
        contact="",
        person=person,
        way=place,
        way_label=way.label,
        at=context.now,
        outside=way.is_outside,
        round=incident.reopenings,
    )


def asked_due(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return every asked page sent on whose last way had its time."""
    due = (one for one in awaited(incident) if one.next_at and one.next_at <= context.now)
    return tuple(_sent_on(one, incident, context) for one in due)


def is_asked(page: Page, incident: Incident) -> bool:
    """Return whether a person asked for `page`."""
    return any(page.ref in one.refs for one in incident.asked)


def next_asked(ref: str, incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return the asked page sent on at once whose page `ref` does not get through; nothing for any other page."""
    asked = (one for one in incident.asked if one.refs[-1] == ref and one.next_at and is_awaited(one, incident))
    return tuple(_sent_on(one, incident, context) for one in asked)


def answered(incident: Incident, command: c.Command, context: Context) -> tuple[e.Event, ...]:
    """Return the call answered of whoever takes command after they were paged."""
    mine = any(one.is_call and one.person == context.actor.id for one in awaited(incident))
    takes = isinstance(command, c.TakeCommand | c.AcceptCommand)
    return (e.CallAnswered(at=context.now, by=context.actor.id),) if mine and takes else ()


def _sent_on(asked: AskedPage, incident: Incident, context: Context) -> a.PageSentOn:
    ways, place = _ways(asked.person, context), len(asked.refs) + 1
    page = None
    if place <= len(ways):
        page = _page(asked.person, ways[place - 1], incident, context, number=asked.number, place=place)
    next_at = _next_at(place, ways, context.now)
    return a.PageSentOn(at=context.now, by=context.actor.id, number=asked.number, page=page, next_at=next_at)
