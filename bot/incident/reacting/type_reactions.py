"""What follows when it is said what kind of incident it is, and when a phase of its playbook is done."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.context import Context
from bot.incident.history import type_events as t
from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, invite, redraw, say, tell
from bot.incident.reacting.effects import Words
from bot.words import Lane

Told = Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]


def type_set(_: t.TypeSet, incident: Incident, __: set[type], ___: Context) -> Iterator[Reaction]:
    """Return the card drawn again; the line that says it goes with the teams it brings in."""
    yield from redraw(incident, ids.CARD)


def teams_mobilised(event: t.TeamsMobilised, incident: Incident, kinds: set[type], _: Context) -> Iterator[Reaction]:
    """Return one line in the channel, the teams brought in, the first of each called, and the contacts told."""
    words: Words = {
        "type": event.type,
        "by": event.by,
        "teams": [{"key": team.key, "people": list(team.people)} for team in event.teams],
        "is_set": t.TypeSet in kinds,
    }
    yield from invite(incident, (person for team in event.teams for person in team.people))
    yield say(incident, "line.type", words)
    yield from _called(event, incident)
    for contact, person in event.told:
        about: Words = {"type": event.type, "contact": contact, "person": person}
        effect_id = ids.at_version(incident, f"type.told/{person}")
        yield tell(incident, person, "type.told", about, effect_id=effect_id, lane=Lane.UPDATE)
    yield from redraw(incident, ids.CARD)


def _called(event: t.TeamsMobilised, incident: Incident) -> Iterator[Reaction]:
    called = [team for team in event.teams if team.called]
    for place, team in enumerate(called, start=len(incident.calls) - len(called)):
        words: Words = {"team": team.key, "type": event.type, "person": team.called, "by": event.by}
        effect_id = ids.called(incident, place)
        yield tell(incident, str(team.called), "called", words, effect_id=effect_id, lane=Lane.PAGE)


def phase_finished(_: t.PhaseFinished, incident: Incident, __: set[type], ___: Context) -> Iterator[Reaction]:
    """Return the card drawn again: progress posts nothing (calm budget)."""
    yield from redraw(incident, ids.CARD)


TYPE_REACTIONS: Mapping[type[Event], Told] = {
    t.TypeSet: type_set,
    t.TeamsMobilised: teams_mobilised,
    t.PhaseFinished: phase_finished,
}
