"""Opening, owning and migrating a database."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from storage.engine import SQLITE, open_engines, sqlite_version
from storage.locks import DatabaseInUseError, FifoLock
from storage.metadata import METADATA
from storage.schema import drift
from storage.unit_of_work import Database
from tests.storage.samples import T0, incident

ROOT = Path(__file__).resolve().parents[2]
OPEN_AND_SAY = """
import sys
from storage.unit_of_work import Database
from storage.locks import DatabaseInUseError
try:
    Database(sys.argv[1]).close()
except DatabaseInUseError as refusal:
    sys.exit(str(refusal))
"""


def open_elsewhere(url):
    """What another process that opens `url` says on leaving."""
    done = subprocess.run(
        [sys.executable, "-c", OPEN_AND_SAY, url], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stderr.strip()


def test_a_second_process_is_refused_on_sqlite(database, url, kind):
    """One process owns a SQLite file; PostgreSQL takes any number."""

    said = open_elsewhere(url)

    if kind == "sqlite":
        assert f"in use by process {os.getpid()}" in said
    else:
        assert "" == said


def test_a_closed_database_can_be_opened_again(url):
    """Closing gives the file back, even to the same process."""

    Database(url).close()
    Database(url).close()

    assert "" == open_elsewhere(url)


def test_a_link_does_not_get_round_the_lock(tmp_path):
    """The same SQLite file under another name is refused as well."""

    database = Database(f"sqlite:///{tmp_path}/one.db")
    database.migrate()
    (tmp_path / "two.db").symlink_to(tmp_path / "one.db")

    with pytest.raises(DatabaseInUseError, match="stop that one first"):
        Database(f"sqlite:///{tmp_path}/two.db")
    database.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://u@h/d"])
def test_a_url_that_will_not_do_is_refused(url):
    """A database in memory, or of another make, is refused in a sentence."""

    with pytest.raises(ValueError, match="DATABASE_URL"):
        open_engines(url)


def test_sqlite_is_set_up_to_keep_what_it_acknowledged(tmp_path):
    """The writer uses WAL with full synchronisation, neither connection maps memory, and readers only read."""

    engines = open_engines(f"sqlite:///{tmp_path}/deep/er/t.db")

    def settings(engine, *names):
        with engine.connect() as connection:
            return [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]

    assert ["wal", 2, 0, 1] == settings(engines.writer, "journal_mode", "synchronous", "mmap_size", "foreign_keys")
    assert ["wal", 0, 1] == settings(engines.reader, "journal_mode", "mmap_size", "query_only")
    engines.close()


def test_a_writer_has_the_file_from_its_first_moment(tmp_path):
    """A unit of work on SQLite holds the write lock before it reads, so that what it read is still true."""

    database = Database(f"sqlite:///{tmp_path}/t.db")
    database.migrate()

    other = SQLITE.connect(str(tmp_path / "t.db"), timeout=0)
    with database.write(), pytest.raises(SQLITE.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()
    database.close()


def test_a_paused_replica_loses_its_locks(postgres):
    """On PostgreSQL no transaction may idle, nor wait for a lock, for longer than ten seconds."""

    if postgres is None:
        pytest.skip("no PostgreSQL found")
    engines = open_engines(postgres.url("postgres"))

    with engines.writer.connect() as connection:
        shown = [
            connection.execute(text(f"SHOW {name}")).scalar()
            for name in ("idle_in_transaction_session_timeout", "lock_timeout")
        ]

    engines.close()
    assert ["10s", "10s"] == shown


def test_sqlite_is_a_build_without_the_wal_reset_bug():
    """Where the lock brings its own SQLite, it is 3.51.3 or newer."""

    pytest.importorskip("pysqlite3")

    assert (3, 51, 3) <= tuple(map(int, sqlite_version().split(".")))


def test_turns_are_given_in_the_order_asked_for():
    """Whoever waits longest is next."""

    lock, order, threads = FifoLock(), [], []

    def work(number):
        with lock:
            order.append(number)

    with lock:
        for number in range(5):
            threads.append(threading.Thread(target=work, args=(number,)))
            threads[-1].start()
            while lock.waiting <= number:
                pass
    for thread in threads:
        thread.join()

    assert list(range(5)) == order


def test_migrations_go_up_and_down_and_up(empty_url):
    """From nothing to the newest schema, back to nothing, and up again."""

    database = Database(empty_url)

    def tables():
        with database._writing() as connection:  # noqa: SLF001 - looks at the bare schema
            return set(inspect(connection).get_table_names()) - {"alembic_version"}

    assert database.version() is None
    database.migrate()
    assert set(METADATA.tables) == tables()
    newest = database.version()
    database.migrate()
    database.migrate(to="base")
    assert (set(), None) == (tables(), database.version())
    database.migrate()
    assert newest == database.version()
    with database.write() as unit:
        unit.incidents.add(incident(number=unit.incidents.next_number()))
    database.close()


def test_the_tables_are_what_the_migrations_make(database):
    """Nothing has drifted: columns, types, indexes, keys and checks are the same in both."""

    with database._writing() as connection:  # noqa: SLF001 - looks at the bare schema
        assert [] == drift(connection)
        assert declared_checks() == stored_checks(connection)
        declared = {table.name: {column.name for column in table.columns} for table in METADATA.sorted_tables}
        looked_up = inspect(connection)
        assert declared == {name: {one["name"] for one in looked_up.get_columns(name)} for name in declared}


def words_in(sql):
    """The quoted words of a constraint, whichever way the database spells it."""
    return frozenset(str(sql).split("'")[1::2])


def declared_checks():
    """Every check the tables declare: its name and its words."""
    return {
        (table.name, str(check.name), words_in(getattr(check, "sqltext", "")))
        for table in METADATA.sorted_tables
        for check in table.constraints
        if hasattr(check, "sqltext")
    }


def stored_checks(connection):
    """Every check the database has."""
    found = inspect(connection)
    return {
        (table, check["name"], words_in(check["sqltext"]))
        for table in found.get_table_names()
        for check in found.get_check_constraints(table)
    }


def test_replicas_that_start_together_do_not_collide(empty_url, kind):
    """Several processes that migrate an empty PostgreSQL at once all succeed."""

    if kind == "sqlite":
        pytest.skip("one process owns a SQLite file")
    databases = [Database(empty_url) for _ in range(4)]
    errors = []

    def migrate(one):
        try:
            one.migrate()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            errors.append(error)

    threads = [threading.Thread(target=migrate, args=(one,)) for one in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [] == errors
    with databases[0].write() as unit:
        assert 1 == unit.incidents.next_number()
        unit.places.put("incidents", "C1", now=T0)
    for one in databases:
        one.close()
