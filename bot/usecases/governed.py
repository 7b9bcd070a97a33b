"""What those who govern look at: figures on their page, and the lists behind them, private ones by number only."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from bot.incident.context import Actor
from bot.incident.history import events as e
from bot.incident.history.codec import plain, restore
from bot.incident.history.exceptions import PolicyException
from bot.incident.model import Incident
from bot.incident.reacting.effects import Json, Words
from bot.incident.reading.governed import (
    GOVERNED,
    MISSES,
    Figures,
    Governed,
    ReadGoverned,
    next_end,
    open_exceptions,
)
from bot.incident.reading.readings import LISTED
from bot.incident.refusing.policy_refusals import not_for_you
from bot.incident.refusing.refusals import Refused
from bot.policy.rota import board_of
from bot.ports import Entry, UnitOfWork
from bot.usecases.world import World
from bot.words import Act, ClockKind

MOST_READ = 1000
"""How many entries of a week are read; a figure as large means that many or more."""

Rows = list[dict[str, Json]]


def figures(unit: UnitOfWork, world: World) -> Figures:
    """Return what the page of one of the Board counts."""
    policy, today = world.policy(unit), world.now().date()
    found = open_exceptions(unit.incidents.excepted())
    return Figures(
        missed=len(_missed(unit, world)),
        exceptions=len(found),
        ends=next_end(found),
        denied=len(_denied(unit, world)),
        version=policy.version,
        since=unit.policies.since() or world.now(),
        overdue=tuple((head.name, (today - head.next_review).days) for head in policy.overdue(today)),
        entries=unit.audit.count(),
    )


def see_governed(
    unit: UnitOfWork, reading: ReadGoverned, actor: Actor, world: World
) -> tuple[Words, Mapping[Act, Words]] | Refused:
    """Return the words of one page of a list and what its buttons carry, or why it is not shown to `actor`."""
    policy = world.policy(unit)
    board = board_of(policy=policy, rota=world.rota(unit, policy))
    if actor.id not in board:
        return not_for_you(sorted(board))
    every = _READS[reading.which](unit, world)
    start = min(max(0, reading.start), max(0, (len(every) - 1) // LISTED * LISTED))
    shown = every[start : start + LISTED]
    words: Words = {"which": reading.which.value, "start": start, "size": len(every), "rows": list(shown)}
    return {**words, "names": _names(unit, shown)}, _turns(reading.which, start=start, size=len(every))


def _turns(which: Governed, *, start: int, size: int) -> Mapping[Act, Words]:
    def page(at: int) -> Words:
        return {"governed": which.value, "start": at}

    return {
        **({Act.PREVIOUS_LISTED: page(max(0, start - LISTED))} if start else {}),
        **({Act.NEXT_LISTED: page(start + LISTED)} if start + LISTED < size else {}),
    }


def _names(unit: UnitOfWork, rows: Rows) -> Words:
    people = {str(row[key]) for row in rows for key in ("who", "by") if row.get(key)}
    return {person: member.name for person, member in unit.members.known(people).items()}


def _missed(unit: UnitOfWork, world: World) -> Rows:
    entries = unit.audit.lately(actions=MISSES, decision="allow", since=world.now() - GOVERNED, limit=MOST_READ)
    known = _incidents(unit, entries)
    rows: Rows = []
    for entry in entries:
        event = restore(entry.action, entry.payload) if entry.payload else None
        kind = event.kind if isinstance(event, e.ClockMissed) else ClockKind.UPDATE
        about = known.get(entry.incident or 0)
        if about and not about.is_test:
            rows.append({**_about(about), "at": plain(entry.occurred_at), "clock": kind.value})
    return rows


def _denied(unit: UnitOfWork, world: World) -> Rows:
    entries = unit.audit.lately(actions=(), decision="deny", since=world.now() - GOVERNED, limit=MOST_READ)
    known = _incidents(unit, entries)
    return [_denial(entry, known.get(entry.incident or 0)) for entry in entries]


def _denial(entry: Entry, about: Incident | None) -> dict[str, Json]:
    """Return one refusal; on a private incident nobody is named (G6.1)."""
    asked = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", entry.action.removeprefix("refused.")).replace("_", " ").lower()
    said = json.loads(entry.payload or b"{}")
    row = {"at": plain(entry.occurred_at), "asked": asked, "refusal": said.get("refusal")}
    who = "" if about and about.is_private else entry.actor
    return {**(_about(about) if about else {}), **row, "who": who}


def _excepted(unit: UnitOfWork, _: World) -> Rows:
    return [_exception(incident, one) for incident, one in open_exceptions(unit.incidents.excepted())]


def _exception(incident: Incident, one: PolicyException) -> dict[str, Json]:
    hidden = incident.is_private
    return {
        **_about(incident),
        "number": one.number,
        "by": one.answered_by,
        "who": "" if hidden else one.asked_by,
        "why": "" if hidden else one.why,
        "until": plain(one.until),
    }


def _about(incident: Incident) -> dict[str, Json]:
    return {"incident": incident.number, "severity": incident.severity.value, "is_private": incident.is_private}


def _incidents(unit: UnitOfWork, entries: Iterable[Entry]) -> Mapping[int, Incident]:
    numbers = {entry.incident for entry in entries if entry.incident}
    return {one.number: one for one in unit.incidents.several(sorted(numbers))}


_READS = {Governed.MISSED: _missed, Governed.EXCEPTIONS: _excepted, Governed.DENIED: _denied}


def may_know_of(unit: UnitOfWork, actor: Actor, leading: Sequence[str], world: World) -> bool:
    """Return whether `actor` may know that a private incident exists: who leads (`leading`), and who governs (G6.1)."""
    policy = world.policy(unit)
    return actor.id in leading or actor.id in board_of(policy=policy, rota=world.rota(unit, policy))
