"""The backup file: a zip of one JSON document a row, table by table, with what is needed to check it before use."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, DateTime, LargeBinary, Table

from storage.metadata import METADATA

FORMAT = 1
CONTENTS = "backup.json"
"""The member that says what the others hold; it is written last, so that a file cut short lacks it."""

LONGEST_CONTENTS = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart:
    """One table in the file: its columns in the order of each row, how many rows, and the SHA-256 of them, hex."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a backup holds: the schema's `revision`, when and from which make of database it was made.

    `entries` are those of the audit log and `leaf` its last hash; `problem` is what was wrong with it when the backup
    was made, "" for a log that verified.
    """

    revision: str
    made_at: str
    database: str
    entries: int
    leaf: str
    problem: str
    tables: tuple[TablePart, ...]


def tables() -> Sequence[Table]:
    """Return every table, those that others point to first."""
    return METADATA.sorted_tables


def member(name: str) -> str:
    """Return the name under which a table stands in the file."""
    return f"tables/{name}.jsonl"


def line_of(row: Sequence[Any]) -> bytes:
    """Return one row as a line: times in ISO 8601, bytes in base64."""
    return json.dumps([_out(value) for value in row], ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def row_of(line: bytes, columns: Sequence[Column[Any]]) -> Mapping[str, Any]:
    """Return the row a line holds, by column; ValueError when it holds none of these columns."""
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(columns):
        message = "a row has not as many values as its table has columns"
        raise ValueError(message)
    return {column.name: _in(column, value) for column, value in zip(columns, values, strict=True)}


def written(contents: Contents) -> bytes:
    """Return the member that says what the file holds."""
    return json.dumps({"tocsin_backup": FORMAT, **asdict(contents)}, indent=1).encode()


def understood(document: bytes) -> Contents:
    """Return what the member says; ValueError, KeyError or TypeError when it is none of ours."""
    said = json.loads(document)
    if said.pop("tocsin_backup") != FORMAT:
        message = "another format"
        raise ValueError(message)
    parts = tuple(TablePart(**{**part, "columns": tuple(part["columns"])}) for part in said.pop("tables"))
    return Contents(**said, tables=parts)


def _out(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value.isoformat() if isinstance(value, datetime) else value


def _in(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    if value is None:
        return None
    plain = getattr(column.type, "impl", column.type)  # SQLModel wraps what it stores
    if isinstance(plain, LargeBinary):
        return base64.b64decode(value, validate=True)
    return datetime.fromisoformat(value) if isinstance(plain, DateTime) else value
