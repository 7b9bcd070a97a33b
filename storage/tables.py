"""The tables of incidents, the people and places around them, and their timers."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from bot.words import Classification, Role, Severity, Status
from storage.base import Row, index_where, one_of, table_of

PENDING = "state = 'pending'"


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
    exceptions: str
    room: str
    confirmation: str | None
    playbook: str
    climb: str | None
    unrest: str
    staffing: str
    asked: str
    sharing: str
    away: str | None
    spooled_as: str


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
    until: datetime | None
    before: str | None


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


class CounterRow(Row, table=True):
    """A number counted without gaps."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True)
    value: int


class PresenceRow(Row, table=True):
    """When Tocsin was last seen in any process, and the absence that open incidents are still to be told of."""

    __tablename__ = "presence"

    name: str = Field(primary_key=True)
    seen_at: datetime
    away_since: datetime | None
    away_until: datetime | None


INCIDENT = table_of(IncidentRow)
ROLE_ASSIGNMENT = table_of(RoleAssignmentRow)
STATUS_UPDATE = table_of(StatusUpdateRow)
MEMBER = table_of(MemberRow)
PLACE = table_of(PlaceRow)
TIMER = table_of(TimerRow)
COUNTER = table_of(CounterRow)
PRESENCE = table_of(PresenceRow)
