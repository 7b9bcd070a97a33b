"""Events about what kind of incident it is, and about the phases of its playbook (P1, P6, S1, S4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.incident.history.events import Event
from bot.incident.history.playbook import Team
from bot.policy.rulebook import Phase
from bot.words import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeSet(Event):
    """It is of this type from now on; `was` is the type before, `policy_hash` the matrix that says so (D8)."""

    action = "incident.type_set"
    type: str
    was: str
    policy_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsMobilised(Event):
    """The matrix brings these teams in, and tells these contacts (contact, person) of it (S1)."""

    action = "incident.teams_mobilised"
    type: str
    severity: Severity
    teams: tuple[Team, ...]
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseDueSoon(Event):
    """A phase of the playbook falls due soon; `owner` is the person who owes it, if there is one."""

    action = "incident.phase_due_soon"
    type: str
    phase: Phase
    due_at: datetime
    owner: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMissed(Event):
    """A phase of the playbook was not done in time."""

    action = "incident.phase_missed"
    type: str
    phase: Phase
    due_at: datetime
    owner: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseFinished(Event):
    """Somebody says that a phase is done, and what was done."""

    action = "incident.phase_finished"
    type: str
    phase: Phase
    due_at: datetime
    words: str


TYPES: Mapping[str, type[Event]] = {
    kind.action: kind for kind in (TypeSet, TeamsMobilised, PhaseDueSoon, PhaseMissed, PhaseFinished)
}
