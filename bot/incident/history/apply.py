"""Folding events onto an incident: replaying all of them gives the row."""

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from bot.incident.history import events as e
from bot.incident.history.access import Room
from bot.incident.history.access_folds import SEEN
from bot.incident.history.asked_folds import ASKED
from bot.incident.history.away_events import BACK
from bot.incident.history.cadence import Cadence, StatusUpdate, UpdateKind
from bot.incident.history.cadence_folds import CHASED
from bot.incident.history.climb_folds import CLIMBED, climbing
from bot.incident.history.confirming import Confirmation
from bot.incident.history.confirming_events import CONFIRMED
from bot.incident.history.disturbing import DISTURBED
from bot.incident.history.exception_folds import EXCEPTED
from bot.incident.history.following import FOLLOWED
from bot.incident.history.handover_folds import HANDED
from bot.incident.history.note_events import NoteAdded, NoteWithdrawn
from bot.incident.history.paged import Call, PageOutcome
from bot.incident.history.role_folds import HELD
from bot.incident.history.sharing_folds import SHARED
from bot.incident.history.speaking import spoken
from bot.incident.history.spool_events import SPOOLED
from bot.incident.history.staffing_folds import STAFFED
from bot.incident.history.suggestions import SUGGESTED
from bot.incident.history.timing import TIMED
from bot.incident.history.turning import TURNED
from bot.incident.history.type_folds import TYPED
from bot.incident.history.unrest_events import NOTICED, turned
from bot.incident.model import ChannelRef, ClockMark, Incident, Milestone, Seat
from bot.words import Status


def begin(event: e.Declared) -> Incident:
    """Return the incident that `event` began, at version 1."""
    cadence = Cadence(every=event.update_every, due_at=event.at + event.update_every) if event.update_every else None
    return Incident(
        number=event.number,
        version=1,
        title=event.title,
        description=event.description,
        severity=event.severity,
        status=Status.DECLARED,
        classification=event.classification,
        policy_hash=event.policy_hash,
        declared=Milestone(at=event.at, by=event.by),
        team=event.team,
        cadence=cadence,
        started_at=event.started_at,
        is_test=event.is_test,
        is_hosted=event.is_hosted,
        alerted_at=event.alerted_at,
        room=Room(is_private=event.classification.is_private),
        confirmation=Confirmation(raised_by=event.by, raised_at=event.at) if event.is_awaiting else None,
    )


def apply(incident: Incident | None, event: e.Event) -> Incident:
    """Return `incident` with `event` folded onto it, one version on; None is an incident that has not begun."""
    if isinstance(event, e.Declared):
        return begin(event)
    if incident is None:
        message = f"{event.action} cannot be the first event of an incident"
        raise ValueError(message)
    after = turned(event, climbing(event, fold(event, incident)))
    return replace(spoken(event, after), version=incident.version + 1)


def applied(incident: Incident, events: Iterable[e.Event]) -> Incident:
    """Return `incident` with all these events, in order, folded onto it."""
    for event in events:
        incident = apply(incident, event)
    return incident


def replay(events: Iterable[e.Event]) -> Incident:
    """Return the incident that all its events, in order, make."""
    incident: Incident | None = None
    for event in events:
        incident = apply(incident, event)
    if incident is None:
        message = "there is nothing to replay"
        raise ValueError(message)
    return incident


@singledispatch
def fold(event: e.Event, incident: Incident) -> Incident:
    """Return `incident` with the substance of `event`, its version untouched."""
    message = f"nothing says how {event.action} changes {incident.ref}"
    raise TypeError(message)


@fold.register
def _(event: e.Acknowledged, incident: Incident) -> Incident:
    return replace(
        incident,
        status=Status.ACKNOWLEDGED,
        acknowledged=Milestone(at=event.at, by=event.by),
        headline_at=incident.headline_at or event.at,
    )


@fold.register
def _(event: e.CommanderNamed, incident: Incident) -> Incident:
    return replace(incident, seat=Seat(person=event.person, since=event.at, named_by=event.by))


@fold.register
def _(event: e.CommandTaken, incident: Incident) -> Incident:
    seat = incident.seat
    if seat is None or seat.person != event.by:
        seat = Seat(person=event.by, since=event.at, named_by=event.by)
    first = incident.commanded or Milestone(at=event.at, by=event.by)
    return replace(incident, seat=replace(seat, answered_at=event.at), commanded=first)


@fold.register
def _(event: e.CommandGivenBack, incident: Incident) -> Incident:
    return replace(incident, seat=None)


@fold.register
def _(event: e.StatusUpdatePosted, incident: Incident) -> Incident:
    update = StatusUpdate(
        number=event.number,
        at=event.at,
        by=event.by,
        kind=event.kind,
        now=event.now,
        affected=event.affected,
        next=event.next,
        due_at=event.due_at,
    )
    return replace(incident, updates=event.number, last_update=update, cadence=_met(event, incident.cadence))


def _met(event: e.StatusUpdatePosted, cadence: Cadence | None) -> Cadence | None:
    if cadence is None or event.next_due_at is None:
        return None
    unchanged = cadence.unchanged + 1 if event.kind is UpdateKind.NO_CHANGE else 0
    on_time = cadence.on_time + (1 if cadence.in_row == 0 else 0)
    return Cadence(
        every=cadence.every, due_at=event.next_due_at, unchanged=unchanged, missed=cadence.missed, on_time=on_time
    )


@fold.register
def _(event: NoteAdded, incident: Incident) -> Incident:
    return replace(incident, notes=incident.notes + 1)


@fold.register
def _(event: NoteWithdrawn, incident: Incident) -> Incident:
    return replace(incident, withdrawn=(*incident.withdrawn, event.number))


@fold.register
def _(event: e.Escalated, incident: Incident) -> Incident:
    if incident.is_test:
        return incident
    call = Call(person=event.person, contact=event.contact, at=event.at, by=event.by, why=event.why)
    return replace(incident, calls=(*incident.calls, call))


@fold.register
def _(event: e.CallAnswered, incident: Incident) -> Incident:
    calls = tuple(
        replace(call, answered_at=event.at) if call.person == event.by and call.answered_at is None else call
        for call in incident.calls
    )
    return replace(incident, calls=calls)


@fold.register
def _(event: e.Mitigated, incident: Incident) -> Incident:
    done = Milestone(at=event.at, by=event.by, words=event.words, more=event.still)
    return replace(incident, status=Status.MITIGATED, mitigated=done)


@fold.register
def _(event: e.Resolved, incident: Incident) -> Incident:
    done = Milestone(at=event.at, by=event.by, words=event.words, more=event.affected)
    return replace(
        incident, status=Status.RESOLVED, resolved=done, facilitator=event.facilitator, cadence=_ended(incident)
    )


@fold.register
def _(event: e.Cancelled, incident: Incident) -> Incident:
    done = Milestone(at=event.at, by=event.by, words=event.words)
    return replace(
        incident, status=Status.CANCELLED, cancelled=done, cancel_reason=event.reason, cadence=_ended(incident)
    )


def _ended(incident: Incident) -> Cadence | None:
    return replace(incident.cadence, snooze=None, nudge_at=None) if incident.cadence else None


@fold.register
def _(event: e.PersonPaged, incident: Incident) -> Incident:
    return replace(incident, pages=(*incident.pages, event.page), page_step=event.next_step)


@fold.register
def _(event: e.LadderSkipped, incident: Incident) -> Incident:
    return replace(incident, page_step=event.next_step)


@fold.register
def _(event: e.PagePassedOn, incident: Incident) -> Incident:
    pages = tuple(
        replace(page, outcome=PageOutcome.PASSED_ON) if page.person == event.by else page for page in incident.pages
    )
    return replace(incident, pages=pages)


@fold.register
def _(event: e.PageUndeliverable, incident: Incident) -> Incident:
    pages = tuple(
        replace(page, outcome=PageOutcome.UNDELIVERABLE) if page.ref == event.ref else page for page in incident.pages
    )
    return replace(incident, pages=pages)


@fold.register
def _(event: e.NobodyAnswered, incident: Incident) -> Incident:
    return replace(incident, nobody_answered_at=event.at)


@fold.register
def _(event: e.ClockDueSoon, incident: Incident) -> Incident:
    mark = ClockMark(kind=event.kind, due_at=event.due_at, at=event.at)
    return replace(incident, warned=(*incident.warned, mark))


@fold.register
def _(event: e.ClockMissed, incident: Incident) -> Incident:
    mark = ClockMark(kind=event.kind, due_at=event.due_at, at=event.at)
    calls = tuple(
        Call(person=person, contact=contact, at=event.at, by=event.by, clock=event.kind)
        for contact, person in event.called
    )
    return replace(incident, missed=(*incident.missed, mark), calls=(*incident.calls, *calls))


@fold.register
def _(event: e.HeadlineDue, incident: Incident) -> Incident:
    return replace(incident, headline_at=event.at)


@fold.register
def _(event: e.ChannelOpened, incident: Incident) -> Incident:
    return replace(incident, channel=ChannelRef(id=event.channel, name=event.name))


@fold.register
def _(event: e.ChannelRefused, incident: Incident) -> Incident:
    return replace(incident, channel_refused=event.error)


for _kind, _turned in {
    **CHASED,
    **HELD,
    **TURNED,
    **HANDED,
    **FOLLOWED,
    **DISTURBED,
    **SUGGESTED,
    **TIMED,
    **SEEN,
    **CONFIRMED,
    **TYPED,
    **CLIMBED,
    **NOTICED,
    **STAFFED,
    **ASKED,
    **EXCEPTED,
    **SHARED,
    **BACK,
    **SPOOLED,
}.items():
    fold.register(_kind, _turned)
