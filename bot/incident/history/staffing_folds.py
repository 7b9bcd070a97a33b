"""Folding onto an incident which roles nobody holds: given back, ended, left with the workspace, noticed as missing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.incident.history.events import Event
from bot.incident.history.paged import Call
from bot.incident.history.role_events import RoleGivenBack
from bot.incident.history.staffing import Emptied, RoleGap
from bot.incident.history.staffing_events import PersonLeft, RoleEnded, RolesMissing
from bot.incident.model import Incident, RoleHolding
from bot.words import Role


def _emptied(incident: Incident, roles: Iterable[Role], *, at: datetime) -> Incident:
    gone = tuple(roles)
    others = (one for one in incident.staffing.emptied if one.role not in gone)
    emptied = (*others, *(Emptied(role=role, at=at) for role in gone))
    held = tuple(one for one in incident.roles if one.role not in gone)
    return replace(incident, roles=held, staffing=replace(incident.staffing, emptied=emptied))


def _given_back(event: RoleGivenBack, incident: Incident) -> Incident:
    return _emptied(incident, (event.role,), at=event.at)


def _missing(event: RolesMissing, incident: Incident) -> Incident:
    found = tuple(RoleGap(role=one.role, due_at=one.due_at, at=event.at) for one in event.roles)
    return replace(incident, staffing=replace(incident.staffing, gaps=(*incident.staffing.gaps, *found)))


def _ended(event: RoleEnded, incident: Incident) -> Incident:
    if event.back_to is None:
        return _emptied(incident, (event.role,), at=event.at)
    again = RoleHolding(role=event.role, person=event.back_to, since=event.at, named_by=event.giver)
    return replace(incident, roles=(*incident.roles_but(event.role), again))


def _left(event: PersonLeft, incident: Incident) -> Incident:
    after = _emptied(incident, (role for role in event.roles if role is not Role.COMMANDER), at=event.at)
    if Role.COMMANDER in event.roles:
        after = replace(after, seat=None)
    if event.called is None:
        return after
    call = Call(person=event.called, contact=event.contact, at=event.at, by=event.by)
    return replace(after, calls=(*after.calls, call))


STAFFED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {
    RoleGivenBack: _given_back,
    RolesMissing: _missing,
    RoleEnded: _ended,
    PersonLeft: _left,
}
"""How each event about roles nobody holds changes the incident it happens to."""
