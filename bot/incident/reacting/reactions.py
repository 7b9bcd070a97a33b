"""Reactions: the effects and timers that follow from what was decided."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot.incident.context import CLOCK, Context, is_person
from bot.incident.history import events as e
from bot.incident.history import role_events as people
from bot.incident.history.apply import apply
from bot.incident.history.disturbing import DoNotDisturbFound
from bot.incident.history.handover_events import LoanEnded, OfferEnded
from bot.incident.history.spool_events import DeclaredDegraded
from bot.incident.history.time_events import TimeTold
from bot.incident.history.turns import Merged, SeverityChanged
from bot.incident.history.unrest_events import BackAndForthNoticed
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.absence_reactions import ABSENCE_REACTIONS
from bot.incident.reacting.access_reactions import ACCESS_REACTIONS
from bot.incident.reacting.asked_reactions import ASKED_REACTIONS, redraw_asked
from bot.incident.reacting.authority_reactions import AUTHORITY_REACTIONS, ask_consulted
from bot.incident.reacting.beginning import began
from bot.incident.reacting.climbing import redraw_climb
from bot.incident.reacting.drafting import (
    Batch,
    Reaction,
    headline,
    invite,
    iso,
    post,
    redraw,
    redraw_everywhere,
    redraw_ladder,
    redraw_pages,
    reply,
    say,
    tell,
)
from bot.incident.reacting.effects import INCIDENTS, Effect, Reactions, Redraw, TimerChange, Words
from bot.incident.reacting.ending_reactions import ENDING_REACTIONS
from bot.incident.reacting.exception_reactions import EXCEPTION_REACTIONS
from bot.incident.reacting.following import tell_followers
from bot.incident.reacting.handover_reactions import HANDOVER_REACTIONS
from bot.incident.reacting.paging import not_disturbed, paged, undeliverable
from bot.incident.reacting.rehearsing import within
from bot.incident.reacting.reminding import remind
from bot.incident.reacting.role_reactions import responder_added, role_given, role_given_back
from bot.incident.reacting.settling import redraw_clocks
from bot.incident.reacting.sharing_reactions import SHARING_REACTIONS
from bot.incident.reacting.spool_reactions import declared_degraded
from bot.incident.reacting.staffing_reactions import STAFFING_REACTIONS, redraw_staffing
from bot.incident.reacting.suggestion_reactions import SUGGESTION_REACTIONS
from bot.incident.reacting.time_reactions import time_told
from bot.incident.reacting.turn_reactions import TURN_REACTIONS
from bot.incident.reacting.type_reactions import TYPE_REACTIONS
from bot.incident.reacting.unrest_reactions import back_and_forth
from bot.incident.timers import changes
from bot.words import Lane

_SETTLES_UPDATES = (e.StatusUpdatePosted, e.Resolved, e.Cancelled, Merged, SeverityChanged)
"""Events after which what was said about a missing update may not be so any more."""


def react(before: Incident | None, events: Iterable[e.Event], context: Context) -> tuple[Incident, Reactions]:
    """Return the incident after `events`, and everything that follows from them.

    Several events of one decision are told in as few messages as they need (the calm budget); a thing asked for
    twice is asked for once.
    """
    batch = _fold(before, events)
    after = batch[-1][1]
    told = list(within(_tell(before, batch, context), batch))
    effects = {one.id: one for one in told if isinstance(one, Effect)}
    redraws = {one.id: one for one in told if isinstance(one, Redraw)}
    timers = tuple(_timers(before, batch, context))
    return after, Reactions(effects=tuple(effects.values()), redraws=tuple(redraws.values()), timers=timers)


def _fold(before: Incident | None, events: Iterable[e.Event]) -> Batch:
    batch: list[tuple[e.Event, Incident]] = []
    incident = before
    for event in events:
        incident = apply(incident, event)
        batch.append((event, incident))
    return tuple(batch)


def _timers(before: Incident | None, batch: Batch, context: Context) -> Iterator[TimerChange]:
    if before is None:
        yield from changes(None, batch[-1][1], context.policy, fired_by=None)
        return
    for event, incident in batch:
        fired_by = context.now if event.by == CLOCK.id else None
        yield from changes(before, incident, context.policy, fired_by=fired_by)
        before = incident


def _tell(before: Incident | None, batch: Batch, context: Context) -> Iterator[Reaction]:
    after = batch[-1][1]
    if before is None:
        yield from began(after, context)
    kinds = {type(event) for event, _ in batch}
    was = before
    for event, incident in batch:
        told = REACTIONS.get(type(event))
        if told:
            yield from told(event, incident, kinds, context)
        if was and isinstance(event, _SETTLES_UPDATES):
            yield from redraw_ladder(was)
        was = incident
    yield from remind(batch, context)
    if before:
        yield from redraw_clocks(before, after)
        yield from redraw_climb(before, after)
        yield from redraw_staffing(before, after)
    yield from tell_followers(before, batch, context)
    yield from ask_consulted(batch, context)


def _acknowledged(event: e.Acknowledged, incident: Incident, kinds: set[type], _: Context) -> Iterator[Reaction]:
    yield headline(incident)
    if not kinds & {e.Mitigated, e.Resolved}:
        took = int((event.at - incident.declared.at).total_seconds())
        words: Words = {"by": event.by, "commands": e.CommandTaken in kinds, "seconds": took}
        yield say(incident, "line.acknowledged", words)
    yield from redraw_everywhere(incident)
    yield from redraw_pages(incident)
    yield Redraw(id=ids.nobody(incident))


def _named(event: e.CommanderNamed, incident: Incident, kinds: set[type], _: Context) -> Iterator[Reaction]:
    if e.Declared in kinds:
        return
    yield say(incident, "line.command", {"person": event.person, "by": event.by})
    yield from invite(incident, (event.person,))
    yield _duties(incident, event.person, named_by=event.by)
    yield from redraw_everywhere(incident)


def _duties(incident: Incident, person: str, *, named_by: str) -> Effect:
    words = {"person": person, "named_by": named_by}
    return tell(incident, person, "duties", words, effect_id=ids.duties(incident, person), lane=Lane.ANSWER)


def _taken(event: e.CommandTaken, incident: Incident, kinds: set[type], _: Context) -> Iterator[Reaction]:
    if kinds - {OfferEnded, LoanEnded} == {e.CommandTaken} or _took_to_post(event, incident, kinds):
        yield say(incident, "line.command", {"person": event.by, "by": event.by})
        yield from invite(incident, (event.by,))
    if incident.status.is_open:
        yield _duties(incident, event.by, named_by=event.by)
        yield Redraw(id=ids.duties(incident, event.by))
    if event.over:
        yield from _relieved(incident, event.over, by=event.by)
    if e.Declared not in kinds:
        yield from redraw_everywhere(incident)
        yield from redraw_pages(incident)


def _took_to_post(event: e.CommandTaken, incident: Incident, kinds: set[type]) -> bool:
    """Return whether a free seat was taken in order to post an update, rather than answered by posting one."""
    last = incident.last_update
    return kinds == {e.CommandTaken, e.StatusUpdatePosted} and (last is None or last.at != event.at)


def _relieved(incident: Incident, person: str, *, by: str) -> Iterator[Reaction]:
    effect_id = ids.at_version(incident, "relieved")
    yield tell(incident, person, "line.command", {"person": by, "by": by}, effect_id=effect_id, lane=Lane.ANSWER)
    yield Redraw(id=ids.duties(incident, person))


def _given_back(event: e.CommandGivenBack, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    yield say(incident, "line.seat_empty", {"by": event.by})
    if event.named_by != event.by and is_person(event.named_by):
        effect_id = ids.at_version(incident, "seat_empty_dm")
        yield tell(incident, event.named_by, "line.seat_empty", {"by": event.by}, effect_id=effect_id, lane=Lane.ANSWER)
    yield Redraw(id=ids.duties(incident, event.by))
    yield from redraw_everywhere(incident)


def _updated(event: e.StatusUpdatePosted, incident: Incident, _: set[type], context: Context) -> Iterator[Reaction]:
    words: Words = {
        "number": event.number,
        "by": event.by,
        "kind": event.kind.value,
        "now": event.now,
        "affected": event.affected,
        "next": event.next,
        "at": iso(event.at),
        "due_at": iso(event.due_at),
        "next_due_at": iso(event.next_due_at),
        "since": iso(event.since),
        "corrects": event.corrects,
        "severity": incident.severity.value,
        "status": incident.status.value,
    }
    yield say(incident, "update", words)
    if context.rules(incident.severity).broadcast:
        yield from reply(incident, ids.BROADCAST, "update", words)
    yield headline(incident)
    yield from reply(incident, ids.HEADLINE, "update", words)
    yield from redraw_everywhere(incident)


def _escalated(event: e.Escalated, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    words = {"by": event.by, "person": event.person, "why": event.why}
    yield from invite(incident, (event.person,))
    effect_id = ids.called(incident, len(incident.calls) - 1)
    yield tell(incident, event.person, "called", words, effect_id=effect_id, lane=Lane.PAGE)
    yield say(incident, "line.escalated", words)
    yield from redraw(incident, ids.CARD)


def _call_answered(event: e.CallAnswered, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    mine = (place for place, call in enumerate(incident.calls) if call.person == event.by)
    yield from (Redraw(id=ids.called(incident, place)) for place in mine)
    yield from redraw_asked(incident, event.by)
    yield from redraw(incident, ids.CARD)


def _passed_on(event: e.PagePassedOn, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    mine = (page for page in incident.pages_now if page.person == event.by and not page.outside)
    yield from (Redraw(id=ids.page(incident, page)) for page in mine)
    yield from redraw(incident, ids.CARD)


def _snoozed(event: e.UpdatesSnoozed, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    due_at = incident.chased.due_at
    words = {"by": event.by, "why": event.why, "until": iso(event.until), "due_at": iso(due_at)}
    yield say(incident, "snoozed", words)
    yield from redraw(incident, ids.CARD)
    yield Redraw(id=ids.for_due(incident, ids.HEADS_UP, due_at))


def _headline(_: e.HeadlineDue, incident: Incident, __: set[type], ___: Context) -> Iterator[Reaction]:
    yield headline(incident)


def _channel_refused(event: e.ChannelRefused, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    words = {"error": event.error}
    lane = Lane.DECLARE
    yield post(ids.of(incident, "no-channel"), "no_channel", incident, place=INCIDENTS, lane=lane, words=words)
    if incident.commander:
        effect_id = ids.of(incident, "no-channel-dm")
        yield tell(incident, incident.commander, "no_channel", words, effect_id=effect_id, lane=lane)


REACTIONS: dict[type[e.Event], Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]] = {
    e.Acknowledged: _acknowledged,
    e.CommanderNamed: _named,
    e.CommandTaken: _taken,
    e.CommandGivenBack: _given_back,
    e.StatusUpdatePosted: _updated,
    e.Escalated: _escalated,
    e.CallAnswered: _call_answered,
    people.RoleGiven: role_given,
    people.RoleGivenBack: role_given_back,
    people.ResponderAdded: responder_added,
    TimeTold: time_told,
    e.PersonPaged: paged,
    e.PagePassedOn: _passed_on,
    e.PageUndeliverable: undeliverable,
    DoNotDisturbFound: not_disturbed,
    e.UpdatesSnoozed: _snoozed,
    e.HeadlineDue: _headline,
    e.ChannelRefused: _channel_refused,
    **ENDING_REACTIONS,
    **TURN_REACTIONS,
    **HANDOVER_REACTIONS,
    **SUGGESTION_REACTIONS,
    **ACCESS_REACTIONS,
    **AUTHORITY_REACTIONS,
    **TYPE_REACTIONS,
    BackAndForthNoticed: back_and_forth,
    **STAFFING_REACTIONS,
    **ASKED_REACTIONS,
    **EXCEPTION_REACTIONS,
    **SHARING_REACTIONS,
    **ABSENCE_REACTIONS,
    DeclaredDegraded: declared_degraded,
}
