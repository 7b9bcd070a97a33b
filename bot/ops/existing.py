"""Whether there is a Tocsin where DATABASE_URL points: only `migrate`, `run`, `demo` and `restore` make one."""

from bot.ops.sqlite_file import sqlite_file
from storage import schema
from storage.address import parsed
from storage.verify import reading

WAY_ON = "Go where the bot runs, or run `tocsin migrate` first."

BROKEN = "The file that DATABASE_URL names is no SQLite database, or is damaged."
BROKEN_MEND = "Move it away and put a backup in its place: `tocsin restore`."


class NoDatabaseError(Exception):
    """There is nothing to read yet; the message says where it was looked for."""


def must_exist(url: str) -> str:
    """Return the revision of the database at `url`; nothing is made there.

    Raises:
        NoDatabaseError: there is no such SQLite file, or Tocsin has no tables in the database.
        SQLAlchemyError: it does not answer.
        AddressProblem: the URL names neither a SQLite file nor PostgreSQL.
    """
    parsed(url)
    path = sqlite_file(url)
    if path and not path.exists():
        message = f"There is no database at {path.resolve()}. {WAY_ON}"
        raise NoDatabaseError(message)
    with reading(url) as connection:
        revision = schema.version(connection)
    if revision is None:
        message = f"There is no Tocsin in {path.resolve() if path else 'the database of DATABASE_URL'}. {WAY_ON}"
        raise NoDatabaseError(message)
    return revision


def must_be_current(url: str) -> None:
    """Raise as `must_exist` does, and where another version of Tocsin made the tables.

    Raises:
        NewerSchemaError: a newer version did.
        NoDatabaseError: an older one did.
    """
    revision = must_exist(url)
    schema.must_be_known(revision)
    if revision != schema.newest():
        message = f"The database is at schema {revision}; this Tocsin needs {schema.newest()}. Run `tocsin migrate`."
        raise NoDatabaseError(message)
