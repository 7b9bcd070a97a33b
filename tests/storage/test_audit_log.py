"""The audit log is gapless, guarded by triggers, and its verifier finds every way of tampering with it."""

import hashlib
import time
from dataclasses import replace

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from bot.incident.history.note_events import NoteAdded
from bot.ports import SealedEntry
from bot.words import ActorKind
from storage.audit_log import leaf_of, seal
from storage.engine import SQLITE
from storage.verify import Verdict, verify
from tests.storage.samples import MINUTE, T0, declared, entry, incident

GUARDS = {
    "sqlite": [
        "DROP TRIGGER audit_entry_no_update",
        "DROP TRIGGER audit_entry_no_delete",
        "DROP TRIGGER audit_payload_no_update",
        "PRAGMA foreign_keys=off",
    ],
    "postgresql": [
        "ALTER TABLE audit_entry DISABLE TRIGGER USER",
        "ALTER TABLE audit_payload DISABLE TRIGGER USER",
        "ALTER TABLE audit_payload DROP CONSTRAINT fk_audit_payload_seq_audit_entry",
    ],
}


@pytest.fixture
def written(database, url):
    """The URL of a database with five entries."""
    with database.write() as unit:
        unit.audit.append([entry(declared())], now=T0)
        unit.audit.append([entry(NoteAdded(at=T0, by="U0ADA", words=f"Nöte {n}")) for n in range(3)], now=T0)
        unit.audit.append([entry(number=None, decision="deny", actor_kind=ActorKind.CLOCK, resource="übung")], now=T0)
    return url


def outsider(url, **options):
    """Somebody who has got at the database, by the same SQLite library, for two in one process undo each other."""
    module = {"module": SQLITE} if url.startswith("sqlite") else {}
    return create_engine(url, poolclass=NullPool, **module, **options)


def execute(url, *statements):
    """Run `statements` as somebody who has got at the database."""
    engine = outsider(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_entries_are_numbered_and_given_back_sealed(database):
    """Appending returns each entry with its number and its leaf, and reading gives the same."""

    entries = [entry(), entry(number=None, subject="U0EVE")]

    with database.write() as unit:
        sealed = unit.audit.append(entries, now=T0)

    with database.read() as unit:
        assert [
            SealedEntry(seq=n, leaf=s.leaf, recorded_at=T0, entry=e)
            for n, s, e in zip([1, 2], sealed, entries, strict=True)
        ] == list(sealed)
        assert list(sealed) == list(unit.audit.entries())
        assert list(sealed[1:]) == list(unit.audit.entries(after=1))
        assert list(sealed[:1]) == list(unit.audit.entries(incident=1))
        assert list(sealed[:1]) == list(unit.audit.entries(limit=1))


def test_appending_nothing_changes_nothing(database):
    """An empty append is allowed and leaves the log as it was."""

    with database.write() as unit:
        assert [] == list(unit.audit.append([], now=T0))
    with database.read() as unit:
        assert 0 == unit.audit.count()


def test_a_leaf_is_what_the_documents_say():
    """The leaf is SHA-256 over a zero byte and every column with its length, the commitment salted (RFC 6962)."""

    row = seal(entry(number=None, payload=b"{}", resource="ü"), seq=7, now=T0, nonce=b"n" * 32, prev_leaf="f" * 64)

    at = "32:2026-03-14T09:26:53.589793+00:00"
    commit = hashlib.sha256(b"\x02" + b"n" * 32 + b"{}").hexdigest()
    columns = (
        f"5:audit1:71:1{at}{at}5:U0ADA6:person19:incident.note_added2:ü~5:allow8:pppppppp2:r164:{commit}64:{'f' * 64}"
    )
    assert hashlib.sha256(b"\x00" + columns.encode()).hexdigest() == row["leaf"]


@pytest.mark.parametrize("column", ["log_type", "actor", "incident", "prev_leaf", "payload_commit"])
def test_every_column_enters_the_leaf(column):
    """Changing one column changes the leaf."""

    row = seal(entry(), seq=1, now=T0, nonce=b"n" * 32, prev_leaf="0" * 64)

    assert leaf_of(row | {column: "9"}) != row["leaf"]


def test_only_what_happened_is_replayed(database):
    """Denials, other incidents' events and erased ones are not among an incident's events."""

    note = NoteAdded(at=T0, by="U0ADA", words="mine")
    with database.write() as unit:
        unit.audit.append(
            [entry(note), entry(note, number=2), entry(note, decision="deny"), entry(note, action="report.read")],
            now=T0,
        )

    with database.read() as unit:
        assert [note] == list(unit.audit.events(1))
        assert (4, 1) == (unit.audit.count(), unit.audit.denied())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'U0EVE' WHERE seq = 2",
        "DELETE FROM audit_entry WHERE seq = 5",
        "UPDATE audit_payload SET bytes = nonce WHERE seq = 2",
    ],
)
def test_the_database_refuses_to_change_the_log(written, statement):
    """Updates and deletes of entries, and updates of payloads, are refused by the database itself."""

    with pytest.raises(DBAPIError, match="never"):
        execute(written, "DELETE FROM audit_payload WHERE seq = 5", statement)

    assert Verdict(entries=5, ok=True) == verify(written)


def test_an_entry_cannot_be_replaced(written, kind):
    """SQLite's INSERT OR REPLACE and PostgreSQL's TRUNCATE are refused too."""

    sneaky = {
        "sqlite": "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 2",
        "postgresql": "TRUNCATE audit_entry CASCADE",
    }

    with pytest.raises(DBAPIError, match="never"):
        execute(written, sneaky[kind])

    assert verify(written).ok


def test_a_whole_log_verifies(written, database):
    """An untouched log is good, while the bot has it open, and so is an empty one."""

    assert Verdict(entries=5, ok=True) == verify(written)


def test_an_empty_log_verifies(database, url):
    """A log without entries is whole."""

    assert Verdict(entries=0, ok=True) == verify(url)


def test_erasing_payloads_leaves_the_log_whole(written, database):
    """A payload deleted with its nonce breaks no proof, and its entry reads as empty."""

    execute(written, "DELETE FROM audit_payload WHERE seq IN (2, 5)")

    assert Verdict(entries=5, ok=True) == verify(written)
    with database.read() as unit:
        assert [b"", b""] == [unit.audit.entries()[index].entry.payload for index in (1, 4)]
        assert 3 == len(unit.audit.events(1))


TAMPERINGS = {
    "a column": (["UPDATE audit_entry SET actor = 'U0EVE' WHERE seq = 2"], 2, "altered"),
    "a number": (["UPDATE audit_entry SET incident = 2 WHERE seq = 3"], 3, "altered"),
    "a null": (["UPDATE audit_entry SET incident = 1 WHERE seq = 5"], 5, "altered"),
    "the time": (
        ["UPDATE audit_entry SET occurred_at = replace(occurred_at, '09:', '08:') WHERE seq = 4"],
        4,
        "altered",
    ),
    "a shift": (
        ["UPDATE audit_entry SET action = action || '1', resource = substr(resource, 2) WHERE seq = 2"],
        2,
        "altered",
    ),
    "a leaf": (["UPDATE audit_entry SET leaf = prev_leaf WHERE seq = 2"], 2, "altered"),
    "a chain": (["UPDATE audit_entry SET prev_leaf = leaf WHERE seq = 3"], 3, "follow"),
    "a payload": (["UPDATE audit_payload SET bytes = nonce WHERE seq = 4"], 4, "payload"),
    "a nonce": (["UPDATE audit_payload SET nonce = bytes WHERE seq = 4"], 4, "payload"),
    "the first": (["DELETE FROM audit_entry WHERE seq = 1"], 1, "missing"),
    "a middle row": (["DELETE FROM audit_entry WHERE seq = 3"], 3, "missing"),
    "the last": (["DELETE FROM audit_entry WHERE seq = 5"], 5, "head"),
    "the order": (
        [
            "UPDATE audit_entry SET seq = 9 WHERE seq = 2",
            "UPDATE audit_entry SET seq = 2 WHERE seq = 3",
            "UPDATE audit_entry SET seq = 3 WHERE seq = 9",
        ],
        2,
        "follow",
    ),
    "the head": (["UPDATE audit_head SET leaf = 'f'"], 5, "head"),
    "the head's number": (["UPDATE audit_head SET seq = 4"], 6, "head"),
    "no head": (["DELETE FROM audit_head"], None, "head"),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_found(written, kind, what):
    """Whoever gets past the triggers is found out, and the first bad entry named."""

    statements, first_bad, word = TAMPERINGS[what]

    execute_unguarded(written, kind, statements)

    verdict = verify(written)
    assert (False, first_bad) == (verdict.ok, verdict.first_bad)
    assert word in verdict.problem


def execute_unguarded(url, kind, statements):
    """Run `statements` with the triggers out of the way."""
    engine = outsider(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in [*GUARDS[kind], *statements]:
            connection.execute(text(statement))


def test_a_resealed_entry_breaks_the_chain(written, kind):
    """Whoever alters an entry and computes its leaf anew is found at the entry after it."""

    engine = outsider(written, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in GUARDS[kind]:
            connection.execute(text(statement))
        row = dict(connection.execute(text("SELECT * FROM audit_entry WHERE seq = 3")).mappings().one())
        forged = leaf_of(row | {"actor": "U0EVE"})
        reseal = text("UPDATE audit_entry SET actor = 'U0EVE', leaf = :leaf WHERE seq = 3")
        connection.execute(reseal, {"leaf": forged})

    verdict = verify(written)
    assert (False, 4) == (verdict.ok, verdict.first_bad)


def test_a_part_of_the_log_is_read(written, database):
    """Pages and counts are of one incident, of some kinds of events, refusals aside."""

    with database.read() as unit:
        page = unit.audit.part(1, actions=(), start=1, limit=2)
        notes = unit.audit.size(1, actions=("incident.note_added",))
        whole, people, nothing = unit.audit.size(1), unit.audit.people(1), unit.audit.size(2)

    assert ["Nöte 0", "Nöte 1"] == [event.words for event in page]
    assert (3, 4, 1, 0) == (notes, whole, people, nothing)


def checked(database, *, version=4):
    """Return what checking incident 1 at `version` finds: whether it is good, and the first bad place."""
    with database.read() as unit:
        found = unit.audit.check(replace(incident(), version=version))
    return found.ok, found.first_bad


def test_lately(database):
    """What was recorded since then, newest first, allowed or denied, of some actions or all, so many at most."""

    with database.write() as unit:
        unit.audit.append([entry(number=1)], now=T0)
        unit.audit.append([entry(number=number, decision="deny") for number in (2, 3)], now=T0 + MINUTE)
        unit.audit.append([entry(number=4), entry(number=5, action="other")], now=T0 + 2 * MINUTE)

        def found(decision="allow", since=T0, limit=9, actions=()):
            entries = unit.audit.lately(actions=actions, decision=decision, since=since, limit=limit)
            return [one.incident for one in entries]

        assert [5, 4, 1] == found()
        assert [5, 4] == found(since=T0 + MINUTE)
        assert [4, 1] == found(actions=["incident.note_added"])
        assert [3, 2] == found("deny")
        assert [3] == found("deny", limit=1)


def test_one_incidents_record_is_checked(written, database):
    """Whole and unaltered it verifies, although other entries stand behind it."""

    assert (True, None) == checked(database)


ALTERED = [
    ("UPDATE audit_entry SET actor = 'U0EVE' WHERE seq = 3", 3),
    ("UPDATE audit_entry SET prev_leaf = 'x' WHERE seq = 5", 4),
    ("UPDATE audit_entry SET leaf = 'x' WHERE seq = 2", 2),
    ("UPDATE audit_payload SET bytes = nonce WHERE seq = 1", 1),
    ("DELETE FROM audit_entry WHERE seq = 2", 1),
    ("DELETE FROM audit_entry WHERE seq > 3", 3),
    ("DELETE FROM audit_entry WHERE incident = 1", 1),
]


@pytest.mark.parametrize(("statement", "place"), ALTERED)
def test_what_was_altered_is_found_in_one_incidents_record(written, database, kind, statement, place):
    """Changed, removed or moved: the first entry that does not verify is named by its place."""

    execute(written, *GUARDS[kind], statement)

    assert (False, place) == checked(database)


def test_a_long_record_is_read_and_checked_fast(database):
    """2,000 entries: a page from the middle and the check together stay far below what Slack waits."""

    with database.write() as unit:
        for _ in range(20):
            unit.audit.append([entry(NoteAdded(at=T0, by="U0ADA", words="Rolled back")) for _ in range(100)], now=T0)
    began = time.perf_counter()
    with database.read() as unit:
        unit.audit.part(1, actions=(), start=1000, limit=15)
        found = unit.audit.check(replace(incident(), version=2000))

    assert found.ok
    assert time.perf_counter() - began < 1
