"""Reminding: what the clock says in a channel and to people, in as few messages as it needs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.incident.context import Context
from bot.incident.history import events as e
from bot.incident.history.paged import PageOutcome as Outcome
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.climbing import climbed_words, nobody_further, steps_called
from bot.incident.reacting.drafting import (
    Batch,
    Reaction,
    headline,
    invite,
    iso,
    redraw,
    redraw_everywhere,
    reply,
    say,
    tell,
)
from bot.incident.reacting.effects import Effect, Json, Words
from bot.incident.reacting.overtaken import COMMANDER_RUNG, highest, is_past, nudged_at, update_due
from bot.incident.reacting.phase_reminding import PhasesDue, after_the_end, phase_id, phases_due
from bot.words import ClockKind, Lane, Role

_NOT_FOR_LEADERSHIP: Words = {"soon": [], "phases_soon": [], "climb": None, "late": None, "update": None}


def remind(batch: Batch, context: Context) -> Iterator[Reaction]:
    """Return one channel message for everything that fell due in this batch, and the direct messages beside it.

    After an outage only the highest rung of the update ladder speaks; what was missed is on the record all the same.
    """
    incident = batch[-1][1]
    events = tuple(event for event, _ in batch)
    soon = tuple(event for event in events if isinstance(event, e.ClockDueSoon) and not is_past(event, events))
    missed = tuple(event for event in events if isinstance(event, e.ClockMissed))
    nudge_at, phased = nudged_at(batch), phases_due(events)
    if not incident.status.is_open:
        yield from after_the_end(phased, incident, context)
        phased = PhasesDue()
    speaks = bool(soon or missed or nudge_at or phased or climbed_words(events))
    if speaks:
        yield from _in_channel(batch, incident, soon, missed, nudge_at, phased=phased)
    yield from _due_soon(incident, soon, update_due(events), phased)
    yield from _called(batch)
    yield from steps_called(batch)
    yield from _climbed(batch, beside=speaks)
    if any(isinstance(event, e.NobodyAnswered) for event in events):
        yield say(incident, "nobody", {}, effect_id=ids.nobody(incident), lane=Lane.PAGE)
    yield from nobody_further(batch)
    if any(isinstance(event, e.UpdateMissed | e.SnoozeEnded) for event in events):
        yield from redraw(incident, ids.CARD, ids.HEADLINE)


def _nudge(incident: Incident) -> Words:
    cadence = incident.chased
    return {
        "due_at": iso(cadence.missed_due),
        "last_at": iso(incident.last_update.at) if incident.last_update else None,
        "in_row": cadence.in_row,
        "next_nudge_at": iso(cadence.nudge_at),
        "person": incident.commander,
    }


def _in_channel(
    batch: Batch,
    incident: Incident,
    soon: tuple[e.ClockDueSoon, ...],
    missed: tuple[e.ClockMissed, ...],
    nudged: Incident | None,
    *,
    phased: PhasesDue,
) -> Iterator[Reaction]:
    events = tuple(event for event, _ in batch)
    called: list[Json] = [person for event in missed for _, person in event.called]
    words: Words = {
        "soon": [_due(event) for event in soon],
        "missed": [_due(event) for event in missed],
        "called": list(dict.fromkeys(called)),
        "spared": list(dict.fromkeys(person for event in missed for _, person in event.spared)),
        "paged": _being_paged(events, missed),
        "climb": (climbed := climbed_words(events)),
        "late": _late(batch),
        "update": _nudge(incident) if nudged else None,
        **phased.words,
    }
    effect_id = _said_id(incident, soon, missed, phased, climbed) or ids.at_version(nudged or incident, ids.NUDGE)
    yield _in_turn(say(incident, "clocks", words, effect_id=effect_id, lane=Lane.REMINDER), incident)
    if missed or phased.missed:
        yield headline(incident)
        yield from reply(incident, ids.HEADLINE, "clocks", {**words, **_NOT_FOR_LEADERSHIP})
    yield from redraw_everywhere(incident) if missed else redraw(incident, ids.CARD)


def _said_id(
    incident: Incident,
    soon: tuple[e.ClockDueSoon, ...],
    missed: tuple[e.ClockMissed, ...],
    phased: PhasesDue,
    climbed: Words | None,
) -> str:
    """Return the id of a message about clocks, or about phases where it is about no clock."""
    if phased.missed and not missed:
        return phase_id(incident, ids.MISSED, phased.missed[0])
    if phased.soon and not (soon or missed or climbed):
        return phase_id(incident, ids.WARNED, phased.soon[0])
    return _clock_id(incident, soon, missed, climbed)


def _clock_id(
    incident: Incident, soon: tuple[e.ClockDueSoon, ...], missed: tuple[e.ClockMissed, ...], climbed: Words | None
) -> str:
    """Return the id of a message about these clocks, "" when it is about none: by it, it is found once they are met."""
    if missed:
        return ids.clock(incident, ids.MISSED, missed[0].kind, missed[0].due_at)
    if climbed:
        return ids.for_due(incident, ids.CLIMBED, datetime.fromisoformat(str(climbed["at"])))
    return ids.clock(incident, ids.WARNED, soon[0].kind, soon[0].due_at) if soon else ""


def _in_turn(effect: Effect, incident: Incident) -> Effect:
    """Return the clock's message held until a minute after its last one; who is called or paged is told at once."""
    line = incident.clock_line
    return replace(effect, not_before=line.at) if line and line.at > line.asked_at else effect


def _being_paged(events: tuple[e.Event, ...], missed: tuple[e.ClockMissed, ...]) -> str | None:
    """Return who the ladder pages at the moment an acknowledgement is missed."""
    unanswered = any(event.kind is ClockKind.ACKNOWLEDGE for event in missed)
    paged = [event.page.person for event in events if isinstance(event, e.PersonPaged)]
    return paged[-1] if unanswered and paged else None


def _due(event: e.ClockDueSoon | e.ClockMissed | e.UpdateDueSoon) -> Json:
    return {"kind": _kind(event).value, "due_at": event.due_at.isoformat()}


def _kind(event: e.ClockDueSoon | e.ClockMissed | e.UpdateDueSoon) -> ClockKind:
    return ClockKind.UPDATE if isinstance(event, e.UpdateDueSoon) else event.kind


def _due_soon(
    incident: Incident, soon: tuple[e.ClockDueSoon, ...], update_due: e.UpdateDueSoon | None, phased: PhasesDue
) -> Iterator[Reaction]:
    """Return one direct message to each who can meet a clock: the on-call to acknowledge, the commander the rest.

    An update and phases due soon go with it, so that nobody hears twice in one minute.
    """
    by_person: dict[str, list[e.ClockDueSoon | e.UpdateDueSoon]] = {}
    for event in soon:
        person = _who_can_meet(event.kind, incident)
        if person:
            by_person.setdefault(person, []).append(event)
    chased = _who_can_meet(ClockKind.UPDATE, incident)
    if update_due and chased in by_person:
        by_person[chased].append(update_due)
    elif update_due and chased:
        yield _heads_up(incident, chased, update_due)
    owed = {event.owner: event for event in reversed(phased.soon) if event.owner}
    for person in dict.fromkeys((*by_person, *owed)):
        events, phases = by_person.get(person, []), [event for event in phased.soon if event.owner == person]
        words: Words = {"soon": [_due(event) for event in events], "person": person}
        words = {**words, **PhasesDue(soon=tuple(phases)).words}
        effect_id = (
            ids.clock(incident, ids.SOON, _kind(events[0]), events[0].due_at)
            if events
            else phase_id(incident, ids.SOON, owed[person])
        )
        yield tell(incident, person, "soon", words, effect_id=effect_id, lane=Lane.REMINDER)


def _heads_up(incident: Incident, person: str, event: e.UpdateDueSoon) -> Effect:
    words: Words = {"due_at": iso(event.due_at), "person": person}
    effect_id = ids.for_due(incident, ids.HEADS_UP, event.due_at)
    return tell(incident, person, "update.soon", words, effect_id=effect_id, lane=Lane.REMINDER)


def _who_can_meet(kind: ClockKind, incident: Incident) -> str | None:
    if kind is ClockKind.ACKNOWLEDGE:
        return next((page.person for page in incident.pages_now if page.outcome is not Outcome.PASSED_ON), None)
    return incident.commander or (incident.acknowledged.by if incident.acknowledged else None)


def _called(batch: Batch) -> Iterator[Reaction]:
    """Return the messages that call people in; who is called for two clocks at once is told once."""
    calls: dict[str, Effect] = {}
    for event, incident in batch:
        if isinstance(event, e.ClockMissed):
            people = [person for _, person in event.called]
            effect_id = ids.for_due(incident, f"{ids.INVITE}/{event.kind}", event.due_at)
            yield from invite(incident, people, effect_id=effect_id)
            calls.update((one.place.key, one) for one in _calls(event, incident))
    yield from calls.values()


def _calls(event: e.ClockMissed, incident: Incident) -> Iterator[Effect]:
    for place, (contact, person) in enumerate(event.called, start=len(incident.calls) - len(event.called)):
        words: Words = {"clock": event.kind.value, "contact": contact, "person": person, "by": "clock", "why": ""}
        yield tell(incident, person, "called", words, effect_id=ids.called(incident, place), lane=Lane.PAGE)


def _climbed(batch: Batch, *, beside: bool) -> Iterator[Reaction]:
    """Return what the highest rung says; `beside` says that the channel hears of it in the clock's other message."""
    found = highest(batch)
    if found is None:
        return
    event, incident = found
    words: Words = {"due_at": iso(event.missed_due), "person": event.person}
    if event.rung == COMMANDER_RUNG:
        yield from _tell_leads(incident, words)
    else:
        yield from _tell_contact(incident, event.person, words, beside=beside)


def _late(batch: Batch) -> Json:
    """Return what the channel hears of an update so late that the escalation contact is told."""
    found = highest(batch)
    if found is None or found[0].rung == COMMANDER_RUNG:
        return None
    return {"due_at": iso(found[0].missed_due), "person": found[0].person}


def _tell_leads(incident: Incident, words: Words) -> Iterator[Reaction]:
    for person in dict.fromkeys((incident.commander, incident.holder(Role.DEPUTY))):
        if person:
            late = ids.at_version(incident, ids.LATE)
            effect_id = late if person == incident.commander else ids.deputy(late)
            yield tell(incident, person, "update.late", words, effect_id=effect_id, lane=Lane.REMINDER)


def _tell_contact(incident: Incident, person: str | None, words: Words, *, beside: bool) -> Iterator[Reaction]:
    effect_id = ids.at_version(incident, ids.CLIMBED)
    if person:
        yield from invite(incident, (person,), effect_id=f"{effect_id}/{ids.INVITE}")
        yield tell(incident, person, "update.contact", words, effect_id=ids.beside(effect_id), lane=Lane.PAGE)
    if not beside:
        yield _in_turn(say(incident, "update.climbed", words, effect_id=effect_id, lane=Lane.REMINDER), incident)
    yield headline(incident)
    yield from reply(incident, ids.HEADLINE, "update.climbed", words)
