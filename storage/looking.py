"""Looking at a database without owning it: its make, its schema, and the policy in force."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import inspect

from storage import schema
from storage.engine import sqlite_version
from storage.policies import PolicyStore
from storage.verify import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a database shows: its `make` with version, its schema's revision, and the newest this version knows.

    `revision` is None before the first, `is_known` whether this version can go on from it; `in_force` are the hash and
    the files, by name, of the policy in force.
    """

    make: str
    revision: str | None
    newest: str
    is_known: bool
    in_force: tuple[str, Mapping[str, bytes]] | None


def look(url: str) -> Look:
    """Return what the database at `url` shows; it may be in use. SQLAlchemyError when it does not answer."""
    with reading(url) as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        version = sqlite_version() if on_sqlite else ".".join(map(str, connection.dialect.server_version_info or ()))
        has_policy = inspect(connection).has_table("policy_version")
        revision = schema.version(connection)
        return Look(
            make=f"{'SQLite' if on_sqlite else 'PostgreSQL'} {version}",
            revision=revision,
            is_known=schema.is_known(revision),
            newest=schema.newest(),
            in_force=PolicyStore(connection).in_force() if has_policy else None,
        )
