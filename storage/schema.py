"""The schema's versions: up, down, which one it is, and whether the tables have drifted from it."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.metadata import METADATA

MIGRATION_LOCK = 7_305_816_243
"""A number for PostgreSQL's advisory lock that nothing else in the database uses."""


_MIGRATIONS = str(Path(__file__).parent / "migrations")


class NewerSchemaError(Exception):
    """The database was made by a version of Tocsin that came after this one; the message says what to do."""


def migrate(connection: Connection, *, to: str = "head") -> None:
    """Bring the schema to the revision `to`, "head" or "base"; processes that start together wait for the first.

    Raises:
        NewerSchemaError: this version does not know the revision the database is at.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(
            text("SET LOCAL idle_in_transaction_session_timeout = 0")
        )  # reading revisions takes its time
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK})
    must_be_known(version(connection))
    if to == "base":
        command.downgrade(_config(connection), to)
    else:
        command.upgrade(_config(connection), to)


def version(connection: Connection) -> str | None:
    """Return the revision the schema is at, or None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """Return the revision this Tocsin brings a database to."""
    return str(ScriptDirectory(_MIGRATIONS).get_current_head())


def is_known(revision: str | None) -> bool:
    """Return whether this version can bring a database from `revision` (None: no tables yet) to the newest."""
    return revision is None or revision in {one.revision for one in ScriptDirectory(_MIGRATIONS).walk_revisions()}


def must_be_known(revision: str | None) -> None:
    """Raise NewerSchemaError when this version does not know `revision`."""
    if not is_known(revision):
        message = (
            f"The database is at schema {revision}, which this Tocsin does not know: a newer one was here. "
            "Run that version; to go back, restore the backup that was made before it."
        )
        raise NewerSchemaError(message)


def drift(connection: Connection) -> list[Any]:
    """Return what the tables declare and the schema lacks, or the reverse; empty when they agree."""
    return list(compare_metadata(MigrationContext.configure(connection), METADATA))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", _MIGRATIONS)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
