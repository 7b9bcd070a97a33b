"""Folding exceptions onto an incident."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.incident.history import exception_events as x
from bot.incident.history.events import Event
from bot.incident.history.exceptions import Exceptions, ExceptionStanding, PolicyException
from bot.incident.model import Incident


def _asked(event: x.ExceptionAsked, incident: Incident) -> Incident:
    asked = PolicyException(
        number=event.number, asked_by=event.by, why=event.why, until=event.until, asked=event.people
    )
    return replace(incident, exceptions=Exceptions(every=(*incident.exceptions.every, asked)))


def _approved(event: x.ExceptionApproved, incident: Incident) -> Incident:
    return _now(event.number, incident, ExceptionStanding.APPROVED, event, is_alone=event.is_alone)


def _declined(event: x.ExceptionDeclined, incident: Incident) -> Incident:
    return _now(event.number, incident, ExceptionStanding.DECLINED, event)


def _now(number: int, incident: Incident, standing: ExceptionStanding, event: Event, **more: bool) -> Incident:
    changed = incident.exceptions.changed(number, standing=standing, answered_by=event.by, answered_at=event.at, **more)
    return replace(incident, exceptions=changed)


def _ended(event: x.ExceptionEnded, incident: Incident) -> Incident:
    over = incident.exceptions.changed(
        event.number, standing=ExceptionStanding.ENDED, ended_by=event.by, ended_at=event.at
    )
    return replace(incident, exceptions=over)


EXCEPTED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {
    x.ExceptionAsked: _asked,
    x.ExceptionApproved: _approved,
    x.ExceptionDeclined: _declined,
    x.ExceptionEnded: _ended,
}
"""How each event about an exception changes the incident it is about."""
