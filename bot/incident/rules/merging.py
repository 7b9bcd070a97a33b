"""Merging: an incident goes on as another one, its people go along, and what is stricter holds."""

from collections.abc import Iterator

from bot.incident import commands as c
from bot.incident.context import Context, is_person
from bot.incident.decision import Decision
from bot.incident.history.apply import apply
from bot.incident.history.turns import Merged, MergedIn
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused, unknown_incident
from bot.incident.refusing.turn_refusals import (
    merge_asks,
    merge_into_ended,
    merge_into_itself,
    merge_moved,
    merge_private_into_open,
    merge_test,
)
from bot.incident.rules.severity import regraded
from bot.incident.sight import may_see


def merge(command: c.Merge, incident: Incident, context: Context) -> Decision:
    """Return the incident merged into `context.other`, once that was confirmed; leaders of it may."""
    if command.into == incident.number:
        return merge_into_itself(incident)
    other = context.other
    if other is None or not may_see(other, context.actor):
        return unknown_incident(command.into)
    refused = _refuse_target(incident, other)
    if refused:
        return refused
    people = involved(incident)
    if not command.confirmed:
        return merge_asks(incident, other, people=len(people))
    if command.people is not None and command.people != len(people):
        return merge_moved(incident, other, people=len(people))
    room = None if other.is_private else other.channel
    return (
        Merged(
            at=context.now,
            by=context.actor.id,
            into=other.number,
            channel=room.id if room else "",
            channel_name=room.name if room else "",
            people=people,
        ),
    )


def _refuse_target(incident: Incident, other: Incident) -> Refused | None:
    if incident.is_test or other.is_test:
        return merge_test(incident if incident.is_test else other)
    if not other.status.is_open:
        return merge_into_ended(other)
    if incident.is_private and not other.is_private:
        return merge_private_into_open(incident, other, people=len(involved(other)))
    return None


def take_in(command: c.TakeIn, incident: Incident, context: Context) -> Decision:
    """Return another incident merged into this one; the higher severity of the two holds from now on."""
    taken = MergedIn(
        at=context.now,
        by=context.actor.id,
        number=command.number,
        title=command.title,
        severity=command.severity,
        classification=command.classification,
        declared_at=command.declared_at,
        people=command.people,
    )
    if command.severity.rank >= incident.severity.rank:
        return (taken,)
    why = f"INC-{command.number}, merged in, is {command.severity.label}"
    return (taken, *regraded(apply(incident, taken), command.severity, why, context))


def taking_in(incident: Incident) -> c.TakeIn:
    """Return what is asked of the incident that takes `incident` in."""
    return c.TakeIn(
        number=incident.number,
        title=incident.title,
        severity=incident.severity,
        classification=incident.classification,
        declared_at=incident.declared.at,
        people=involved(incident),
    )


def involved(incident: Incident) -> tuple[str, ...]:
    """Return the people who have to do with an incident, by Slack user id, each once."""
    return tuple(dict.fromkeys(person for person in _involved(incident) if is_person(person)))


def _involved(incident: Incident) -> Iterator[str]:
    yield incident.declared.by
    if incident.acknowledged:
        yield incident.acknowledged.by
    if incident.commander:
        yield incident.commander
    yield from (held.person for held in incident.roles)
    yield from (call.person for call in incident.calls)
    yield from (page.person for page in incident.pages)
