"""The few statements that SQLite and PostgreSQL spell through different constructs of SQLAlchemy."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Values = Mapping[str, Any]


def inserting(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an insert into `table` that knows ON CONFLICT, in the words of the database `dialect`."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def upsert(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Write `rows` by primary key: new ones are added, the others overwritten."""
    if not rows:
        return
    statement = inserting(connection.dialect.name, table)
    keys = [column.name for column in table.primary_key]
    fresh = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=fresh), list(rows))


def dumps(value: object) -> str:
    """Return `value` as canonical JSON: sorted keys, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
