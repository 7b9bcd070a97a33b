"""Folding calls that nobody answers onto an incident: what begins a way up, what goes on with it, what ends it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.incident.history import climb_events as k
from bot.incident.history import events as e
from bot.incident.history.climb import SEATED, Climb
from bot.incident.history.handover_events import CommandHandedOver
from bot.incident.history.paged import Call
from bot.incident.history.staffing_events import PersonLeft
from bot.incident.history.turns import Merged, Reopened
from bot.incident.model import Incident
from bot.words import ClockKind

_ANSWERED_BY = {
    e.Acknowledged: frozenset({ClockKind.ACKNOWLEDGE}),
    e.CommandTaken: SEATED,
    CommandHandedOver: SEATED,
    e.Mitigated: SEATED | {ClockKind.MITIGATE},
}
"""The missed clocks whose calls need no answer any more once this has happened."""

_ENDS = (e.Resolved, e.Cancelled, Merged, Reopened)


def climbing(event: e.Event, incident: Incident) -> Incident:
    """Return `incident`, as `event` left it, knowing whose answer is awaited since when.

    Who is called while others are awaited joins them: no call wins time for an earlier one.
    """
    if isinstance(event, e.ClockMissed) and event.called:
        people = (person for _, person in event.called)
        return replace(incident, climb=_joined(incident.climb, people, at=event.at, clock=event.kind))
    if isinstance(event, e.Escalated) and not incident.is_test:
        return replace(incident, climb=_joined(incident.climb, (event.person,), at=event.at))
    if isinstance(event, PersonLeft) and event.called:
        return replace(incident, climb=_joined(incident.climb, (event.called,), at=event.at))
    if isinstance(event, e.CallAnswered) and incident.climb and event.by not in incident.climb.called:
        return incident
    if isinstance(event, (*_ENDS, e.CallAnswered)):
        return replace(incident, climb=None)
    return replace(incident, climb=_settled(event, incident.climb)) if type(event) in _ANSWERED_BY else incident


def _joined(climb: Climb | None, people: Iterable[str], *, at: datetime, clock: ClockKind | None = None) -> Climb:
    running = climb if climb and climb.ended_at is None else Climb(since=at, waiting=(), called=())
    new = tuple(people)
    return replace(
        running,
        waiting=tuple(dict.fromkeys((*running.waiting, *new))),
        called=tuple(dict.fromkeys((*running.called, *new))),
        clocks=(*running.clocks, clock) if clock else running.clocks,
        asked=running.asked or clock is None,
    )


def _settled(event: e.Event, climb: Climb | None) -> Climb | None:
    """Return what is still awaited after a milestone: nothing, once one of those called reached it themself."""
    if climb is None or event.by in climb.called:
        return None
    left = tuple(kind for kind in climb.clocks if kind not in _ANSWERED_BY[type(event)])
    return replace(climb, clocks=left) if left or climb.asked else None


def _stepped(event: k.NextStepCalled, incident: Incident) -> Incident:
    climb = incident.climb or Climb(since=event.at, waiting=(), called=())
    moved = replace(climb, since=event.at, waiting=(event.person,), called=(*climb.called, event.person))
    call = Call(person=event.person, contact=event.contact, at=event.at, by=event.by)
    return replace(incident, calls=(*incident.calls, call), climb=moved)


def _ended(event: k.NobodyFurther, incident: Incident) -> Incident:
    return replace(incident, climb=replace(incident.climb, ended_at=event.at) if incident.climb else None)


CLIMBED: Mapping[type[e.Event], Callable[[Any, Incident], Incident]] = {
    k.NextStepCalled: _stepped,
    k.NobodyFurther: _ended,
}
"""How each step changes the incident it happens to."""
