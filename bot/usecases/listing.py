"""Listing: which incidents there are for this person, six at a time; private ones only for those in them."""

from collections.abc import Iterator
from contextlib import suppress

from bot.incident.clocks import clocks
from bot.incident.context import Actor
from bot.incident.history.codec import plain
from bot.incident.model import Incident
from bot.incident.reacting.effects import Words
from bot.incident.reading.readings import LISTED, Listed, Listing, ReadList
from bot.incident.sight import concerns, may_see
from bot.ports import UnitOfWork
from bot.usecases.world import UNREADABLE, World
from bot.words import OPEN, Status

ENDED = frozenset(Status) - OPEN
_STATUSES = {Listing.OPEN: OPEN, Listing.MINE: OPEN, Listing.CLOSED: ENDED, Listing.ALL: frozenset(Status)}
MOST_NAMED = 5
"""How many incidents the first sentence of a list names."""


def see_list(unit: UnitOfWork, reading: ReadList, actor: Actor, world: World) -> tuple[Words, Words | None]:
    """Return the words of one page, the worst open ones or the newest first, and what [Next] carries, if there is."""
    found = _visible(unit, reading, actor)
    shown = found[reading.start : reading.start + LISTED]
    incidents = [one for row in shown if (one := unit.incidents.get(row.number))]
    following = reading.start + LISTED
    carried: Words = {
        "which": reading.which.value,
        "severity": reading.severity.value if reading.severity else None,
        "start": following,
    }
    words: Words = {
        **carried,
        "start": reading.start,
        "size": len(found),
        "first": [{"number": one.number, "severity": one.severity.value} for one in found[:MOST_NAMED]],
        "rows": list(_rows(incidents, unit, world)),
        "names": _names(unit, incidents, world),
    }
    return words, carried if following < len(found) else None


def _visible(unit: UnitOfWork, reading: ReadList, actor: Actor) -> list[Listed]:
    person = actor.id if reading.which is Listing.MINE else ""
    rows = unit.incidents.listed(statuses=_STATUSES[reading.which], severity=reading.severity, person=person)
    seen = [row for row in rows if _is_seen(unit, row, actor)]
    if reading.which in {Listing.OPEN, Listing.MINE}:
        return sorted(seen, key=lambda row: (row.severity.rank, -row.number))
    return sorted(seen, key=lambda row: -row.number)


def _is_seen(unit: UnitOfWork, row: Listed, actor: Actor) -> bool:
    if not (row.classification.is_private or row.is_test):
        return True
    incident = unit.incidents.get(row.number)
    return incident is not None and may_see(incident, actor) and concerns(incident, actor.id)


def _rows(incidents: list[Incident], unit: UnitOfWork, world: World) -> Iterator[Words]:
    """Return a row for each that can be read: one that cannot holds back no other."""
    for incident in incidents:
        with suppress(*UNREADABLE):
            yield _row(unit, incident, world)


def _row(unit: UnitOfWork, incident: Incident, world: World) -> Words:
    running = [one for one in clocks(incident, world.policy(unit, incident.policy_hash)) if one.is_running]
    due = min(running, key=lambda clock: clock.due_at, default=None)
    hidden = incident.is_private
    return {
        "number": incident.number,
        "severity": incident.severity.value,
        "title": "" if hidden else incident.title,
        "is_private": hidden,
        "is_test": incident.is_test,
        "status": incident.status.value,
        "commander": incident.commander,
        "has_answered": incident.commander_answered,
        "due": due.kind.value if due else None,
        "due_at": plain(due.due_at) if due else None,
        "channel": plain(incident.channel) if incident.channel and not hidden else None,
    }


def _names(unit: UnitOfWork, incidents: list[Incident], world: World) -> Words:
    people = {one.commander for one in incidents if one.commander}
    rota = world.rota(unit, world.policy(unit))
    members = {person: unit.members.get(person) for person in people}
    known = {person: rota.person(person) for person in people}
    return {person: member.name for person, member in members.items() if member} | {
        person: entry.name for person, entry in known.items() if entry
    }
