"""What follows when roles are missing, end by themselves, or are left empty by somebody who left the workspace."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.incident.context import Context, is_person
from bot.incident.history import events as e
from bot.incident.history.speaking import APART
from bot.incident.history.staffing import WantedRole
from bot.incident.history.staffing_events import PersonLeft, RoleEnd, RoleEnded, RolesMissing
from bot.incident.history.turns import Merged
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, invite, iso, redraw_everywhere, redraw_pages, say, tell
from bot.incident.reacting.effects import Json, Redraw, Words
from bot.incident.rules.apart import could_hold
from bot.words import Lane, Role

_ALSO_SPEAK = {e.UpdateLadderClimbed, e.ClockDueSoon, e.UpdateDueSoon}
_OVER = {e.Resolved, e.Cancelled, Merged}


def _missing(event: RolesMissing, incident: Incident, kinds: set[type], context: Context) -> Iterator[Reaction]:
    """Return one direct message to who leads, a minute later where the clock writes to them just now; no more noise.

    While nobody leads it is on the record only: whoever takes command reads it among their duties.
    """
    leading = who_leads(incident)
    if leading is None or kinds & _OVER:
        return
    words: Words = {"person": leading, "roles": [_wanted(one, incident, context) for one in event.roles]}
    effect_id = ids.for_due(incident, ids.ROLES, event.at)
    asked = tell(incident, leading, "roles.missing", words, effect_id=effect_id, lane=Lane.REMINDER)
    yield replace(asked, not_before=event.at + APART) if kinds & _ALSO_SPEAK else asked


def _wanted(one: WantedRole, incident: Incident, context: Context) -> Words:
    could: list[Json] = [*could_hold(one.role, incident, context)]
    return {"role": one.role.value, "due_at": iso(one.due_at), "could": could}


def who_leads(incident: Incident) -> str | None:
    """Return who leads: the commander who has answered, else whoever acknowledged."""
    if incident.commander_answered:
        return incident.commander
    return incident.acknowledged.by if incident.acknowledged else None


def _ended(event: RoleEnded, incident: Incident, _: set[type], context: Context) -> Iterator[Reaction]:
    words: Words = {
        "role": event.role.value,
        "person": event.person,
        "why": event.why.value,
        "back_to": event.back_to,
    }
    yield say(incident, "line.role_ended", words)
    if event.why is RoleEnd.TIME:
        for person in dict.fromkeys((event.person, event.giver, event.back_to)):
            if person and is_person(person) and person not in context.gone:
                effect_id = ids.at_version(incident, f"role.over/{person}")
                told: Words = {**words, "reader": person}
                yield tell(incident, person, "role.over", told, effect_id=effect_id, lane=Lane.ANSWER)


def _left(event: PersonLeft, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    """Return the line in the channel, and the call to who is on call when nobody commands any more."""
    words: Words = {"person": event.person, "roles": [role.value for role in event.roles], "called": event.called}
    if event.called:
        yield from invite(incident, (event.called,))
        call: Words = {"by": event.by, "person": event.called, "contact": event.contact, "why": ""}
        effect_id = ids.called(incident, len(incident.calls) - 1)
        yield tell(incident, event.called, "called", call, effect_id=effect_id, lane=Lane.PAGE)
    yield say(incident, "line.left", words)
    if Role.COMMANDER in event.roles:
        yield from redraw_everywhere(incident)
        yield from redraw_pages(incident)


def redraw_staffing(before: Incident, after: Incident) -> Iterator[Redraw]:
    """Return what was said about missing roles, once they are held or matter no more, and the commander's duties."""
    stands = (after.roles, after.staffing, after.status)
    if stands != (before.roles, before.staffing, before.status):
        asked = dict.fromkeys(gap.at for gap in before.staffing.gaps)
        yield from (Redraw(id=ids.for_due(after, ids.ROLES, at)) for at in asked)
    moved = _owed(before) != _owed(after)
    if after.commander and after.commander == before.commander and moved:
        yield Redraw(id=ids.duties(after, after.commander))


def _owed(incident: Incident) -> tuple[object, ...]:
    """Return everything the commander's duties are drawn from."""
    return incident.cadence, incident.status, incident.severity, incident.roles, incident.updates, incident.facilitator


STAFFING_REACTIONS: Mapping[type[e.Event], Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]] = {
    RolesMissing: _missing,
    RoleEnded: _ended,
    PersonLeft: _left,
}
"""What follows from each event about roles nobody holds."""
