"""One transaction at a time: the database, and the unit of work it opens."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from bot.ports import LostRaceError, StoreAwayError
from storage import schema
from storage.audit_log import AuditStore
from storage.away import is_away
from storage.denials import DenialStore
from storage.engine import open_engines
from storage.handles import HandleStore
from storage.incidents import IncidentStore
from storage.members import MemberStore
from storage.outbox import OutboxStore
from storage.places import PlaceStore
from storage.policies import PolicyStore
from storage.presence import PresenceStore
from storage.requests import RequestStore
from storage.signing_keys import SigningKeyStore
from storage.timers import TimerStore

Entropy = Callable[[int], bytes]

LOST_RACES = frozenset({"40001", "40P01", "23505"})
"""PostgreSQL's serialization_failure, deadlock_detected and unique_violation."""


class UnitOfWork:
    """The stores over one open transaction."""

    def __init__(self, connection: Connection, *, entropy: Entropy, locking: bool) -> None:
        self.incidents = IncidentStore(connection, locking=locking)
        self.audit = AuditStore(connection, entropy=entropy)
        self.timers = TimerStore(connection, locking=locking)
        self.outbox = OutboxStore(connection)
        self.requests = RequestStore(connection)
        self.handles = HandleStore(connection, entropy=entropy)
        self.members = MemberStore(connection)
        self.places = PlaceStore(connection)
        self.policies = PolicyStore(connection)
        self.denials = DenialStore(connection)
        self.presence = PresenceStore(connection)
        self.signing_keys = SigningKeyStore(connection, entropy=entropy)


class Database:
    """A database by its URL; `entropy` gives so many random bytes at a time, and is an argument for simulations.

    Raises:
        DatabaseInUseError: another process owns the SQLite file.
        AddressProblem: the URL names neither a SQLite file nor PostgreSQL.
    """

    def __init__(self, url: str, *, entropy: Entropy = secrets.token_bytes) -> None:
        self._engines = open_engines(url)
        self._entropy = entropy

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """Open a unit of work that commits when its block ends well and rolls back when it raises.

        Raises:
            LostRaceError: another transaction was first; begin again.
            StoreAwayError: the database does not answer; in doubt where it went while it committed.
        """
        with self._writing() as connection:
            yield UnitOfWork(connection, entropy=self._entropy, locking=True)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Open a unit of work that sees one moment of the database and cannot change it.

        Raises:
            StoreAwayError: the database does not answer.
        """
        try:
            with self._engines.reader.connect() as connection, connection.begin():
                yield UnitOfWork(connection, entropy=self._entropy, locking=False)
        except SQLAlchemyError as error:
            if is_away(error, reading=True):
                raise StoreAwayError(type(error).__name__) from error
            raise

    def migrate(self, *, to: str = "head") -> None:
        """Bring the schema to the revision `to`: "head", or "base" to remove it all."""
        with self._writing() as connection:
            schema.migrate(connection, to=to)

    def version(self) -> str | None:
        """Return the revision the schema is at, or None before the first."""
        with self._engines.reader.connect() as connection, connection.begin():
            return schema.version(connection)

    def close(self) -> None:
        """Close every connection and give the SQLite file back."""
        self._engines.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        committing = False
        try:
            with self._engines.turn, self._engines.writer.begin() as connection:
                yield connection
                committing = True
        except SQLAlchemyError as error:
            if _is_lost_race(error):
                message = "another transaction was first"
                raise LostRaceError(message) from error
            if is_away(error):
                raise StoreAwayError(type(error).__name__, in_doubt=committing) from error
            raise


def _is_lost_race(error: SQLAlchemyError) -> bool:
    if not isinstance(error, DBAPIError):
        return False
    if getattr(error.orig, "sqlstate", None) in LOST_RACES:
        return True
    return isinstance(error, IntegrityError) and "UNIQUE constraint failed" in str(error.orig)
