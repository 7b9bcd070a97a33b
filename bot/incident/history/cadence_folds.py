"""Folding the update ladder onto an incident: what was due, missed, nudged, climbed and silenced (U5)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.incident.history import events as e
from bot.incident.history.cadence import Cadence, Snooze
from bot.incident.model import ClockMark, Incident
from bot.words import ClockKind


def _due_soon(event: e.UpdateDueSoon, incident: Incident) -> Incident:
    return replace(incident, cadence=replace(incident.chased, heads_up=True))


def _missed(event: e.UpdateMissed, incident: Incident) -> Incident:
    cadence = _spoke(incident) if event.nudge else incident.chased
    moved = replace(
        cadence,
        due_at=event.next_due_at,
        heads_up=False,
        missed_due=event.due_at,
        rung=1 if event.nudge else 0,
        rung_from=event.due_at,
        in_row=cadence.in_row + 1,
        missed=cadence.missed + 1,
        nudge_at=event.next_nudge_at,
    )
    mark = ClockMark(kind=ClockKind.UPDATE, due_at=event.due_at, at=event.at)
    return replace(incident, cadence=moved, missed=(*incident.missed, mark))


def _nudged(event: e.UpdateNudged, incident: Incident) -> Incident:
    cadence = _spoke(incident)
    return replace(incident, cadence=replace(cadence, nudge_at=event.next_nudge_at, nudged=cadence.nudged + 1))


def _climbed(event: e.UpdateLadderClimbed, incident: Incident) -> Incident:
    return replace(incident, cadence=replace(_spoke(incident), rung=event.rung))


def _snoozed(event: e.UpdatesSnoozed, incident: Incident) -> Incident:
    cadence = incident.chased
    snooze = Snooze(until=event.until, by=event.by, why=event.why)
    return replace(incident, cadence=replace(cadence, snooze=snooze, snoozed=cadence.snoozed + 1))


def _snooze_ended(event: e.SnoozeEnded, incident: Incident) -> Incident:
    cadence = incident.chased
    if cadence.in_row:
        cadence = replace(_spoke(incident), rung=1, rung_from=event.at)
    return replace(incident, cadence=replace(cadence, snooze=None))


def _spoke(incident: Incident) -> Cadence:
    return replace(incident.chased, spoken=(*incident.chased.spoken, incident.version + 1))


CHASED: Mapping[type[e.Event], Callable[[Any, Incident], Incident]] = {
    e.UpdateDueSoon: _due_soon,
    e.UpdateMissed: _missed,
    e.UpdateNudged: _nudged,
    e.UpdateLadderClimbed: _climbed,
    e.UpdatesSnoozed: _snoozed,
    e.SnoozeEnded: _snooze_ended,
}
"""How each event of the update ladder changes the incident."""
