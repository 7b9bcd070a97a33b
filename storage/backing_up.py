"""Writing everything a database holds into one file, as it stood at one moment, while the bot goes on."""

import hashlib
import os
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from storage import schema
from storage.portable import CONTENTS, Contents, TablePart, line_of, member, tables, written
from storage.verify import HEAD, reading, verify

Progress = Callable[[str, int, int], None]
"""Told how far it is: which table, how many of its rows are done, and of how many."""

BATCH = 1_000


class BackupProblem(Exception):
    """A backup cannot be made or used; the message is a sentence for the operator."""


def back_up(*, url: str, path: Path, now: datetime, progress: Progress) -> Contents:
    """Write the database at `url` to a new file at `path`, which only its owner reads, and return what is in it.

    It is one moment of the database, on SQLite as on PostgreSQL, and nobody waits for it. The file appears whole or
    not at all.

    Raises:
        BackupProblem: there is a file already, or the database has no tables yet.
        NewerSchemaError: a newer version of Tocsin made the database.
        OSError: the file cannot be written.
        SQLAlchemyError: the database does not answer.
    """
    if path.exists():
        message = f"{path} is there already. Name a file that is not, so that no backup is lost."
        raise BackupProblem(message)
    with reading(url) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")  # else each statement would see a moment of its own
        return _write(connection, path, now, progress)


def _write(connection: Connection, path: Path, now: datetime, progress: Progress) -> Contents:
    revision = schema.version(connection)
    if revision is None:
        message = "There is nothing to back up: the database has no tables yet. Run `tocsin migrate` first."
        raise BackupProblem(message)
    schema.must_be_known(revision)  # what a newer one added would be left out, and nobody would miss it
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            contents = _fill(connection, file, revision=revision, now=now, progress=progress)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return contents


def _fill(connection: Connection, file: object, *, revision: str, now: datetime, progress: Progress) -> Contents:
    verdict = verify(connection)
    head = connection.exec_driver_sql(HEAD).one()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        contents = Contents(
            revision=revision,
            made_at=now.isoformat(),
            database=connection.dialect.name,
            entries=head[0],
            leaf=head[1],
            problem=verdict.problem,
            tables=tuple(_table(connection, archive, table, progress) for table in tables()),
        )
        archive.writestr(CONTENTS, written(contents))
    return contents


def _table(connection: Connection, archive: zipfile.ZipFile, table: Table, progress: Progress) -> TablePart:
    count = connection.execute(select(func.count()).select_from(table)).scalar_one()
    mark, done = hashlib.sha256(), 0
    progress(table.name, 0, count)
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=BATCH)
    with archive.open(member(table.name), "w", force_zip64=True) as out:
        for batch in connection.execute(query).partitions():
            lines = b"".join(line_of(row) for row in batch)
            mark.update(lines)
            out.write(lines)
            done += len(batch)
            progress(table.name, done, count)
    columns = tuple(column.name for column in table.columns)
    return TablePart(name=table.name, columns=columns, rows=done, sha256=mark.hexdigest())
