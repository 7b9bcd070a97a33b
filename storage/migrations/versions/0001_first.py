"""The first schema: incidents, the audit log, timers, the outbox, and what goes with them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OWED = "state IN ('pending', 'intent', 'in_doubt') OR (state = 'sent' AND sent_rev < wanted_rev)"

HEAD = {"id": 1, "seq": 0, "leaf": "0" * 64, "frontier": ""}

SQLITE_TRIGGERS = """
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END
;;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END
;;
CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'audit entries are never replaced'); END
;;
CREATE TRIGGER audit_payload_no_update BEFORE UPDATE ON audit_payload
BEGIN SELECT RAISE(ABORT, 'audit payloads are erased, never changed'); END
;;
CREATE TRIGGER audit_payload_no_replace BEFORE INSERT ON audit_payload
WHEN EXISTS (SELECT 1 FROM audit_payload WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'audit payloads are erased, never replaced'); END
"""

POSTGRESQL_TRIGGERS = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is never changed' USING ERRCODE = 'restrict_violation'; END $$
;;
CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_refuse()
;;
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
;;
CREATE TRIGGER audit_payload_no_change BEFORE UPDATE ON audit_payload
FOR EACH ROW EXECUTE FUNCTION audit_refuse()
"""

TABLES = (
    *("outbox_wait", "outbox", "timer", "status_update", "role_assignment", "incident", "audit_payload", "audit_entry"),
    *("audit_head", "member", "place", "handle", "request_key", "policy_version", "policy_proposal"),
    *("counter", "denial", "signing_key", "presence"),
)


def upgrade() -> None:
    """Create every table, the audit log's guards, and the rows that counting starts from."""
    _incident()
    _incident_lists()
    _audit()
    _timer()
    _outbox()
    _people()
    _keys()
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for trigger in (POSTGRESQL_TRIGGERS if on_postgresql else SQLITE_TRIGGERS).split(";;"):
        op.execute(trigger.strip())
    op.bulk_insert(sa.table("audit_head", *_number("id", "seq"), *_text("leaf", "frontier")), [HEAD])
    op.bulk_insert(sa.table("counter", *_text("name"), *_number("value")), [{"name": "incident", "value": 0}])


def downgrade() -> None:
    """Remove it all."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_refuse()")


def _text(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(), nullable=null) for name in names]


def _number(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), autoincrement=False, nullable=null) for name in names]


def _time(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=null) for name in names]


def _bytes(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]


def _one_of(column: str, *words: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def _index_where(name: str, table: str, columns: list[str], *, where: str, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _incident() -> None:
    op.create_table(
        "incident",
        *_number("number", "version"),
        *_text("title", "description", "severity", "status", "classification", "policy_hash", "team"),
        *_time("started_at", "detected_at", "alerted_at", null=True),
        *_time("declared_at"),
        *_text("declared_by", "declared"),
        *_text("acknowledged", "commanded", "mitigated", "resolved", "cancelled", null=True),
        *_text("cancel_reason", "facilitator", "seat", "cadence", null=True),
        *(sa.Column(flag, sa.Boolean(), nullable=False) for flag in ("is_test", "is_hosted")),
        *_number("updates", "page_step", "notes", "reopenings"),
        *_text("warned", "missed", "pages", "calls", "withdrawn", "channel_refused"),
        *_text("regrades", "met_under", "absorbed", "handing", "followers", "told_times", "access", "room", "unrest"),
        *_text("playbook", "staffing", "asked", "exceptions", "sharing", "spooled_as"),
        *_text("paused", "reopened", "closed", "merged", "clock_line", "climb", "confirmation", "away", null=True),
        *_time("nobody_answered_at", "headline_at", "ended_at", null=True),
        *_text("channel_id", "channel_name", null=True),
        _one_of("severity", "sev1", "sev2", "sev3", "sev4"),
        _one_of("status", "declared", "acknowledged", "mitigated", "resolved", "closed", "cancelled", "merged"),
        _one_of("classification", "public", "internal", "confidential", "restricted"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_incident_status", "incident", ["status"])
    op.create_index("ix_incident_ended_at", "incident", ["ended_at"])
    op.create_index("ix_incident_channel_id", "incident", ["channel_id"])
    op.create_index("ix_incident_declared_by_declared_at", "incident", ["declared_by", "declared_at"])


def _incident_lists() -> None:
    leads = ("communications lead", "scribe", "security lead", "legal counsel", "customer advocate")
    op.create_table(
        "role_assignment",
        *_number("incident", "position"),
        *_text("role", "person", "named_by"),
        *_time("since"),
        *_time("until", null=True),
        *_text("before", null=True),
        _one_of("role", "commander", "deputy", *leads),
        sa.ForeignKeyConstraint(["incident"], ["incident.number"]),
        sa.PrimaryKeyConstraint("incident", "role"),
    )
    op.create_index("ix_role_assignment_person", "role_assignment", ["person"])
    op.create_table(
        "status_update",
        *_number("incident", "number"),
        *_time("at"),
        *_text("by", "kind", "now", "affected", "next"),
        *_time("due_at", null=True),
        sa.ForeignKeyConstraint(["incident"], ["incident.number"]),
        sa.PrimaryKeyConstraint("incident", "number"),
    )


def _audit() -> None:
    op.create_table(
        "audit_entry",
        *_number("seq", "schema_v"),
        *_text("log_type", "recorded_at", "occurred_at", "actor", "actor_kind", "action", "resource"),
        *_number("incident", null=True),
        *_text("decision", "policy_hash", "request_id", "payload_commit", "prev_leaf", "leaf"),
        sa.CheckConstraint("log_type = 'audit'", name="log_type"),
        _one_of("decision", "allow", "deny"),
        _one_of("actor_kind", "person", "clock", "operator", "tocsin"),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_audit_entry_recorded_at", "audit_entry", ["recorded_at"])
    op.create_index("ix_audit_entry_incident", "audit_entry", ["incident"])
    op.create_table(
        "audit_payload",
        *_number("seq"),
        *_bytes("bytes", "nonce"),
        *_text("subject"),
        sa.ForeignKeyConstraint(["seq"], ["audit_entry.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_audit_payload_subject", "audit_payload", ["subject"])
    op.create_table(
        "audit_head",
        *_number("id", "seq"),
        *_text("leaf", "frontier"),
        sa.CheckConstraint("id = 1", name="one_row"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "denial",
        *_text("actor"),
        *_time("since"),
        *_number("written", "skipped"),
        sa.PrimaryKeyConstraint("actor"),
    )


def _timer() -> None:
    op.create_table(
        "timer",
        *_number("incident", "generation"),
        *_text("kind", "state"),
        *_time("due_at", "armed_at"),
        *_time("ended_at", null=True),
        _one_of("state", "pending", "fired", "stopped", "superseded"),
        sa.ForeignKeyConstraint(["incident"], ["incident.number"]),
        sa.PrimaryKeyConstraint("incident", "kind", "generation"),
    )
    pending = "state = 'pending'"
    _index_where("ix_timer_pending_due_at", "timer", ["due_at"], where=pending)
    _index_where("uq_timer_pending_incident_kind", "timer", ["incident", "kind"], where=pending, unique=True)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), nullable=False),
        *_text("id", "kind", "place", "view", "words", "needs", "people", "state", "owner", "error", "drawn", "file"),
        *_number("lane", "attempts", "fallback", "wanted_rev", "sent_rev"),
        *_number("incident", null=True),
        *_text("thread_of", "channel", "ts", null=True),
        *_time("not_before", "intent_at", "lease_until", "settled_at", null=True),
        *_time("next_at", "created_at"),
        _one_of("state", "pending", "intent", "in_doubt", "sent", "skipped", "dead"),
        sa.CheckConstraint("lane BETWEEN 0 AND 5", name="lane"),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_outbox_incident", "outbox", ["incident"])
    op.create_index("ix_outbox_channel_ts", "outbox", ["channel", "ts"])
    _index_where("ix_outbox_owed_lane_seq", "outbox", ["lane", "seq"], where=OWED)
    _index_where("ix_outbox_home", "outbox", ["kind"], where="kind = 'home'")
    op.create_table(
        "outbox_wait",
        *_text("outbox", "waits_for"),
        sa.ForeignKeyConstraint(["outbox"], ["outbox.id"]),
        sa.PrimaryKeyConstraint("outbox", "waits_for"),
    )
    op.create_index("ix_outbox_wait_waits_for", "outbox_wait", ["waits_for"])


def _people() -> None:
    flags = ("is_bot", "deleted", "is_restricted", "is_stranger")
    op.create_table(
        "member",
        *_text("id", "handle", "name", "zone", "team_id"),
        *(sa.Column(flag, sa.Boolean(), nullable=False) for flag in flags),
        *_time("heard_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table("place", *_text("place", "channel"), *_time("heard_at"), sa.PrimaryKeyConstraint("place"))


def _keys() -> None:
    op.create_table(
        "handle",
        *_text("token", "message", "act", "person", "quoted", "words"),
        *_number("incident"),
        *_time("minted_at"),
        sa.PrimaryKeyConstraint("token"),
        sa.UniqueConstraint("message", "act", "incident", "quoted"),
    )
    op.create_table("request_key", *_text("key"), *_bytes("answer"), *_time("at"), sa.PrimaryKeyConstraint("key"))
    op.create_index("ix_request_key_at", "request_key", ["at"])
    op.create_table(
        "policy_version",
        sa.Column("seq", sa.Integer(), nullable=False),
        *_text("hash", "version", "approved_by"),
        *_bytes("bytes"),
        *_time("in_force_from"),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_policy_version_hash", "policy_version", ["hash"])
    op.create_table(
        "policy_proposal",
        sa.Column("seq", sa.Integer(), nullable=False),
        *_text("hash", "version", "outcome", "settled_by"),
        *_bytes("bytes"),
        *_time("proposed_at"),
        *_time("settled_at", null=True),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table("counter", *_text("name"), *_number("value"), sa.PrimaryKeyConstraint("name"))
    op.create_table("signing_key", *_text("name"), *_bytes("key"), *_time("made_at"), sa.PrimaryKeyConstraint("name"))
    op.create_table(
        "presence",
        *_text("name"),
        *_time("seen_at"),
        *_time("away_since", "away_until", null=True),
        sa.PrimaryKeyConstraint("name"),
    )
