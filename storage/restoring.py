"""Putting a backup into a database, of either make, after everything about the file was checked."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Integer, Table, delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from storage import schema
from storage.backing_up import BATCH, BackupProblem, Progress
from storage.engine import open_engines
from storage.portable import CONTENTS, LONGEST_CONTENTS, Contents, TablePart, member, row_of, tables, understood
from storage.verify import verify

CHUNK = 1024 * 1024
BEGINNINGS = frozenset({"audit_head", "counter"})
"""Tables whose first rows come with the schema: they say nothing of whether anything was written yet."""

OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'tocsin' AND pid <> pg_backend_pid()
"""


def examine(path: Path, *, progress: Progress) -> Contents:
    """Return what the backup at `path` holds, once every byte of it was checked; nothing is changed.

    Raises:
        BackupProblem: the file is no backup, is damaged, or was made by another version.
        OSError: it cannot be read.
    """
    with _opened(path) as archive:
        contents = _contents(archive, path)
        _must_be_ours(contents)
        for part in contents.tables:
            _must_be_whole(archive, part, path, progress)
    return contents


def restore(*, path: Path, url: str, replace: bool, unverified: bool, progress: Progress) -> Contents:
    """Put the backup at `path` into the database at `url`, all of it or nothing, and return what it holds.

    `replace` throws away what the database holds; `unverified` takes a backup whose audit log does not verify.

    Raises:
        BackupProblem: the file cannot be used, the database holds something, a bot uses it, or the audit log does not
            verify afterwards; the database is then as it was.
        DatabaseInUseError: another process owns the SQLite file.
        SQLAlchemyError: the database does not answer.
    """
    contents = examine(path, progress=progress)
    engines = open_engines(url)
    try:
        with engines.turn, engines.writer.begin() as connection, _opened(path) as archive:
            _make_room(connection, replace=replace)
            for part, table in zip(contents.tables, tables(), strict=True):
                _fill(connection, archive, part, table, progress)
            _count_on(connection)
            _must_verify(connection, contents, unverified=unverified)
    finally:
        engines.close()
    return contents


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as wrong:
        message = f"{path} is no backup of Tocsin's, or only a part of one. Take another."
        raise BackupProblem(message) from wrong


def _contents(archive: zipfile.ZipFile, path: Path) -> Contents:
    try:
        with archive.open(CONTENTS) as file:
            return understood(file.read(LONGEST_CONTENTS))
    except (KeyError, ValueError, TypeError, AttributeError) as wrong:
        message = f"{path} is no backup of Tocsin's."
        raise BackupProblem(message) from wrong


def _must_be_ours(contents: Contents) -> None:
    newest = schema.newest()
    if contents.revision != newest:
        message = (
            f"The backup was made at schema {contents.revision}, and this Tocsin knows {newest}. Restore it with the "
            "version that made it, then upgrade with `tocsin migrate`."
        )
        raise BackupProblem(message)
    ours = {table.name: tuple(column.name for column in table.columns) for table in tables()}
    if ours != {part.name: part.columns for part in contents.tables}:
        message = "Another version of Tocsin made this backup: its tables are not this one's. Restore it with that one."
        raise BackupProblem(message)


def _must_be_whole(archive: zipfile.ZipFile, part: TablePart, path: Path, progress: Progress) -> None:
    mark, rows = hashlib.sha256(), 0
    progress(f"checking {part.name}", 0, part.rows)
    try:
        with archive.open(member(part.name)) as file:
            while chunk := file.read(CHUNK):
                mark.update(chunk)
                rows += chunk.count(b"\n")
    except KeyError:
        rows = -1
    if (rows, mark.hexdigest()) != (part.rows, part.sha256):
        message = f"{path} is damaged or was altered: its table {part.name} is not what was written. Take another."
        raise BackupProblem(message)
    progress(f"checking {part.name}", rows, part.rows)


def _make_room(connection: Connection, *, replace: bool) -> None:
    if connection.dialect.name == "postgresql" and connection.execute(text(OTHERS)).scalar_one():
        message = "A bot or another command uses this database. Stop every replica first."
        raise BackupProblem(message)
    if replace and schema.version(connection) is not None:
        schema.migrate(connection, to="base")
    schema.migrate(connection)
    if not replace and _holds_something(connection):
        message = "The database holds something already. Name an empty one, or lose what it holds with --replace."
        raise BackupProblem(message)
    for table in reversed(tables()):
        if table.name in BEGINNINGS:
            connection.execute(delete(table))


def _holds_something(connection: Connection) -> bool:
    for table in tables():
        if table.name not in BEGINNINGS and connection.execute(select(func.count()).select_from(table)).scalar_one():
            return True
    return False


def _fill(connection: Connection, archive: zipfile.ZipFile, part: TablePart, table: Table, progress: Progress) -> None:
    done, columns = 0, list(table.columns)
    progress(table.name, 0, part.rows)
    try:
        with archive.open(member(part.name)) as file:
            while lines := list(islice(file, BATCH)):
                connection.execute(insert(table), [row_of(line, columns) for line in lines])
                done += len(lines)
                progress(table.name, done, part.rows)
    except (ValueError, TypeError, StatementError, DBAPIError) as wrong:
        message = f"The backup's table {table.name} holds what no database of Tocsin's takes. Nothing was changed."
        raise BackupProblem(message) from wrong


def _count_on(connection: Connection) -> None:
    """Let numbers that the database gives itself go on after the last; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        for column in table.primary_key:
            if not isinstance(column.type, Integer) or column.foreign_keys:
                continue
            sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
            if sequence is not None:
                last = connection.scalar(select(func.max(column)))
                connection.execute(select(func.setval(sequence, last or 1, last is not None)))


def _must_verify(connection: Connection, contents: Contents, *, unverified: bool) -> None:
    verdict = verify(connection)
    if not verdict.ok and not unverified:
        message = (
            f"The audit log in the backup does not verify: {verdict.problem}. Nothing was changed. Take another, "
            "or restore this one all the same with --unverified."
        )
        raise BackupProblem(message)
    if verdict.ok and verdict.entries != contents.entries:
        message = f"The backup says it holds {contents.entries} audit entries, and holds {verdict.entries}."
        raise BackupProblem(message)
