"""The tables of what goes out to Slack, and of what came in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from bot.ports import DeliveryState
from storage.base import Row, index_where, one_of, table_of

OWED = "state IN ('pending', 'intent', 'in_doubt') OR (state = 'sent' AND sent_rev < wanted_rev)"
"""What makes an outbox row unfinished; claims repeat it word for word so that the partial index serves them."""

HOME = "kind = 'home'"
"""What makes an outbox row somebody's own page; they are all drawn again when something changes."""


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


class SigningKeyRow(Row, table=True):
    """A key of Tocsin's own, made by the first process that needed it."""

    __tablename__ = "signing_key"

    name: str = Field(primary_key=True)
    key: bytes
    made_at: datetime


OUTBOX = table_of(OutboxRow)
OUTBOX_WAIT = table_of(OutboxWaitRow)
HANDLE = table_of(HandleRow)
REQUEST_KEY = table_of(RequestKeyRow)
SIGNING_KEY = table_of(SigningKeyRow)
