"""Folding turns onto an incident: severity, title, reopening, closing, merging."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.incident.clocks import met_at
from bot.incident.history import turns as t
from bot.incident.history.cadence import Cadence
from bot.incident.history.confirming import Confirmation
from bot.incident.history.events import Event
from bot.incident.history.grades import Merger, MetUnder, Regrade
from bot.incident.model import Incident, Milestone
from bot.words import ClockKind, Status


def _severity_changed(event: t.SeverityChanged, incident: Incident) -> Incident:
    regrade = Regrade(was=event.was, to=event.to, at=event.at, by=event.by, why=event.why, told_at=event.told_at)
    cadence = _moved(incident, event.update_every, at=event.at)
    return replace(
        incident,
        severity=event.to,
        regrades=(*incident.regrades, regrade),
        met_under=(*incident.met_under, *_met(incident)),
        cadence=cadence,
        paused=None if cadence else incident.cadence or incident.paused,
        confirmation=Confirmation(raised_by=event.by, raised_at=event.at) if event.is_awaiting else None,
    )


def _met(incident: Incident) -> Iterator[MetUnder]:
    """Return the clocks met by now that no earlier change of severity noted."""
    noted = {one.kind for one in incident.met_under}
    return (
        MetUnder(kind=kind, severity=incident.severity)
        for kind in ClockKind
        if kind not in noted and met_at(kind, incident)
    )


def _moved(incident: Incident, every: timedelta | None, *, at: datetime) -> Cadence | None:
    """Return the cadence under another severity: what was promised stays, what is stricter begins at once."""
    if every is None:
        return None
    if incident.cadence:
        return replace(incident.cadence, every=every, due_at=min(incident.cadence.due_at, at + every))
    return _afresh(incident.paused, every, at=at)


def _afresh(earlier: Cadence | None, every: timedelta, *, at: datetime) -> Cadence:
    """Return a cadence that begins now and still counts what was met and missed before."""
    fresh = Cadence(every=every, due_at=at + every)
    return replace(fresh, missed=earlier.missed, on_time=earlier.on_time) if earlier else fresh


def _reopened(event: t.Reopened, incident: Incident) -> Incident:
    opened = replace(
        incident,
        status=Status.ACKNOWLEDGED if incident.acknowledged else Status.DECLARED,
        mitigated=None,
        resolved=None,
        cancelled=None,
        cancel_reason=None,
        closed=None,
        met_under=_kept_met(incident, {ClockKind.MITIGATE, ClockKind.RESOLVE}),
        reopened=Milestone(at=event.at, by=event.by, words=event.words),
        reopenings=incident.reopenings + 1,
        page_step=0,
        nobody_answered_at=None,
        cadence=_afresh(incident.cadence, event.update_every, at=event.at) if event.update_every else None,
    )
    return _unled(opened) if event.unled else opened


def _unled(incident: Incident) -> Incident:
    """Return the incident as declared: whoever was on it is gone, so somebody has to answer again."""
    again = {ClockKind.ACKNOWLEDGE, ClockKind.COMMANDER}
    return replace(
        incident,
        status=Status.DECLARED,
        seat=None,
        acknowledged=None,
        commanded=None,
        met_under=_kept_met(incident, again),
    )


def _kept_met(incident: Incident, again: set[ClockKind]) -> tuple[MetUnder, ...]:
    return tuple(one for one in incident.met_under if one.kind not in again)


def _retitled(event: t.Retitled, incident: Incident) -> Incident:
    return replace(incident, title=event.title)


def _closed(event: t.Closed, incident: Incident) -> Incident:
    return replace(incident, status=Status.CLOSED, closed=Milestone(at=event.at, by=event.by), followers=())


def _merged(event: t.Merged, incident: Incident) -> Incident:
    merger = Merger(into=event.into, at=event.at, by=event.by, channel=event.channel, channel_name=event.channel_name)
    cadence = replace(incident.cadence, snooze=None, nudge_at=None) if incident.cadence else None
    return replace(incident, status=Status.MERGED, merged=merger, cadence=cadence, followers=())


def _merged_in(event: t.MergedIn, incident: Incident) -> Incident:
    return replace(incident, absorbed=(*incident.absorbed, event.number))


TURNED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {
    t.SeverityChanged: _severity_changed,
    t.Reopened: _reopened,
    t.Retitled: _retitled,
    t.Closed: _closed,
    t.Merged: _merged,
    t.MergedIn: _merged_in,
}
"""How each turn changes the incident it happens to."""
