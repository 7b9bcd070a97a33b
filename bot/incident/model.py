"""One incident as a frozen value: everything that was decided about it so far."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.incident.history.absence import Absence
from bot.incident.history.access import FIRST_ROOM, NOBODY_LET_IN, Access, Room
from bot.incident.history.asked_page import AskedPage
from bot.incident.history.cadence import Cadence, StatusUpdate
from bot.incident.history.climb import Climb
from bot.incident.history.confirming import Confirmation
from bot.incident.history.exceptions import NO_EXCEPTIONS, Exceptions
from bot.incident.history.grades import Merger, MetUnder, Regrade
from bot.incident.history.handing import NOTHING_HANDED, Handing
from bot.incident.history.paged import Call, Page
from bot.incident.history.playbook import NO_PLAYBOOK, Playbook
from bot.incident.history.sharing import NOT_SHARED, Sharing
from bot.incident.history.staffing import ALL_STAFFED, Staffing
from bot.incident.history.told_times import ToldTime
from bot.incident.history.unrest import CALM, Unrest
from bot.words import Classification, ClockKind, Role, Severity, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The commander's seat while somebody holds it; `answered_at` is None until they answer (G8.1)."""

    person: str
    since: datetime
    named_by: str
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHolding:
    """Somebody holding a role other than commander; `until` ends it by itself, and `before` holds it again then."""

    role: Role
    person: str
    since: datetime
    named_by: str
    until: datetime | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMark:
    """That a clock with this due time was warned about or missed, `at` the moment it was noticed."""

    kind: ClockKind
    due_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """The clock's last message in the channel: `asked_at` what it says happened, `at` it is said, in its turn."""

    asked_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRef:
    """The incident's channel in Slack."""

    id: str
    name: str


class CancelReason(StrEnum):
    """Why an incident was none."""

    FALSE_ALARM = "false alarm"
    DUPLICATE = "duplicate"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """That something happened: when, by whom, and in their words."""

    at: datetime
    by: str
    words: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Everything decided about one incident; `version` counts the events folded into it.

    People are Slack user ids. `alerted_at` is when a signal opened it, `detected_at` when somebody saw it,
    `started_at` when the impact began; `told_times` are those people gave later, and what they were before. `is_test`
    says that it calls nobody and counts nowhere, `is_hosted` that its channel was there before it. `asked` are pages
    that a person asked for, `away` is when Tocsin was last away as its channel was told, `spooled_as` the id it was
    written down under while the database did not answer.
    """

    number: int
    version: int
    title: str
    description: str
    severity: Severity
    status: Status
    classification: Classification
    policy_hash: str
    declared: Milestone
    team: str = ""
    started_at: datetime | None = None
    detected_at: datetime | None = None
    alerted_at: datetime | None = None
    acknowledged: Milestone | None = None
    commanded: Milestone | None = None
    mitigated: Milestone | None = None
    resolved: Milestone | None = None
    cancelled: Milestone | None = None
    cancel_reason: CancelReason | None = None
    facilitator: str | None = None
    seat: Seat | None = None
    roles: tuple[RoleHolding, ...] = ()
    updates: int = 0
    last_update: StatusUpdate | None = None
    cadence: Cadence | None = None
    warned: tuple[ClockMark, ...] = ()
    missed: tuple[ClockMark, ...] = ()
    pages: tuple[Page, ...] = ()
    page_step: int = 0
    nobody_answered_at: datetime | None = None
    calls: tuple[Call, ...] = ()
    headline_at: datetime | None = None
    channel: ChannelRef | None = None
    channel_refused: str = ""
    notes: int = 0
    withdrawn: tuple[int, ...] = ()
    regrades: tuple[Regrade, ...] = ()
    met_under: tuple[MetUnder, ...] = ()
    paused: Cadence | None = None
    reopened: Milestone | None = None
    reopenings: int = 0
    closed: Milestone | None = None
    merged: Merger | None = None
    absorbed: tuple[int, ...] = ()
    handing: Handing = NOTHING_HANDED
    followers: tuple[str, ...] = ()
    clock_line: ClockLine | None = None
    is_test: bool = False
    is_hosted: bool = False
    told_times: tuple[ToldTime, ...] = ()
    access: Access = NOBODY_LET_IN
    room: Room = FIRST_ROOM
    confirmation: Confirmation | None = None
    playbook: Playbook = NO_PLAYBOOK
    climb: Climb | None = None
    unrest: Unrest = CALM
    staffing: Staffing = ALL_STAFFED
    asked: tuple[AskedPage, ...] = ()
    exceptions: Exceptions = NO_EXCEPTIONS
    sharing: Sharing = NOT_SHARED
    away: Absence | None = None
    spooled_as: str = ""

    @property
    def ref(self) -> str:
        """Return the number as people say it, such as "INC-42"."""
        return f"INC-{self.number}"

    @property
    def is_private(self) -> bool:
        """Return whether only invited people may see it."""
        return self.classification.is_private

    @property
    def commander(self) -> str | None:
        """Return who holds the commander's seat, answered or not."""
        return self.seat.person if self.seat else None

    @property
    def commander_answered(self) -> bool:
        """Return whether a commander is named and has answered."""
        return self.seat is not None and self.seat.answered_at is not None

    @property
    def awaiting(self) -> Confirmation | None:
        """Return the confirmation its severity waits for, or None; nothing else waits for it (G2)."""
        return self.confirmation if self.confirmation and not self.confirmation.confirmed_by else None

    @property
    def clocks_from(self) -> datetime:
        """Return when the clocks began to count: the last reopening, else the alert, else the declaration (G3)."""
        return self.reopened.at if self.reopened else self.alerted_at or self.declared.at

    @property
    def runs_since(self) -> datetime:
        """Return when people were last called to it: at its declaration, or when it was reopened."""
        return self.reopened.at if self.reopened else self.declared.at

    @property
    def pages_now(self) -> tuple[Page, ...]:
        """Return the pages sent since it was last opened."""
        return tuple(page for page in self.pages if page.round == self.reopenings)

    @property
    def chased(self) -> Cadence:
        """Return where its update ladder stands; ValueError for a severity whose updates nobody chases."""
        if self.cadence is None:
            message = f"{self.ref} at {self.severity.label} has no cadence of updates"
            raise ValueError(message)
        return self.cadence

    def roles_but(self, role: Role) -> tuple[RoleHolding, ...]:
        """Return who holds the roles other than `role`."""
        return tuple(held for held in self.roles if held.role is not role)

    def holder(self, role: Role) -> str | None:
        """Return who holds `role` now."""
        if role is Role.COMMANDER:
            return self.commander
        return next((held.person for held in self.roles if held.role is role), None)
