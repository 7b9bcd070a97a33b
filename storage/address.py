"""Reading DATABASE_URL: which database it names, or what is wrong with it."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

WRITE = "Write sqlite:///path or postgresql://user@host/name."


class AddressProblem(ValueError):
    """DATABASE_URL names no database that can be used; the message says why, and in a second sentence what to do."""


def parsed(url: str) -> URL:
    """Return what `url` names: a SQLite file, there or not, or a PostgreSQL.

    Raises:
        AddressProblem: it names neither.
    """
    try:
        named = make_url(url.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError) as wrong:
        message = f"DATABASE_URL names no database. {WRITE}"
        raise AddressProblem(message) from wrong
    make = named.get_backend_name()
    if make not in {"sqlite", "postgresql"}:
        message = f"DATABASE_URL names {make}, which Tocsin does not know. {WRITE}"
        raise AddressProblem(message)
    if make == "sqlite":
        _must_be_a_file(named)
    return named


def _must_be_a_file(named: URL) -> None:
    if not named.database or named.database == ":memory:":
        message = "DATABASE_URL names a SQLite in memory, which is lost on restart. Write sqlite:///path."
        raise AddressProblem(message)
    if Path(named.database).is_dir():
        message = (
            f"DATABASE_URL names {Path(named.database).resolve()}, which is a folder. Write sqlite:///path/tocsin.db."
        )
        raise AddressProblem(message)
