"""The tables of GOV-001 beside the severities, as frozen values: duties, incident types, levels, governance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.words import Classification, Role, Severity


class Duty(StrEnum):
    """What an activity asks of a party (G2): R and A may act, C is asked before, I is told after."""

    RESPONSIBLE = "R"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"

    @property
    def may_act(self) -> bool:
        """Return whether whoever has this duty may do the activity."""
        return self in {Duty.RESPONSIBLE, Duty.ACCOUNTABLE}


class Activity(StrEnum):
    """What the duties table rules (G2)."""

    DECLARE = "declare"
    EXECUTE_RUNBOOK = "execute_runbook"
    ROLLBACK = "rollback"
    STAKEHOLDER_COMMUNICATIONS = "stakeholder_communications"
    POSTMORTEM = "postmortem"
    RUNBOOK_CHANGE = "runbook_change"
    COMPLIANCE_REPORTING = "compliance_reporting"
    CLASSIFICATION = "classification"
    BREAK_GLASS = "break_glass"


class Party(StrEnum):
    """The columns of the duties table (G2)."""

    COMMANDER = "commander"
    SRE = "sre"
    ML_ENGINEER = "ml_engineer"
    DATA_ENGINEER = "data_engineer"
    GOVERNANCE = "governance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Who a party is: the people of `group` (a key of `Policy.groups`), or whoever holds `role` in the incident."""

    label: str
    group: str | None
    role: Role | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """One row of the duties table; `severities` are those it speaks of, all when empty."""

    label: str
    severities: tuple[Severity, ...]
    duties: Mapping[Party, tuple[Duty, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raci:
    """The duties table (G2)."""

    parties: Mapping[Party, Column]
    activities: Mapping[Activity, ActivityRow]

    def may_act(self, *, activity: Activity, party: Party) -> bool:
        """Return whether `party` may do `activity`: it is responsible or accountable for it (G2.1)."""
        return any(duty.may_act for duty in self.activities[activity].duties[party])


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An office several people hold; `escalates_to` is the next group up, `user_group` Slack's handle or id for it."""

    label: str
    members: tuple[str, ...]
    escalates_to: str | None
    user_group: str


class Family(StrEnum):
    """The kinds of incident types; a classification is set per family."""

    SERVICE = "service"
    MODEL = "model"
    PRIVACY = "privacy"
    SECURITY = "security"


class Phase(StrEnum):
    """The stages of a playbook, in order (P6, S4); they run beside the status."""

    ASSESS = "assess"
    CONTAIN = "contain"
    NOTIFY = "notify"
    ERADICATE = "eradicate"
    RECOVER = "recover"
    REVIEW = "review"


class PhasesRun(StrEnum):
    """From when the phases of a type run: once somebody has set the type, or always, the default type's too."""

    ONCE_SET = "once_set"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookPhase:
    """One stage: who owes it, until when after the declaration, and which `artifacts` it leaves behind."""

    phase: Phase
    owner: str
    within: Mapping[Severity, timedelta]
    artifacts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """What one severity adds to a type: groups mobilised, roles (keys of roles.yaml) to fill, contacts told."""

    teams: tuple[str, ...]
    roles: tuple[str, ...]
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentType:
    """One type of incident (P1, S1).

    `severity_floor` is the mildest severity it may have, `classification` the least restricted level. `runbook` is the
    name of a file in runbooks/ without `.md`, or None while there is none. `sign_off` are the roles that must agree
    before anything goes outside, `review_with` the groups in its postmortem.
    """

    name: str
    family: Family
    triggers: tuple[str, ...]
    collect: tuple[str, ...]
    classification: Classification
    severity_floor: Severity
    runbook: str | None
    sign_off: tuple[str, ...]
    review_with: tuple[str, ...]
    tell_vendors: bool
    rows: Mapping[Severity, MatrixRow]
    phases: tuple[PlaybookPhase, ...]


class Readers(StrEnum):
    """Who may read an incident, widest first."""

    ANYONE = "anyone"
    MEMBERS = "members"
    INVITED = "invited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How an incident of one classification is handled (G6.1, G6.3, S9).

    `keep` is how long its contents stay after the close; `least_for` are the families of types that are never
    classified lower; a type classified here is never milder than `severity_floor`.
    """

    means: str
    read_by: Readers
    also_read_by: tuple[str, ...]
    private: bool
    encrypted: bool
    outside_models: str
    keep: timedelta
    least_for: tuple[Family, ...]
    severity_floor: Severity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """How many people of which group approve a change, and whether its author may be one of them (G5.1, G5.2)."""

    approvals: int
    by: str
    own: bool
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakGlass:
    """A production change on one approval (G5.3)."""

    severities: tuple[Severity, ...]
    approvals: int
    by: str
    reapply_within: timedelta
    report_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRules:
    """What an audit entry carries, how long it is kept, and what it is evidence for (G7.1 to G7.3)."""

    keep: timedelta
    fields: tuple[str, ...]
    hand_over_to: str
    soc2: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violations:
    """Where a breach of policy is reported, and what follows (G10.1)."""

    report_to: str
    security_mailbox: str
    anonymous_route: str
    consequences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How many incidents of one severity, within which time, make a pattern that wants a postmortem (G3.4)."""

    severity: Severity
    incidents: int
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class BackAndForth:
    """How many turns of severity, seat or status, within which time, governance hears of."""

    turns: int
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Governance:
    """What GOV-001 asks of the organisation around the incidents (G1, G5, G6.3, G7 to G10)."""

    exceptions_by: str
    runbook_changes: Approval
    infrastructure_changes: Approval
    break_glass: BreakGlass
    outside_models_by: str
    audit: AuditRules
    people_models: tuple[str, ...]
    commander_answers_for: tuple[str, ...]
    blameless: bool
    action_item_needs: tuple[str, ...]
    recurrence: Recurrence
    severity_floors: Mapping[str, Severity]
    reviewed_every: timedelta
    violations: Violations
    back_and_forth: BackAndForth
