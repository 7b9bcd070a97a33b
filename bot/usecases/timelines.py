"""Timelines: a page of one incident's audit entries, and whether its record was checked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.incident.clocks import Clock, clocks
from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reacting.effects import Words
from bot.incident.reading.readings import Filter, ReadTimeline, RecordCheck, actions_of, page_of
from bot.incident.reading.timeline import line_of
from bot.incident.sentences import Part, Quote
from bot.ports import UnitOfWork
from bot.usecases.answering import sentence_words
from bot.usecases.world import Checked, World
from bot.words import Act

LONGEST_QUOTED = 200
"""Characters of one entry's own words on a page of fifteen; the record keeps them whole."""

CHECK_FRESH = timedelta(minutes=1)
"""How long a check of an unchanged record is repeated without checking again."""


def see_timeline(
    unit: UnitOfWork, incident: Incident, reading: ReadTimeline, world: World
) -> tuple[Words, Mapping[Act, Words]]:
    """Return the words of one page, newest last, and what its buttons carry."""
    actions, page = actions_of(reading.which), page_of(reading.which)
    size = unit.audit.size(incident.number, actions=actions)
    newest = max(0, size - page)
    start = newest if reading.start is None else min(max(0, reading.start), newest)
    events = unit.audit.part(incident.number, actions=actions, start=start, limit=page)
    running = clocks(incident, world.policy(unit, incident.policy_hash))
    checked = check(unit, incident, world)
    words: Words = {
        "which": reading.which.value,
        "start": start,
        "size": size,
        "entries": [_entry(event, running) for event in events],
        "checked_at": checked.at.isoformat(),
        "first_bad": checked.found.first_bad,
    }
    return words, _turns(reading.which, start=start, newest=newest)


def _entry(event: Event, running: tuple[Clock, ...]) -> Words:
    line = tuple(_short(part) for part in line_of(event, running))
    return {"at": event.at.isoformat(), "parts": sentence_words(line)}


def _short(part: Part) -> Part:
    if isinstance(part, Quote) and len(part.words) > LONGEST_QUOTED:
        return replace(part, words=f"{part.words[: LONGEST_QUOTED - 1].rstrip()}…")
    return part


def _turns(which: Filter, *, start: int, newest: int) -> Mapping[Act, Words]:
    older: Words = {"which": which.value, "start": max(0, start - page_of(which))}
    newer: Words = {"which": which.value, "start": start + page_of(which)}
    return {
        **({Act.OLDER: older} if start > 0 else {}),
        **({Act.NEWER: newer} if start < newest else {}),
        Act.AS_FILE: {},
    }


def check(unit: UnitOfWork, incident: Incident, world: World) -> Checked:
    """Return whether the record of `incident` verifies, checked now or, unchanged since, at most a minute ago."""
    known, now = world.checked.get(incident.number), world.now()
    if known and known.version == incident.version and now - known.at < CHECK_FRESH:
        return known
    found: RecordCheck = unit.audit.check(incident)
    fresh = Checked(at=now, version=incident.version, found=found)
    world.checked[incident.number] = fresh
    return fresh
