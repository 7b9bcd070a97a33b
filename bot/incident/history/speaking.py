"""When the clock speaks in an incident's channel: at most once a minute, whatever falls due (calm budget)."""

from dataclasses import replace
from datetime import timedelta

from bot.incident.history import events as e
from bot.incident.history.climb_events import NextStepCalled, NobodyFurther
from bot.incident.history.type_events import PhaseDueSoon, PhaseMissed
from bot.incident.model import ClockLine, Incident

APART = timedelta(seconds=60)
"""How far one message of the clock is from the next in one channel."""

_SPOKEN = (e.ClockDueSoon, e.ClockMissed, e.UpdateNudged, e.SnoozeEnded, NextStepCalled)
_ALARMS = (e.NobodyAnswered, NobodyFurther)

TOLD_IN_CHANNEL = 3
"""The rung of the update ladder at which the channel hears of it."""


def spoken(event: e.Event, incident: Incident) -> Incident:
    """Return `incident` knowing when the clock says `event` in its channel, if it does: at once, or in its turn."""
    last = incident.clock_line
    if isinstance(event, _ALARMS):
        return replace(incident, clock_line=_after_alarm(event, last))
    if not _speaks(event, incident) or (last and last.asked_at == event.at):
        return incident
    at = max(event.at, last.at + APART) if last else event.at
    return replace(incident, clock_line=ClockLine(asked_at=event.at, at=at))


def _after_alarm(event: e.Event, last: ClockLine | None) -> ClockLine:
    """Return the turn of whatever falls due with it: that nobody can be reached is said at once."""
    at = last.at if last and last.asked_at == event.at else event.at
    return ClockLine(asked_at=event.at, at=at + APART)


def _speaks(event: e.Event, incident: Incident) -> bool:
    if isinstance(event, PhaseDueSoon | PhaseMissed):
        return incident.status.is_open
    if isinstance(event, e.UpdateMissed):
        return event.nudge
    if isinstance(event, e.UpdateLadderClimbed):
        return event.rung == TOLD_IN_CHANNEL
    return isinstance(event, _SPOKEN)
