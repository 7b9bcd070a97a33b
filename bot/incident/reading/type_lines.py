"""What kind of incident it is, and its phases, as lines of its timeline."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.incident.history import type_events as t
from bot.incident.history.events import Event
from bot.incident.sentences import Quote, Sentence, When, Who


def _said(key: str) -> str:
    return key.replace("_", " ")


def _set(event: t.TypeSet) -> Sentence:
    return (f"Type: {_said(event.type)}, was {_said(event.was)} (policy {event.policy_hash[:6]})",)


def _mobilised(event: t.TeamsMobilised) -> Sentence:
    teams = [_said(team.key) for team in event.teams]
    told = [part for _, person in event.told for part in (", ", Who(person))]
    brought = f"Teams brought in: {', '.join(teams) or 'none'}"
    return (brought, "; told: ", *told[1:]) if told else (brought,)


def _finished(event: t.PhaseFinished) -> Sentence:
    late = ", late" if event.at > event.due_at else ""
    return (f"Phase done: {event.phase}{late}: ", Quote(event.words))


TYPE_LINES: Mapping[type[Event], Callable[[Any], Sentence]] = {
    t.TypeSet: _set,
    t.TeamsMobilised: _mobilised,
    t.PhaseDueSoon: lambda event: (f"Phase due soon: {event.phase}, by ", When(event.due_at)),
    t.PhaseMissed: lambda event: (f"Phase missed: {event.phase}, due ", When(event.due_at)),
    t.PhaseFinished: _finished,
}
