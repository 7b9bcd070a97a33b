"""Being back: what an incident is told once of the time in which Tocsin was away, computed from its own clocks."""

from collections.abc import Iterable
from datetime import datetime

from bot.incident.context import Context
from bot.incident.history import events as e
from bot.incident.history.absence import AWAY_AFTER, Absence
from bot.incident.history.apply import apply
from bot.incident.history.asked_events import PageSentOn
from bot.incident.history.away_events import AwayNoticed, MissedDue
from bot.incident.history.climb_events import NextStepCalled
from bot.incident.history.type_events import PhaseMissed
from bot.incident.model import Incident
from bot.incident.reacting.overtaken import alone, spoken

MOST_LISTED = 5
"""How many missed due times are named; the timeline has them all."""

_PAGES = (e.PersonPaged, NextStepCalled, PageSentOn)
_Played = tuple[tuple[e.Event, Incident], ...]


def is_news(away: Absence, incident: Incident) -> bool:
    """Return whether Tocsin was away from this incident for long enough, and its channel was not told of it yet."""
    return incident.status.is_open and away.until - _since(away, incident) >= AWAY_AFTER


def _since(away: Absence, incident: Incident) -> datetime:
    told = (incident.away.until,) if incident.away else ()
    return max(away.since, incident.runs_since, *told)


def away_noticed(
    away: Absence, incident: Incident, late: tuple[e.Event, ...], context: Context, *, on_time: _Played
) -> AwayNoticed:
    """Return that Tocsin was away, before what is `late` because of it.

    `on_time` is what the clock would have done meanwhile: what of it is not done late is what nobody hears.
    """
    played = _played(incident, late)
    after = played[-1][1] if played else incident
    since = _since(away, incident)
    missed = sorted(_missed(after, late, since=since), key=lambda one: one.due_at)
    return AwayNoticed(
        at=context.now,
        by=context.actor.id,
        since=since,
        until=away.until,
        reminders=max(0, alone(on_time) - spoken(played)),
        pages=max(0, _pages(event for event, _ in on_time) - _pages(late)),
        missed=tuple(missed[:MOST_LISTED]),
        more=len(missed[MOST_LISTED:]),
    )


def _played(incident: Incident, events: Iterable[e.Event]) -> _Played:
    played = []
    for event in events:
        incident = apply(incident, event)
        played.append((event, incident))
    return tuple(played)


def _missed(after: Incident, late: tuple[e.Event, ...], *, since: datetime) -> list[MissedDue]:
    """Return what fell due and was missed since then, noticed by now; a person may have been there before the clock."""
    clocks = [MissedDue(what=mark.kind, due_at=mark.due_at) for mark in after.missed if mark.due_at > since]
    phases = [MissedDue(what=one.phase, due_at=one.due_at) for one in late if isinstance(one, PhaseMissed)]
    return [*clocks, *phases]


def _pages(events: Iterable[e.Event]) -> int:
    return sum(isinstance(event, _PAGES) for event in events)
