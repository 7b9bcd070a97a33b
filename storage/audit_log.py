"""The append-only record: entries sealed into a hash chain, their payloads beside them."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, update

from bot.incident.history.codec import KINDS, restore
from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reading.readings import RecordCheck
from bot.ports import Entry, SealedEntry
from bot.words import ActorKind
from storage.audit_tables import AUDIT_ENTRY, AUDIT_HEAD, AUDIT_PAYLOAD
from storage.verify import verify_part

SCHEMA = 1
LOG_TYPE = "audit"
NONCE_BYTES = 32
SEALED = (
    *("log_type", "seq", "schema_v", "recorded_at", "occurred_at", "actor", "actor_kind", "action", "resource"),
    *("incident", "decision", "policy_hash", "request_id", "payload_commit", "prev_leaf"),
)
"""The columns a leaf covers, in the order it covers them: all but the leaf itself."""


# Statements asked for at every request are built once.
HEAD = select(AUDIT_HEAD).with_for_update()
HEAD_MOVED = update(AUDIT_HEAD)
ENTERED, PAYLOADS_KEPT = insert(AUDIT_ENTRY), insert(AUDIT_PAYLOAD)


class AuditStore:
    """The audit log; `entropy` gives the salt of each payload's commitment, so many bytes at a time."""

    def __init__(self, connection: Connection, *, entropy: Callable[[int], bytes]) -> None:
        self._connection = connection
        self._entropy = entropy

    def append(self, entries: Sequence[Entry], *, now: datetime) -> Sequence[SealedEntry]:
        """Seal `entries` at the end of the log and return them; numbers have no gaps, for the head row is locked."""
        if not entries:
            return []
        head = self._connection.execute(HEAD).mappings().one()
        rows, payloads, leaf = [], [], head["leaf"]
        for seq, entry in enumerate(entries, start=head["seq"] + 1):
            nonce = self._entropy(NONCE_BYTES)
            row = seal(entry, seq=seq, now=now, nonce=nonce, prev_leaf=leaf)
            leaf = row["leaf"]
            rows.append(row)
            payloads.append({"seq": seq, "bytes": entry.payload, "nonce": nonce, "subject": entry.subject})
        self._connection.execute(ENTERED, rows)
        self._connection.execute(PAYLOADS_KEPT, payloads)
        self._connection.execute(HEAD_MOVED, {"seq": rows[-1]["seq"], "leaf": leaf})
        return [
            SealedEntry(seq=row["seq"], leaf=row["leaf"], recorded_at=now, entry=entry)
            for row, entry in zip(rows, entries, strict=True)
        ]

    def events(self, incident: int) -> Sequence[Event]:
        """Return what happened to `incident`, in order, those entries aside whose payload was erased."""
        query = (
            select(AUDIT_ENTRY.c.action, AUDIT_PAYLOAD.c.bytes)
            .join(AUDIT_PAYLOAD, AUDIT_PAYLOAD.c.seq == AUDIT_ENTRY.c.seq)
            .where(AUDIT_ENTRY.c.incident == incident, AUDIT_ENTRY.c.decision == "allow")
            .order_by(AUDIT_ENTRY.c.seq)
        )
        return [restore(action, payload) for action, payload in self._connection.execute(query) if action in KINDS]

    def part(self, incident: int, *, actions: Sequence[str], start: int, limit: int) -> Sequence[Event]:
        """Return up to `limit` events of `incident` past the first `start`, in order; no `actions` means every one."""
        told = select(AUDIT_ENTRY.c.action, AUDIT_PAYLOAD.c.bytes).select_from(TOLD)
        query = told.where(_tells(incident, actions)).order_by(AUDIT_ENTRY.c.seq).offset(start).limit(limit)
        return [restore(action, payload) for action, payload in self._connection.execute(query)]

    def size(self, incident: int, *, actions: Sequence[str] = ()) -> int:
        """Return how many events `part` could give."""
        query = select(func.count()).select_from(TOLD).where(_tells(incident, actions))
        return int(self._connection.execute(query).scalar_one())

    def leaf(self, incident: int, *, place: int) -> str:
        """Return the leaf hash of the event of `incident` at `place`, from 1; "" where there is none."""
        told = select(AUDIT_ENTRY.c.leaf).select_from(TOLD).where(_tells(incident, ()))
        query = told.order_by(AUDIT_ENTRY.c.seq).offset(max(0, place - 1)).limit(1)
        return str(self._connection.execute(query).scalar() or "")

    def people(self, incident: int) -> int:
        """Return how many people did something on the record of `incident`."""
        told = _tells(incident, ()) & (AUDIT_ENTRY.c.actor_kind == ActorKind.PERSON.value)
        query = select(func.count(AUDIT_ENTRY.c.actor.distinct())).select_from(TOLD).where(told)
        return int(self._connection.execute(query).scalar_one())

    def check(self, incident: Incident) -> RecordCheck:
        """Return whether the entries of `incident` verify: each unaltered, in its place in the chain, none missing."""
        first_bad = verify_part(self._connection, incident=incident.number, events=incident.version)
        return RecordCheck(ok=first_bad is None, first_bad=first_bad)

    def entries(self, *, incident: int | None = None, after: int = 0, limit: int = 1000) -> Sequence[SealedEntry]:
        """Return up to `limit` entries past number `after`, of one `incident` or all; erased payloads are empty."""
        query: Select[Any] = select(AUDIT_ENTRY, AUDIT_PAYLOAD.c.bytes, AUDIT_PAYLOAD.c.subject).outerjoin(
            AUDIT_PAYLOAD, AUDIT_PAYLOAD.c.seq == AUDIT_ENTRY.c.seq
        )
        query = query.where(AUDIT_ENTRY.c.seq > after).order_by(AUDIT_ENTRY.c.seq).limit(limit)
        if incident is not None:
            query = query.where(AUDIT_ENTRY.c.incident == incident)
        return [_sealed_of(row) for row in self._connection.execute(query).mappings()]

    def began(self) -> datetime | None:
        """Return when the first entry was recorded, or None while there is none."""
        first = select(AUDIT_ENTRY.c.recorded_at).order_by(AUDIT_ENTRY.c.seq).limit(1)
        recorded = self._connection.execute(first).scalar()
        return datetime.fromisoformat(recorded) if recorded else None

    def count(self) -> int:
        """Return how many entries there are."""
        return int(self._connection.execute(select(func.count()).select_from(AUDIT_ENTRY)).scalar_one())

    def lately(self, *, actions: Sequence[str], decision: str, since: datetime, limit: int) -> Sequence[Entry]:
        """Return up to `limit` entries recorded at `since` or later, newest first; erased payloads are empty."""
        query: Select[Any] = select(AUDIT_ENTRY, AUDIT_PAYLOAD.c.bytes, AUDIT_PAYLOAD.c.subject).outerjoin(
            AUDIT_PAYLOAD, AUDIT_PAYLOAD.c.seq == AUDIT_ENTRY.c.seq
        )
        wanted = (AUDIT_ENTRY.c.recorded_at >= moment(since)) & (AUDIT_ENTRY.c.decision == decision)
        if actions:
            wanted &= AUDIT_ENTRY.c.action.in_(actions)
        rows = self._connection.execute(query.where(wanted).order_by(AUDIT_ENTRY.c.seq.desc()).limit(limit))
        return [_sealed_of(row).entry for row in rows.mappings()]

    def denied(self) -> int:
        """Return how many entries record a refusal."""
        refused = select(func.count()).select_from(AUDIT_ENTRY).where(AUDIT_ENTRY.c.decision == "deny")
        return int(self._connection.execute(refused).scalar_one())


TOLD = AUDIT_ENTRY.join(AUDIT_PAYLOAD, AUDIT_PAYLOAD.c.seq == AUDIT_ENTRY.c.seq)
"""Entries whose payload was not erased."""


def _tells(incident: int, actions: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that an entry is an event of `incident`, of one of `actions` if there are any."""
    shown = AUDIT_ENTRY.c.action.in_(list(actions) or sorted(KINDS))
    return (AUDIT_ENTRY.c.incident == incident) & (AUDIT_ENTRY.c.decision == "allow") & shown


def seal(entry: Entry, *, seq: int, now: datetime, nonce: bytes, prev_leaf: str) -> dict[str, Any]:
    """Return the row of `entry` at place `seq`, recorded `now`, chained to the leaf before it."""
    row: dict[str, Any] = {
        "log_type": LOG_TYPE,
        "seq": seq,
        "schema_v": SCHEMA,
        "recorded_at": moment(now),
        "occurred_at": moment(entry.occurred_at),
        "actor": entry.actor,
        "actor_kind": entry.actor_kind.value,
        "action": entry.action,
        "resource": entry.resource,
        "incident": entry.incident,
        "decision": entry.decision,
        "policy_hash": entry.policy_hash,
        "request_id": entry.request_id,
        "payload_commit": hashlib.sha256(b"\x02" + nonce + entry.payload).hexdigest(),
        "prev_leaf": prev_leaf,
    }
    return {**row, "leaf": leaf_of(row)}


def leaf_of(row: Mapping[str, Any]) -> str:
    """Return the RFC 6962 leaf hash, hex, of an entry: each column as its length in bytes, a colon, and its text.

    A number is its decimal digits; a missing incident is the lone sign "~", which no length begins with.
    """
    encoded = b"".join(_field(row[name]) for name in SEALED)
    return hashlib.sha256(b"\x00" + encoded).hexdigest()


def moment(at: datetime) -> str:
    """Return `at` in UTC as ISO-8601 with microseconds, always equally long (G7.1)."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _field(value: str | int | None) -> bytes:
    if value is None:
        return b"~"
    text = str(value).encode()
    return b"%d:%b" % (len(text), text)


def _sealed_of(row: Mapping[Any, Any]) -> SealedEntry:
    entry = Entry(
        action=row["action"],
        actor=row["actor"],
        actor_kind=ActorKind(row["actor_kind"]),
        resource=row["resource"],
        incident=row["incident"],
        decision=row["decision"],
        occurred_at=datetime.fromisoformat(row["occurred_at"]),
        policy_hash=row["policy_hash"],
        request_id=row["request_id"],
        payload=row["bytes"] or b"",
        subject=row["subject"] or "",
    )
    recorded_at = datetime.fromisoformat(row["recorded_at"])
    return SealedEntry(seq=row["seq"], leaf=row["leaf"], recorded_at=recorded_at, entry=entry)
