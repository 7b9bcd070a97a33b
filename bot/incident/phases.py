"""The phases of an incident's playbook: which is due when, by its type and severity, and how each stands (P6, S4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.incident.clocks import met_at
from bot.incident.context import Context
from bot.incident.history.playbook import PhaseDone, PhaseMark
from bot.incident.model import Incident
from bot.incident.sight import people_in
from bot.policy.model import Policy
from bot.policy.playbooks import role_of
from bot.policy.rulebook import IncidentType, Phase, PhasesRun, PlaybookPhase
from bot.words import ClockKind, Severity, Status

_MET_BY = {
    Phase.ASSESS: ClockKind.MITIGATE,
    Phase.CONTAIN: ClockKind.MITIGATE,
    Phase.ERADICATE: ClockKind.RESOLVE,
    Phase.RECOVER: ClockKind.RESOLVE,
}
"""Phases that a milestone ends, so that nobody says twice that the harm has stopped, or that it is over."""

_AGAIN = frozenset({Phase.CONTAIN, Phase.ERADICATE, Phase.RECOVER, Phase.REVIEW})
"""Phases to go through again when it is back; what was assessed and whom it was told to stays."""

_LASTING = frozenset({Phase.NOTIFY, Phase.REVIEW})
"""Phases that are owed after it is resolved as well, until it is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseClock:
    """One phase: `owner` (a key of roles.yaml) owes its `artifacts`; moments are None until that happens."""

    phase: Phase
    owner: str
    artifacts: tuple[str, ...]
    starts_at: datetime
    due_at: datetime
    warn_at: datetime
    done_at: datetime | None
    warned_at: datetime | None
    missed_at: datetime | None
    stopped: bool

    @property
    def allowed(self) -> timedelta:
        """Return how long it may take."""
        return self.due_at - self.starts_at

    @property
    def is_running(self) -> bool:
        """Return whether it is still awaited."""
        return self.done_at is None and not self.stopped


def type_of(incident: Incident, policy: Policy) -> str:
    """Return the key of the incident's type: the one somebody set, else policy's default."""
    return incident.playbook.type or policy.default_type


def kind_of(incident: Incident, policy: Policy) -> IncidentType:
    """Return the incident's type."""
    return policy.types[type_of(incident, policy)]


def floor_of(incident: Incident, policy: Policy) -> Severity:
    """Return the mildest severity it may have: its type's floor, once somebody has set the type (G9.1)."""
    return kind_of(incident, policy).severity_floor if incident.playbook.type else Severity.SEV4


def phases(incident: Incident, policy: Policy) -> tuple[PhaseClock, ...]:
    """Return the phases that run, in order; none for an incident whose type nobody set, unless policy says so.

    The clocks of GOV-001 speak for such a one already, and it is not to hear everything twice.
    """
    if not incident.playbook.type and policy.phases_run is PhasesRun.ONCE_SET:
        return ()
    return tuple(_clock(one, incident, policy) for one in kind_of(incident, policy).phases)


def current(clocks: tuple[PhaseClock, ...]) -> PhaseClock | None:
    """Return the phase they are in: the first that is still awaited."""
    return next((one for one in clocks if one.is_running), None)


def _clock(phase: PlaybookPhase, incident: Incident, policy: Policy) -> PhaseClock:
    done = _done(phase.phase, incident)
    milestone = _milestone(phase.phase, incident)
    done_at = min((at for at in (done.at if done else None, milestone) if at), default=None)
    is_earlier = done_at is not None and done_at < incident.runs_since
    start = incident.declared.at if is_earlier else incident.runs_since
    due_at = done.due_at if done else start + _within(phase, incident)
    missed = _first_miss(phase.phase, incident, after=start, by=due_at)
    due_at = missed.due_at if missed else due_at
    return PhaseClock(
        phase=phase.phase,
        owner=phase.owner,
        artifacts=phase.artifacts,
        starts_at=start,
        due_at=due_at,
        warn_at=due_at - policy.warn.before(due_at - start),
        done_at=done_at,
        warned_at=_marked(incident.playbook.warned, phase.phase, due_at),
        missed_at=missed.at if missed else None,
        stopped=done_at is None and not _is_awaited(phase.phase, incident.status),
    )


def _is_awaited(phase: Phase, status: Status) -> bool:
    return status.is_open or (status is Status.RESOLVED and phase in _LASTING)


def _within(phase: PlaybookPhase, incident: Incident) -> timedelta:
    """Return what its severity allows, or allowed when a milestone ended it: what is over follows no change."""
    met_under = {one.kind: one.severity for one in incident.met_under}
    clock = _MET_BY.get(phase.phase)
    severity = met_under.get(clock, incident.severity) if clock else incident.severity
    return phase.within.get(severity, max(phase.within.values()))


def _done(phase: Phase, incident: Incident) -> PhaseDone | None:
    """Return the word that it is done; one from before a reopening counts for what is not to be done again."""
    said = (one for one in incident.playbook.done if one.phase is phase)
    return next((one for one in said if phase not in _AGAIN or one.at >= incident.runs_since), None)


def _milestone(phase: Phase, incident: Incident) -> datetime | None:
    clock = _MET_BY.get(phase)
    return met_at(clock, incident) if clock else None


def _first_miss(phase: Phase, incident: Incident, *, after: datetime, by: datetime) -> PhaseMark | None:
    """Return its first miss since it began, under whichever type; a severity that allows more forgives none."""
    marks = (mark for mark in incident.playbook.missed if mark.phase is phase and after < mark.due_at <= by)
    return min(marks, key=lambda mark: mark.due_at, default=None)


def _marked(marks: tuple[PhaseMark, ...], phase: Phase, due_at: datetime) -> datetime | None:
    return next((mark.at for mark in marks if mark.phase is phase and mark.due_at == due_at), None)


def owner_of(owner: str, incident: Incident, context: Context) -> str | None:
    """Return the person who owes what `owner` (a key of roles.yaml) owes: who holds it, else the commander.

    An office is held by whoever of its people acknowledged, else by the first of them who is in the incident.
    """
    role = role_of(owner)
    if role:
        return incident.holder(role) or incident.commander
    return next(_of_office(owner, incident, context), incident.commander)


def _of_office(owner: str, incident: Incident, context: Context) -> Iterator[str]:
    keys = (key for group in context.policy.offices[owner].filled_from for key in context.policy.groups[group].members)
    people, here = context.rota.of(keys), people_in(incident)
    if incident.acknowledged and incident.acknowledged.by in people:
        yield incident.acknowledged.by
    yield from (person for person in people if person in here)
