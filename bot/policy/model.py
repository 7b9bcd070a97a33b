"""The organisation's policy as frozen values that the core reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.policy.business import BusinessSpan
from bot.policy.calendar import Handoff, QuietHours
from bot.policy.objectives import Objectives
from bot.policy.rulebook import Governance, Group, IncidentType, Level, PhasesRun, Raci
from bot.words import Classification, ClockKind, Role, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprint:
    """An allowance that ends with the sprint after the one it starts in (G3, SEV-4).

    `starts` is the first day of any sprint, `days` its length.
    """

    starts: date
    days: int

    def __str__(self) -> str:
        """Return the allowance in words."""
        return f"the end of the next sprint ({self.days} days each, counted from {self.starts})"

    def due(self, *, start: datetime) -> datetime:
        """Return midnight UTC at which the sprint after the one holding `start` ends."""
        day = start.astimezone(UTC).date()
        days_in = (day - self.starts).days % self.days
        last = day - timedelta(days=days_in) + timedelta(days=2 * self.days)
        return datetime.combine(last, datetime.min.time(), tzinfo=UTC)


Allowance = timedelta | Sprint | BusinessSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStep:
    """One rung of the paging ladder: `after` the declaration, `contact` is paged by their `way`-th way (from 1)."""

    after: timedelta
    contact: str
    way: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityRules:
    """What one severity demands (G3 table).

    `definition` says in one sentence when it applies, `criteria` are its parts that a declarer can tick. `clocks`
    holds only the clocks that run, and never the update cadence, which is `update_every`. `escalation` names the
    contacts called when mitigation is missed (G3.2), `escalation_contact` whoever is called when nobody acknowledges,
    commands or updates.
    """

    severity: Severity
    name: str
    definition: str = ""
    criteria: tuple[str, ...]
    clocks: Mapping[ClockKind, Allowance]
    update_every: timedelta | None
    pages: tuple[PageStep, ...]
    nobody_after: timedelta | None
    escalation: tuple[str, ...]
    escalation_contact: str
    broadcast: str | None
    no_change_in_row: int
    snooze_at_most: timedelta
    snoozes_in_row: int
    postmortem_within: timedelta | None
    postmortem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnRule:
    """When "due soon" begins: `short_before` for allowances up to `short_upto`, else a `share` of it, `at_most`."""

    short_upto: timedelta
    short_before: timedelta
    share: float
    at_most: timedelta

    def before(self, allowed: timedelta) -> timedelta:
        """Return how long before its due time a clock with this allowance is due soon."""
        if allowed <= self.short_upto:
            return self.short_before
        return min(allowed * self.share, self.at_most)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateLadder:
    """How a missing status update is chased (U5, G3.3)."""

    heads_up_before: timedelta
    commander_after: timedelta
    contact_after: timedelta
    backoff_after_misses: int
    backoff: tuple[timedelta, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRules:
    """What becomes of a call nobody answers (P2): after `unanswered_after` the next step of policy is called."""

    unanswered_after: timedelta


class WayKind(StrEnum):
    """How a person can be reached."""

    DM = "dm"
    APPRISE = "apprise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to reach a person: a Slack DM, or an Apprise URL with the `label` people read ("e-mail", "SMS")."""

    kind: WayKind
    label: str
    url: str = ""

    @property
    def is_outside(self) -> bool:
        """Return whether it reaches them without Slack."""
        return self.kind is not WayKind.DM


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody policy names: `slack` is a user id or a handle such as "@noor"; `zone` an IANA time zone.

    `quiet` are the hours in which they would rather not be called, in that zone.
    """

    key: str
    name: str
    slack: str
    title: str
    zone: str
    telephone: str
    ways: tuple[Way, ...]
    quiet: QuietHours | None = None

    @property
    def outside(self) -> tuple[tuple[int, Way], ...]:
        """Return the ways that reach them without Slack, each with its place among all, from 1."""
        return tuple((number, way) for number, way in enumerate(self.ways, start=1) if way.is_outside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A place in the rota: `label` is how people say it ("primary on call"), `person` a key of `People.persons`."""

    key: str
    label: str
    person: str | None


ON_CALL = " on call"
"""How the labels of contacts end that name a turn of duty: "primary on call"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team with a rota of its own; its turns end at the next `handoff`, or nobody says when."""

    name: str
    contacts: Mapping[str, Contact]
    handoff: Handoff | None = None

    @property
    def turns(self) -> tuple[Contact, ...]:
        """Return the turns on call of this team, filled or not, in the order policy lists them."""
        return tuple(one for one in self.contacts.values() if one.label.endswith(ON_CALL))


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who is who: the team on call, its contacts, everybody policy names, and the emergency number.

    `others` are teams whose rota can be read; incidents page the contacts of `team`.
    """

    team: str
    emergency_number: str
    persons: Mapping[str, Person]
    contacts: Mapping[str, Contact]
    handoff: Handoff | None = None
    others: tuple[Team, ...] = ()

    @property
    def teams(self) -> tuple[Team, ...]:
        """Return every team with a rota, the one that incidents page first."""
        return (Team(name=self.team, contacts=self.contacts, handoff=self.handoff), *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """Names of the channels policy speaks to, without the leading #; `zone` (an IANA name) is where they are read."""

    incidents: str
    leadership: str
    governance: str
    operators: str
    broadcasts: Mapping[str, str]
    bridge: str
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDuties:
    """What a role answers for and may decide (S2); `anyone` says that any member may take it while it is free.

    `filled_from` are the groups whose people are asked first, `needed` by when after the declaration somebody must
    hold it, by severity, and `instructions` what to do first.
    """

    answers_for: tuple[str, ...]
    decides: str
    anyone: bool
    filled_from: tuple[str, ...] = ()
    needed: Mapping[Severity, timedelta] = field(default_factory=dict)
    instructions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A role that policy fills itself and nobody takes in an incident (S2): the on-call engineer, for one."""

    label: str
    filled_from: tuple[str, ...]
    answers_for: tuple[str, ...]
    decides: str
    instructions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFile:
    """One file of the policy: its own version, who owns it, and the day its next review falls due (S12)."""

    name: str
    version: str
    owner: str
    next_review: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One version of the whole policy, read from `files`; `hash` is their SHA-256, hex."""

    version: str
    hash: str
    default_severity: Severity
    severities: Mapping[Severity, SeverityRules]
    warn: WarnRule
    ladder: UpdateLadder
    headline_after: timedelta
    people: People
    channels: Channels
    files: Mapping[str, PolicyFile] = field(default_factory=dict)
    roles: Mapping[Role, RoleDuties] = field(default_factory=dict)
    offices: Mapping[str, Office] = field(default_factory=dict)
    must_differ: tuple[tuple[str, ...], ...] = ()
    groups: Mapping[str, Group] = field(default_factory=dict)
    raci: Raci
    types: Mapping[str, IncidentType]
    default_type: str
    phases_run: PhasesRun
    classifications: Mapping[Classification, Level]
    objectives: Objectives
    governance: Governance
    calls: CallRules

    def rules(self, severity: Severity) -> SeverityRules:
        """Return what `severity` demands."""
        return self.severities[severity]

    def anyone_may_take(self, role: Role) -> bool:
        """Return whether any member may take `role` while it is free; otherwise only those who lead."""
        return self.roles[role].anyone

    @property
    def board(self) -> tuple[str, ...]:
        """Return the keys of the Governance Board's people, who put a policy in force and approve exceptions (G1.1)."""
        group = self.groups.get(self.governance.exceptions_by)
        return group.members if group else ()

    def overdue(self, today: date) -> tuple[PolicyFile, ...]:
        """Return the files whose review was due before `today`, the longest overdue first (S12)."""
        late = (head for head in self.files.values() if head.next_review < today)
        return tuple(sorted(late, key=lambda head: (head.next_review, head.name)))

    @property
    def short_hash(self) -> str:
        """Return the six characters of the hash that people read on the card."""
        return self.hash[:6]
