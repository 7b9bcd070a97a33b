"""Engines made from a database URL: one writer and many readers, on SQLite or PostgreSQL."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event

from storage.address import parsed
from storage.locks import FifoLock, FileLock

try:
    import pysqlite3 as sqlite_driver  # a SQLite without the WAL-reset bug of 3.7.0 to 3.51.2
except ImportError:
    import sqlite3 as sqlite_driver

SQLITE: ModuleType = sqlite_driver
"""The SQLite library; nothing in this process may open the file by another, for their locks undo each other's."""

POOL = 8
BUSY_MS = 10_000
PATIENCE = "10s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """How to reach the database: `turn` is entered around every write, `close` gives everything back."""

    writer: Engine
    reader: Engine
    turn: AbstractContextManager[object]
    close: Callable[[], None]


def open_engines(url: str) -> Engines:
    """Return the engines for `url`: `sqlite:///path` or `postgresql://…`.

    Raises:
        DatabaseInUseError: another process owns the SQLite file.
        AddressProblem: the URL names neither a SQLite file nor PostgreSQL.
    """
    named = parsed(url)
    return _sqlite(named) if named.get_backend_name() == "sqlite" else _postgresql(named)


def _postgresql(url: URL) -> Engines:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=POOL,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"application_name": "tocsin", "connect_timeout": 10},
    )
    event.listen(engine, "connect", _never_hold_others_up)
    event.listen(engine, "handle_error", _hide_values)
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(writer=engine, reader=reader, turn=nullcontext(), close=engine.dispose)


def _never_hold_others_up(driver: Any, _record: object) -> None:  # noqa: ANN401 - psycopg may not be installed
    """Let a replica that was paused inside a transaction lose its locks, and nobody wait for one for ever."""
    driver.execute(f"SET idle_in_transaction_session_timeout = '{PATIENCE}'")
    driver.execute(f"SET lock_timeout = '{PATIENCE}'")
    driver.commit()


def _sqlite(url: URL) -> Engines:
    path = Path(str(url.database)).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    path.touch(mode=0o600)  # incidents are for this account's eyes
    writer = _sqlite_engine(path, size=1, begin="BEGIN IMMEDIATE", pragmas=("journal_mode=wal", "synchronous=full"))
    reader = _sqlite_engine(path, size=POOL, begin="BEGIN", pragmas=("query_only=on",))

    def close() -> None:
        reader.dispose()  # first, so that the last connection, which checkpoints, is the writer's
        writer.dispose()
        lock.release()

    return Engines(writer=writer, reader=reader, turn=FifoLock(), close=close)


def _sqlite_engine(path: Path, *, size: int, begin: str, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=SQLITE,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    settings = (f"busy_timeout={BUSY_MS}", "foreign_keys=on", "recursive_triggers=on", "mmap_size=0", *pragmas)

    def prepare(driver: Any, _record: object) -> None:  # noqa: ANN401 - either sqlite3's or pysqlite3's connection
        driver.isolation_level = None
        for setting in settings:
            driver.execute(f"pragma {setting}")

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    event.listen(engine, "handle_error", _hide_values)
    return engine


def _hide_values(context: ExceptionContext) -> None:
    """Keep what was written out of errors: PostgreSQL tells the row in the lines after the first (G6.2)."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def sqlite_version() -> str:
    """Return the version of the SQLite library in use, such as "3.53.4"."""
    return str(SQLITE.sqlite_version)
