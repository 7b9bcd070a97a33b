"""The tables of the audit log."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from bot.words import ActorKind
from storage.base import Row, one_of, table_of


class AuditEntryRow(Row, table=True):
    """One line of the audit log; never changed, never deleted. Times are ISO-8601 in UTC (G7.1), hashes hex."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        CheckConstraint("log_type = 'audit'", name="log_type"),
        CheckConstraint("decision IN ('allow', 'deny')", name="decision"),
        one_of("actor_kind", ActorKind),
    )

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    log_type: str
    schema_v: int
    recorded_at: str = Field(index=True)
    occurred_at: str
    actor: str
    actor_kind: str
    action: str
    resource: str
    incident: int | None = Field(index=True)
    decision: str
    policy_hash: str
    request_id: str
    payload_commit: str
    prev_leaf: str
    leaf: str


class AuditPayloadRow(Row, table=True):
    """What an audit entry tells, which may be erased without breaking any proof."""

    __tablename__ = "audit_payload"

    seq: int = Field(primary_key=True, foreign_key="audit_entry.seq", sa_column_kwargs={"autoincrement": False})
    nonce: bytes
    bytes: bytes
    subject: str = Field(index=True)


class AuditHeadRow(Row, table=True):
    """The end of the audit log, one row, locked by whoever appends; `frontier` is the Merkle tree's, empty so far."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int
    leaf: str
    frontier: str


class DenialRow(Row, table=True):
    """How often one person was denied in the window that runs for them."""

    __tablename__ = "denial"

    actor: str = Field(primary_key=True)
    since: datetime
    written: int
    skipped: int


AUDIT_ENTRY = table_of(AuditEntryRow)
AUDIT_PAYLOAD = table_of(AuditPayloadRow)
AUDIT_HEAD = table_of(AuditHeadRow)
DENIAL = table_of(DenialRow)
