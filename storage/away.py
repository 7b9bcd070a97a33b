"""Whether an error of the database means that it does not answer, whatever was asked of it."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

SQLITE_AWAY = frozenset({5, 6, 7, 8, 10, 11, 13, 14, 15, 26})
"""SQLite's primary codes BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL and NOTADB."""

_PRIMARY = 0xFF

POSTGRES_AWAY = ("08", "53", "57P", "58", "XX")
"""How PostgreSQL's codes begin when the connection failed, it lacks room, is shutting down, or is broken itself."""

POSTGRES_AWAY_WHOLE = frozenset({"25006", "25P03", "55P03", "57014"})
"""It only reads (a standby), broke off a transaction that stood still, or a wait for a lock or a statement ran out."""


SQLITE_BROKEN = frozenset({11, 26})
"""SQLite's CORRUPT and NOTADB: no waiting mends them."""

READ_ONLY = frozenset({8, "25006"})
"""The codes of a database that only reads, which is what a reader asks of it."""


def is_broken(error: BaseException | None) -> bool:
    """Return whether the file is no SQLite database, or is one no longer."""
    code = getattr(error.orig, "sqlite_errorcode", None) if isinstance(error, DBAPIError) else None
    return code is not None and code & _PRIMARY in SQLITE_BROKEN


def is_away(error: SQLAlchemyError, *, reading: bool = False) -> bool:
    """Return whether the database did not answer: not whether what was asked of it was wrong.

    `reading` says that nothing was to be written, so that an attempt to is a mistake of ours.
    """
    if not isinstance(error, DBAPIError):
        return isinstance(error, PoolTimeoutError)
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & _PRIMARY in (SQLITE_AWAY - READ_ONLY if reading else SQLITE_AWAY)
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return state in (POSTGRES_AWAY_WHOLE - READ_ONLY if reading else POSTGRES_AWAY_WHOLE) or state.startswith(
            POSTGRES_AWAY
        )
    # Without a code it never came to a statement: nobody was there to connect to, or the connection went.
    return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
