"""Verifying the audit log from its stored bytes, sharing no code with what wrote it."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, make_url, text

try:
    import pysqlite3 as sqlite_driver  # as the bot's: two SQLite libraries in one process undo each other's locks
except ImportError:
    import sqlite3 as sqlite_driver

ROWS = """
SELECT e.log_type, e.seq, e.schema_v, e.recorded_at, e.occurred_at, e.actor, e.actor_kind, e.action, e.resource,
       e.incident, e.decision, e.policy_hash, e.request_id, e.payload_commit, e.prev_leaf, e.leaf, p.nonce, p.bytes
FROM audit_entry e LEFT JOIN audit_payload p ON p.seq = e.seq ORDER BY e.seq
"""
PART = """
SELECT e.log_type, e.seq, e.schema_v, e.recorded_at, e.occurred_at, e.actor, e.actor_kind, e.action, e.resource,
       e.incident, e.decision, e.policy_hash, e.request_id, e.payload_commit, e.prev_leaf, e.leaf, p.nonce, p.bytes,
       earlier.leaf, later.prev_leaf
FROM audit_entry e
LEFT JOIN audit_payload p ON p.seq = e.seq
LEFT JOIN audit_entry earlier ON earlier.seq = e.seq - 1
LEFT JOIN audit_entry later ON later.seq = e.seq + 1
WHERE e.incident = :incident ORDER BY e.seq
"""
HEAD = "SELECT seq, leaf FROM audit_head"
BATCH = 5_000
CONNECT_S = 10
FIRST = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many `entries` were found good before the first bad one, and what is wrong with it in a sentence."""

    entries: int
    ok: bool
    first_bad: int | None = None
    problem: str = ""


def verify(source: str | Connection) -> Verdict:
    """Return whether the audit log at `source`, a database URL or an open connection, is whole and unaltered (G7.2).

    Erased payloads are in order; an altered, missing, added or reordered entry is not, nor an altered payload. Entries
    cut off the end together with a head rewritten to match need a checkpoint kept elsewhere to be noticed.
    """
    if isinstance(source, Connection):
        return _verify(source)
    with reading(source) as connection:
        return _verify(connection)


def verify_rows(rows: Iterable[Any], *, head: tuple[int, str] | None) -> Verdict:
    """Return whether `rows`, as the query of this module gives them, make a log that ends at `head`."""
    seq, last = 0, FIRST
    for row in rows:
        problem = _problem(row, expected=seq + 1, last=last)
        if problem:
            return Verdict(entries=seq, ok=False, first_bad=seq + 1, problem=problem)
        seq, last = row[1], row[15]
    if head is None:
        return Verdict(entries=seq, ok=False, problem="the head of the log is missing")
    if head[0] != seq:
        problem = f"the log ends at entry {seq}, but its head says entry {head[0]}"
        return Verdict(entries=seq, ok=False, first_bad=seq + 1, problem=problem)
    if head[1] != last:
        problem = f"entry {seq} is not the one the head of the log was sealed with"
        return Verdict(entries=seq, ok=False, first_bad=seq, problem=problem)
    return Verdict(entries=seq, ok=True)


def verify_part(connection: Connection, *, incident: int, events: int) -> int | None:
    """Return the place, from 1, of the first entry of `incident` that does not verify, or None when all do.

    Each must match its leaf and its payload and stand between its neighbours in the chain; of the entries that changed
    the incident there must be at least `events`.
    """
    head = connection.exec_driver_sql(HEAD).first()
    rows = connection.execute(text(PART), {"incident": incident}).all()
    for place, row in enumerate(rows, start=1):
        before = FIRST if row[1] == 1 else row[18]
        sealed = row[19] == row[15] if row[19] is not None else head is not None and tuple(head) == (row[1], row[15])
        if not sealed or _problem(row, expected=row[1], last=before):
            return place
    changing = sum(row[10] == "allow" for row in rows)
    return None if changing >= events else len(rows) + 1


def _problem(row: Any, *, expected: int, last: str) -> str:  # noqa: ANN401 - whatever the database holds
    if row[1] != expected:
        return f"entry {expected} is missing"
    if row[14] != last:
        return f"entry {expected} does not follow from the entry before it"
    if row[15] != hashlib.sha256(_leaf_input(row)).hexdigest():
        return f"entry {expected} was altered: its leaf does not match its columns"
    nonce, payload = row[16], row[17]
    if payload is not None and row[13] != hashlib.sha256(b"\x02" + bytes(nonce) + bytes(payload)).hexdigest():
        return f"the payload of entry {expected} was altered: it does not match its commitment"
    return ""


def _leaf_input(row: Any) -> bytes:  # noqa: ANN401
    kind, seq, schema, recorded, occurred, actor, actor_kind, action, resource = row[:9]
    incident, decision, policy, request, commit, previous = row[9:15]
    seq, schema = str(seq), str(schema)
    about = "~" if incident is None else f"{len(str(incident))}:{incident}"
    text = (
        f"\0{len(kind)}:{kind}{len(seq)}:{seq}{len(schema)}:{schema}{len(recorded)}:{recorded}"
        f"{len(occurred)}:{occurred}{len(actor)}:{actor}{len(actor_kind)}:{actor_kind}{len(action)}:{action}"
        f"{len(resource)}:{resource}{about}{len(decision)}:{decision}{len(policy)}:{policy}"
        f"{len(request)}:{request}{len(commit)}:{commit}{len(previous)}:{previous}"
    )
    return text.encode() if text.isascii() else _measured_in_bytes(row[:15])


def _measured_in_bytes(columns: Iterable[Any]) -> bytes:
    parts = [b"\x00"]
    for column in columns:
        if column is None:
            parts.append(b"~")
        else:
            encoded = str(column).encode()
            parts += [str(len(encoded)).encode(), b":", encoded]
    return b"".join(parts)


def _verify(connection: Connection) -> Verdict:
    head = connection.exec_driver_sql(HEAD).first()
    with connection.exec_driver_sql(ROWS, execution_options={"yield_per": BATCH}) as rows:
        return verify_rows(rows, head=None if head is None else (head[0], head[1]))


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """Open the database at `url` for reading only, beside whoever owns it."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    engine = _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)
    with engine.connect() as connection:
        yield connection


def _sqlite(url: URL) -> Engine:
    read_only = url.set(database=f"file:{url.database}", query={"mode": "ro", "uri": "true"})
    return create_engine(read_only, module=sqlite_driver, poolclass=NullPool, hide_parameters=True)


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_S},
    )
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
