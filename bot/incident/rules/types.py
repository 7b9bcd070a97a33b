"""What kind of incident it is: who says so, what follows from the matrix, and phases marked as done (P1, P6, S1)."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.context import CLOCK, Context
from bot.incident.decision import MIN_REASON, Decision, word_count
from bot.incident.history.apply import applied, apply
from bot.incident.history.events import Event
from bot.incident.history.type_events import PhaseFinished, TypeSet
from bot.incident.model import Incident
from bot.incident.phases import phases, type_of
from bot.incident.refusing.refusals import Refused
from bot.incident.refusing.type_refusals import (
    done_already,
    no_such_phase,
    no_such_type,
    say_what_was_done,
    type_already,
)
from bot.incident.rules.classifying import classified
from bot.incident.rules.ladder import due_by_now
from bot.incident.rules.mobilising import mobilised
from bot.incident.rules.severity import regraded
from bot.policy.playbooks import find_type, nearest_type, stricter, worse
from bot.policy.rulebook import IncidentType


def set_type(command: c.SetType, incident: Incident, context: Context) -> Decision:
    """Return the type set, and what the matrix asks for: fewer eyes, teams, a severity no milder than its floor."""
    policy = context.policy
    key = find_type(policy, command.type)
    if key is None:
        return no_such_type(incident, command.type, nearest=nearest_type(policy, command.type), policy=policy)
    if incident.playbook.type == key:
        return type_already(incident, policy.types[key])
    hidden = _hidden(policy.types[key], incident, context)
    return hidden if isinstance(hidden, Refused) else _typed(key, hidden, incident, context)


def _hidden(kind: IncidentType, incident: Incident, context: Context) -> tuple[Event, ...] | Refused:
    """Return the incident for fewer eyes where the type asks for it, before anything is said of the type (G6.1)."""
    level = stricter(incident.classification, kind.classification)
    if level is incident.classification:
        return ()
    made = classified(level, "", incident, context)
    return made if isinstance(made, Refused) else (made,)


def _typed(key: str, before: tuple[Event, ...], incident: Incident, context: Context) -> tuple[Event, ...]:
    policy, kind = context.policy, context.policy.types[key]
    set_now = TypeSet(
        at=context.now, by=context.actor.id, type=key, was=type_of(incident, policy), policy_hash=policy.hash
    )
    after = applied(incident, (*before, set_now))
    brought = mobilised(after, worse(incident.severity, kind.severity_floor), context)
    after, happened = apply(after, brought), (*before, set_now, brought)
    if kind.severity_floor.rank < incident.severity.rank:
        why = f"Its type, {kind.name}, is {kind.severity_floor.label} or worse by policy."
        return (*happened, *regraded(after, kind.severity_floor, why, context))
    return (*happened, *due_by_now(after, replace(context, actor=CLOCK)))


def finish_phase(command: c.FinishPhase, incident: Incident, context: Context) -> Decision:
    """Return the phase marked as done in the words of somebody who works on it (P6, S4)."""
    running = phases(incident, context.policy)
    clock = next((one for one in running if one.phase is command.phase), None)
    if clock is None:
        return no_such_phase(incident, command.phase, known=tuple(one.phase for one in running), kept=command.words)
    if clock.done_at:
        return done_already(incident, clock.phase, at=clock.done_at)
    if word_count(command.words) < MIN_REASON:
        return say_what_was_done(clock.phase, clock.artifacts, kept=command.words)
    return (
        PhaseFinished(
            at=context.now,
            by=context.actor.id,
            type=type_of(incident, context.policy),
            phase=clock.phase,
            due_at=clock.due_at,
            words=command.words,
        ),
    )
