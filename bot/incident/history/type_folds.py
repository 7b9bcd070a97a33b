"""Folding types and phases onto an incident; what was missed under one type stays under the next."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.incident.history import type_events as t
from bot.incident.history.events import Event
from bot.incident.history.paged import Call
from bot.incident.history.playbook import PhaseDone, PhaseMark
from bot.incident.model import Incident


def _set(event: t.TypeSet, incident: Incident) -> Incident:
    return replace(incident, playbook=replace(incident.playbook, type=event.type))


def _mobilised(event: t.TeamsMobilised, incident: Incident) -> Incident:
    calls = tuple(
        Call(person=team.called, contact="", at=event.at, by=event.by, team=team.key)
        for team in event.teams
        if team.called
    )
    playbook = replace(incident.playbook, teams=(*incident.playbook.teams, *event.teams))
    return replace(incident, playbook=playbook, calls=(*incident.calls, *calls))


def _mark(event: t.PhaseDueSoon | t.PhaseMissed) -> PhaseMark:
    return PhaseMark(type=event.type, phase=event.phase, due_at=event.due_at, at=event.at)


def _due_soon(event: t.PhaseDueSoon, incident: Incident) -> Incident:
    playbook = incident.playbook
    return replace(incident, playbook=replace(playbook, warned=(*playbook.warned, _mark(event))))


def _missed(event: t.PhaseMissed, incident: Incident) -> Incident:
    playbook = incident.playbook
    return replace(incident, playbook=replace(playbook, missed=(*playbook.missed, _mark(event))))


def _finished(event: t.PhaseFinished, incident: Incident) -> Incident:
    done = PhaseDone(phase=event.phase, at=event.at, by=event.by, words=event.words, due_at=event.due_at)
    return replace(incident, playbook=replace(incident.playbook, done=(*incident.playbook.done, done)))


TYPED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {
    t.TypeSet: _set,
    t.TeamsMobilised: _mobilised,
    t.PhaseDueSoon: _due_soon,
    t.PhaseMissed: _missed,
    t.PhaseFinished: _finished,
}
"""How each event about a type or a phase changes the incident."""
