"""Listing: which incidents there are for this person, six at a time; private ones only for those in them."""

from collections.abc import Iterator, Mapping, Sequence
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
from bot.words import OPEN, Act, ClockKind, Status

ENDED = frozenset(Status) - OPEN
_STATUSES = {Listing.OPEN: OPEN, Listing.MINE: OPEN, Listing.CLOSED: ENDED, Listing.ALL: frozenset(Status)}
MOST_NAMED = 5
"""How many incidents the first sentence of a list names."""


def see_list(unit: UnitOfWork, reading: ReadList, actor: Actor, world: World) -> tuple[Words, Mapping[Act, Words]]:
    """Return the words of one page, the worst open ones or the newest first, and what its buttons carry."""
    found = visible(unit, reading, actor)
    start = _start(reading, len(found))
    shown = found[start : start + LISTED]
    incidents = list(unit.incidents.several(row.number for row in shown))
    words: Words = {
        **_page(reading, start),
        "size": len(found),
        "first": [{"number": one.number, "severity": one.severity.value} for one in found[:MOST_NAMED]],
        "rows": list(_rows(incidents, unit, world)),
        "names": _names(unit, incidents, world),
    }
    return words, _turns(reading, start=start, size=len(found))


def _start(reading: ReadList, size: int) -> int:
    """Return where the page begins: the last one where the list grew shorter than what was turned to."""
    last = max(0, (size - 1) // LISTED * LISTED)
    return min(max(0, reading.start), last)


def _page(reading: ReadList, start: int) -> Words:
    severity = reading.severity.value if reading.severity else None
    return {"which": reading.which.value, "severity": severity, "start": start}


def _turns(reading: ReadList, *, start: int, size: int) -> Mapping[Act, Words]:
    back, on = max(0, start - LISTED), start + LISTED
    return {
        **({Act.PREVIOUS_LISTED: _page(reading, back)} if start else {}),
        **({Act.NEXT_LISTED: _page(reading, on)} if on < size else {}),
    }


def visible(unit: UnitOfWork, reading: ReadList, actor: Actor) -> list[Listed]:
    """Return what `actor` may see of a list, in its order: open ones worst first, then newest; others newest first."""
    person = actor.id if reading.which is Listing.MINE else ""
    rows = unit.incidents.listed(statuses=_STATUSES[reading.which], severity=reading.severity, person=person)
    seen = _seen(unit, rows, actor)
    if reading.which in {Listing.OPEN, Listing.MINE}:
        return sorted(seen, key=lambda row: (row.severity.rank, -row.number))
    return sorted(seen, key=lambda row: -row.number)


def _seen(unit: UnitOfWork, rows: Sequence[Listed], actor: Actor) -> list[Listed]:
    apart = {row.number for row in rows if row.classification.is_private or row.is_test}
    mine = {one.number for one in unit.incidents.several(apart) if may_see(one, actor) and concerns(one, actor.id)}
    return [row for row in rows if row.number not in apart or row.number in mine]


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
        "is_missed": bool(due and due.missed_at and due.kind is not ClockKind.UPDATE),
        "channel": plain(incident.channel) if incident.channel and not hidden else None,
    }


def _names(unit: UnitOfWork, incidents: list[Incident], world: World) -> Words:
    people = {one.commander for one in incidents if one.commander}
    rota = world.rota(unit, world.policy(unit))
    known = {person: rota.person(person) for person in people}
    return {person: member.name for person, member in unit.members.known(people).items()} | {
        person: entry.name for person, entry in known.items() if entry
    }
