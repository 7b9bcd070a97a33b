"""Every table of the database but the audit log's, as SQLModel classes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from bot.ports import DeliveryState
from bot.words import Classification, Role, Severity, Status
from storage.audit_tables import AUDIT_ENTRY
from storage.base import Row, index_where, one_of, table_of

OWED = "state IN ('pending', 'intent', 'in_doubt') OR (state = 'sent' AND sent_rev < wanted_rev)"
"""What makes an outbox row unfinished; claims repeat it word for word so that the partial index serves them."""

PENDING = "state = 'pending'"
HOME = "kind = 'home'"
"""What makes an outbox row somebody's own page; they are all drawn again when something changes."""


class TimerState(StrEnum):
    """What became of a timer."""

    PENDING = "pending"
    FIRED = "fired"
    STOPPED = "stopped"
    SUPERSEDED = "superseded"


class IncidentRow(Row, table=True):
    """An incident: scalars as columns, small values as canonical JSON; what is looked up is a column too."""

    __tablename__ = "incident"
    __table_args__ = (
        *(one_of("severity", Severity), one_of("status", Status), one_of("classification", Classification)),
        Index("ix_incident_declared_by_declared_at", "declared_by", "declared_at"),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: int
    title: str
    description: str
    severity: str
    status: str = Field(index=True)
    classification: str
    policy_hash: str
    team: str
    started_at: datetime | None
    detected_at: datetime | None
    alerted_at: datetime | None
    declared_at: datetime
    declared_by: str
    ended_at: datetime | None = Field(index=True)
    declared: str
    acknowledged: str | None
    commanded: str | None
    mitigated: str | None
    resolved: str | None
    cancelled: str | None
    cancel_reason: str | None
    facilitator: str | None
    seat: str | None
    updates: int
    cadence: str | None
    warned: str
    missed: str
    pages: str
    page_step: int
    nobody_answered_at: datetime | None
    calls: str
    withdrawn: str
    headline_at: datetime | None
    channel_id: str | None = Field(index=True)
    channel_name: str | None
    channel_refused: str
    notes: int
    regrades: str
    met_under: str
    paused: str | None
    reopened: str | None
    reopenings: int
    closed: str | None
    merged: str | None
    absorbed: str
    handing: str
    followers: str
    clock_line: str | None
    is_test: bool
    is_hosted: bool
    told_times: str
    access: str
    room: str


class RoleAssignmentRow(Row, table=True):
    """Somebody holding a role other than commander in an incident, in the order they were named."""

    __tablename__ = "role_assignment"
    __table_args__ = (one_of("role", Role),)

    incident: int = Field(primary_key=True, foreign_key="incident.number", sa_column_kwargs={"autoincrement": False})
    role: str = Field(primary_key=True)
    position: int
    person: str = Field(index=True)
    since: datetime
    named_by: str


class StatusUpdateRow(Row, table=True):
    """What people were told, once per update."""

    __tablename__ = "status_update"

    incident: int = Field(primary_key=True, foreign_key="incident.number", sa_column_kwargs={"autoincrement": False})
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    by: str
    kind: str
    now: str
    affected: str
    next: str
    due_at: datetime | None


class MemberRow(Row, table=True):
    """A person of the workspace, as last heard from Slack."""

    __tablename__ = "member"

    id: str = Field(primary_key=True)
    handle: str
    name: str
    zone: str
    is_bot: bool
    deleted: bool
    is_restricted: bool
    is_stranger: bool
    team_id: str
    heard_at: datetime


class PlaceRow(Row, table=True):
    """The Slack id of a place that policy names, or of a direct message."""

    __tablename__ = "place"

    place: str = Field(primary_key=True)
    channel: str
    heard_at: datetime


class TimerRow(Row, table=True):
    """A timer; at most one of a kind is pending per incident."""

    __tablename__ = "timer"
    __table_args__ = (
        one_of("state", TimerState),
        index_where("ix_timer_pending_due_at", "due_at", where=PENDING),
        index_where("uq_timer_pending_incident_kind", "incident", "kind", where=PENDING, unique=True),
    )

    incident: int = Field(primary_key=True, foreign_key="incident.number", sa_column_kwargs={"autoincrement": False})
    kind: str = Field(primary_key=True)
    generation: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    due_at: datetime
    state: str
    armed_at: datetime
    ended_at: datetime | None


class OutboxRow(Row, table=True):
    """Something to be delivered; `seq` is its age, `next_at` when it may be tried, `settled_at` its last end."""

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("state", DeliveryState),
        CheckConstraint("lane BETWEEN 0 AND 5", name="lane"),
        index_where("ix_outbox_owed_lane_seq", "lane", "seq", where=OWED),
        index_where("ix_outbox_home", "kind", where=HOME),
        Index("ix_outbox_channel_ts", "channel", "ts"),
    )

    seq: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    incident: int | None = Field(index=True)
    kind: str
    lane: int
    place: str
    view: str
    words: str
    needs: str
    thread_of: str | None
    people: str
    not_before: datetime | None
    state: str
    attempts: int
    fallback: int
    intent_at: datetime | None
    lease_until: datetime | None
    owner: str
    next_at: datetime
    wanted_rev: int
    sent_rev: int
    drawn: str
    file: str
    channel: str | None
    ts: str | None
    error: str
    created_at: datetime
    settled_at: datetime | None


class OutboxWaitRow(Row, table=True):
    """That an outbox row waits for another: one it needs, or the one whose thread it is in."""

    __tablename__ = "outbox_wait"

    outbox: str = Field(primary_key=True, foreign_key="outbox.id")
    waits_for: str = Field(primary_key=True, index=True)


class HandleRow(Row, table=True):
    """An opaque handle of a button; `incident` is 0 where there is none, so that the key is never null."""

    __tablename__ = "handle"
    __table_args__ = (UniqueConstraint("message", "act", "incident", "quoted"),)

    token: str = Field(primary_key=True)
    message: str
    act: str
    incident: int
    person: str
    quoted: str
    words: str
    minted_at: datetime


class RequestKeyRow(Row, table=True):
    """A delivery from Slack that changed something, and its answer."""

    __tablename__ = "request_key"

    key: str = Field(primary_key=True)
    answer: bytes
    at: datetime = Field(index=True)


class PolicyVersionRow(Row, table=True):
    """One adoption of a policy; the last one is in force."""

    __tablename__ = "policy_version"

    seq: int | None = Field(default=None, primary_key=True)
    hash: str = Field(index=True)
    bytes: bytes
    version: str
    approved_by: str
    in_force_from: datetime


class PolicyProposalRow(Row, table=True):
    """A policy somebody put into the folder; it waits for the Board, and only the last one can be adopted."""

    __tablename__ = "policy_proposal"

    seq: int | None = Field(default=None, primary_key=True)
    hash: str
    bytes: bytes
    version: str
    proposed_at: datetime
    outcome: str
    settled_by: str
    settled_at: datetime | None = None


class CounterRow(Row, table=True):
    """A number counted without gaps."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True)
    value: int


INCIDENT = table_of(IncidentRow)
ROLE_ASSIGNMENT = table_of(RoleAssignmentRow)
STATUS_UPDATE = table_of(StatusUpdateRow)
MEMBER = table_of(MemberRow)
PLACE = table_of(PlaceRow)
TIMER = table_of(TimerRow)
OUTBOX = table_of(OutboxRow)
OUTBOX_WAIT = table_of(OutboxWaitRow)
HANDLE = table_of(HandleRow)
REQUEST_KEY = table_of(RequestKeyRow)
POLICY_VERSION = table_of(PolicyVersionRow)
POLICY_PROPOSAL = table_of(PolicyProposalRow)
COUNTER = table_of(CounterRow)
METADATA = AUDIT_ENTRY.metadata
"""Of every table, those of the audit log included."""
