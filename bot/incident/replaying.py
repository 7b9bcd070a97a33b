"""Replaying: a past incident under another policy, people doing at the same moments what they did (S12, D8)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.incident.context import CLOCK, Context
from bot.incident.history import events as e
from bot.incident.history import turns
from bot.incident.history.apply import apply
from bot.incident.history.climb_events import NextStepCalled
from bot.incident.model import Incident
from bot.incident.rules.ladder import due_by_now
from bot.incident.timers import wanted
from bot.policy.model import Policy
from bot.policy.rota import Rota
from bot.words import ClockKind

_BY_POLICY = (e.PersonPaged, e.LadderSkipped, e.PageUndeliverable)
"""Events that follow from policy although a person's act began them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How it went under one policy: clocks missed, each with when it was due, updates missed, and who was called."""

    missed: tuple[tuple[ClockKind, datetime], ...]
    updates: int
    called: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """One incident under the policy it ran on, and under another one."""

    incident: Incident
    was: Outcome
    now: Outcome

    @property
    def missed_more(self) -> tuple[tuple[ClockKind, datetime], ...]:
        """Return the clocks that would be missed and were not."""
        before = {kind for kind, _ in self.was.missed}
        return tuple(one for one in self.now.missed if one[0] not in before)

    @property
    def missed_less(self) -> tuple[tuple[ClockKind, datetime], ...]:
        """Return the clocks that were missed and would not be."""
        after = {kind for kind, _ in self.now.missed}
        return tuple(one for one in self.was.missed if one[0] not in after)

    @property
    def called_more(self) -> tuple[str, ...]:
        """Return who would be called and was not, by Slack user id."""
        return tuple(one for one in self.now.called if one not in self.was.called)

    @property
    def called_less(self) -> tuple[str, ...]:
        """Return who was called and would not be, by Slack user id."""
        return tuple(one for one in self.was.called if one not in self.now.called)

    @property
    def is_worse(self) -> bool:
        """Return whether a clock or an update would be missed that was not."""
        return bool(self.missed_more) or self.now.updates > self.was.updates


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A policy with its people found in the workspace, and the moment until which clocks run."""

    policy: Policy
    rota: Rota
    until: datetime


def compare(events: Sequence[e.Event], *, was: Rules, now: Rules) -> Replay:
    """Return how an incident's `events` went under `was`, and how they would have gone under `now`.

    Both are replayed alike: what people did is taken as it was, what the clock did is done anew.
    """
    incident, before = _outcome(events, was)
    return Replay(incident=incident, was=before, now=_outcome(events, now)[1])


def _outcome(events: Sequence[e.Event], rules: Rules) -> tuple[Incident, Outcome]:
    made: list[e.Event] = []
    incident: Incident | None = None
    for event in events:
        if incident:
            incident = _tick(incident, rules, made, before=event.at)
        told = _under(event, incident, rules.policy)
        incident = apply(incident, told) if told else incident
    if incident is None:
        message = "there is nothing to replay"
        raise ValueError(message)
    return _tick(incident, rules, made, before=rules.until), _counted(made)


def _tick(incident: Incident, rules: Rules, made: list[e.Event], *, before: datetime) -> Incident:
    """Let the clock act at every due time before then."""
    while due := [at for at in wanted(incident, rules.policy).values() if at < before]:
        context = Context(policy=rules.policy, rota=rules.rota, now=min(due), actor=CLOCK)
        for event in due_by_now(incident, context):
            incident = apply(incident, event)
            made.append(event)
    return incident


def _under(event: e.Event, incident: Incident | None, policy: Policy) -> e.Event | None:
    """Return what somebody did, in the figures of `policy`; None for what the clock did, and for what has no place."""
    if event.by == CLOCK.id or isinstance(event, _BY_POLICY):
        return None
    if isinstance(event, e.Declared):
        every = policy.rules(event.severity).update_every
        return replace(event, policy_hash=policy.hash, update_every=every)
    if incident is None:
        return event
    if isinstance(event, turns.SeverityChanged):
        return replace(event, update_every=policy.rules(event.to).update_every)
    if isinstance(event, turns.Reopened):
        return replace(event, update_every=policy.rules(incident.severity).update_every)
    return _in_cadence(event, incident)


def _in_cadence(event: e.Event, incident: Incident) -> e.Event | None:
    """Return an act about status updates as the cadence of this policy has it."""
    cadence = incident.cadence
    if isinstance(event, e.StatusUpdatePosted):
        due_at, following = (cadence.due_at, event.at + cadence.every) if cadence else (None, None)
        return replace(event, due_at=due_at, next_due_at=following)
    return None if isinstance(event, e.UpdatesSnoozed) and cadence is None else event


def _counted(made: Iterable[e.Event]) -> Outcome:
    every = list(made)
    missed = [(event.kind, event.due_at) for event in every if isinstance(event, e.ClockMissed)]
    called = dict.fromkeys(person for event in every for person in _calls(event))
    updates = sum(isinstance(event, e.UpdateMissed) for event in every)
    return Outcome(missed=tuple(missed), updates=updates, called=tuple(called))


def _calls(event: e.Event) -> Iterator[str]:
    if isinstance(event, e.PersonPaged):
        yield event.page.person
    elif isinstance(event, e.ClockMissed):
        yield from (person for _, person in event.called)
    elif isinstance(event, NextStepCalled | e.UpdateLadderClimbed) and event.person:
        yield event.person
