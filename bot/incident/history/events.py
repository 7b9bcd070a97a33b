"""Events: what happened to an incident, each the substance of one audit entry."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from bot.incident.history.cadence import UpdateKind
from bot.incident.history.paged import Page
from bot.incident.model import CancelReason
from bot.words import Classification, ClockKind, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What all events have: when it happened, and who did it (a Slack user id, "clock", or "tocsin")."""

    action: ClassVar[str]
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(Event):
    """An incident began; `update_every` is its first cadence, if it has one.

    `is_test`: it calls nobody. `is_hosted`: it lives in a channel that was there before. `is_awaiting`: its severity is
    to be confirmed. `alerted_at`: when the signal came that opened it.
    """

    action = "incident.declared"
    number: int
    title: str
    description: str
    severity: Severity
    classification: Classification
    policy_hash: str
    team: str
    update_every: timedelta | None
    started_at: datetime | None = None
    is_test: bool = False
    is_hosted: bool = False
    is_awaiting: bool = False
    alerted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged(Event):
    """Somebody is on it; `by_link` when they said so by the link in a page."""

    action = "incident.acknowledged"
    by_link: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommanderNamed(Event):
    """Somebody was put in the commander's seat and has not answered yet."""

    action = "incident.commander_named"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandTaken(Event):
    """The commander answered, or somebody took the seat (`over` was relieved)."""

    action = "incident.command_taken"
    over: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandGivenBack(Event):
    """The commander left the seat; nobody holds it. `named_by` is who is told."""

    action = "incident.command_given_back"
    named_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdatePosted(Event):
    """People were told how it stands; `due_at` is when this was due, `next_due_at` when the next one is.

    `since` is when they were last told: the update before, else the declaration; `corrects` the update it sets right.
    """

    action = "incident.status_update_posted"
    number: int
    kind: UpdateKind
    now: str
    affected: str
    next: str
    due_at: datetime | None
    next_due_at: datetime | None
    since: datetime
    corrects: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(Event):
    """A person called somebody in."""

    action = "incident.escalated"
    person: str
    contact: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswered(Event):
    """Somebody who was called is on it."""

    action = "incident.call_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mitigated(Event):
    """The harm has stopped."""

    action = "incident.mitigated"
    words: str
    still: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(Event):
    """It is over."""

    action = "incident.resolved"
    words: str
    affected: str
    facilitator: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled(Event):
    """It was none."""

    action = "incident.cancelled"
    reason: CancelReason
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPaged(Event):
    """A page was sent on its way; the ladder goes on from `next_step`."""

    action = "incident.person_paged"
    page: Page
    next_step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderSkipped(Event):
    """Rungs of the ladder reached nobody, because nobody stands on them; it goes on from `next_step`."""

    action = "incident.ladder_skipped"
    next_step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePassedOn(Event):
    """Somebody paged said they cannot take it."""

    action = "incident.page_passed_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageUndeliverable(Event):
    """A page reached nobody; `ref` is its short id."""

    action = "incident.page_undeliverable"
    ref: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyAnswered(Event):
    """Everyone on the ladder was tried and nobody answered."""

    action = "incident.nobody_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockDueSoon(Event):
    """A clock comes near its due time (G3.1)."""

    action = "incident.clock_due_soon"
    kind: ClockKind
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMissed(Event):
    """A due time passed unmet (G3.1); `called` are contact keys and people called for it (G3.2).

    `spared` are those whom a test would have called.
    """

    action = "incident.clock_missed"
    kind: ClockKind
    due_at: datetime
    called: tuple[tuple[str, str], ...]
    spared: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateDueSoon(Event):
    """The commander is told that an update falls due (U5)."""

    action = "incident.update_due_soon"
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateMissed(Event):
    """An update's due time passed without one; `nudge` says whether the channel is told, or nudges are held back."""

    action = "incident.update_missed"
    due_at: datetime
    next_due_at: datetime
    nudge: bool
    next_nudge_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateNudged(Event):
    """A held-back nudge was sent; the next one waits until then."""

    action = "incident.update_nudged"
    next_nudge_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateLadderClimbed(Event):
    """A missed update went one rung up: 2 the commander, 3 the escalation contact (`person`)."""

    action = "incident.update_ladder_climbed"
    rung: int
    missed_due: datetime
    person: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatesSnoozed(Event):
    """Nudges are silent until then."""

    action = "incident.updates_snoozed"
    until: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeEnded(Event):
    """Nudges speak again."""

    action = "incident.snooze_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineDue(Event):
    """Leadership is told, because it was not cancelled at once."""

    action = "incident.headline_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelOpened(Event):
    """The incident has its channel."""

    action = "incident.channel_opened"
    channel: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRefused(Event):
    """Slack refused a channel."""

    action = "incident.channel_refused"
    error: str


EVENTS: dict[str, type[Event]] = {kind.action: kind for kind in Event.__subclasses__()}
