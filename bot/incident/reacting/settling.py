"""Settling clock messages: what was said about a clock is drawn again once the clock is met, or nothing is due."""

from collections.abc import Iterator
from datetime import datetime

from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.effects import Redraw
from bot.words import ClockKind


def redraw_clocks(before: Incident, after: Incident) -> Iterator[Redraw]:
    """Return redraws of what was said about clocks since the incident was last opened, if it stands otherwise now.

    An update counts too: what asks for one may stand in the same message as another clock (calm budget).
    """
    if _stands(before) == _stands(after):
        return
    for mark in before.warned:
        if mark.at >= after.runs_since:
            yield from (Redraw(id=ids.clock(before, name, mark.kind, mark.due_at)) for name in (ids.SOON, ids.WARNED))
    for mark in before.missed:
        if mark.at >= after.runs_since and mark.kind is not ClockKind.UPDATE:
            yield Redraw(id=ids.clock(before, ids.MISSED, mark.kind, mark.due_at))
    yield from _redraw_phases(before, since=after.runs_since)


def _redraw_phases(before: Incident, *, since: datetime) -> Iterator[Redraw]:
    """Return redraws of what was said about phases alone."""
    said = ((ids.SOON, ids.WARNED), before.playbook.warned), ((ids.MISSED, ids.LATE), before.playbook.missed)
    for names, marks in said:
        for mark in marks:
            if mark.at >= since:
                yield from (Redraw(id=ids.phase(before, name, mark.phase, mark.due_at)) for name in names)


def _stands(incident: Incident) -> tuple[object, ...]:
    milestones = (incident.acknowledged, incident.commanded, incident.mitigated, incident.resolved)
    return (incident.status, milestones, incident.commander_answered, incident.updates, incident.playbook.done)
