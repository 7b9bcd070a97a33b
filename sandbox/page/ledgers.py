"""What the bot tells of its own books, as the inspector shows it: what it still owes Slack, and its audit log."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sandbox.page.reader import Reader

MOST_LINES = 60
_ID = re.compile(r"\b[UCDG][A-Z0-9]{5,}\b")
_LEAF = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One row of the bot's outbox: `due` (aware) is when it is tried, or was last; `place` may hold Slack's ids.

    `state` is the bot's own word; `is_open` says that it is still to be sent, `is_bad` that it never will be.
    """

    kind: str
    place: str
    state: str
    tries: int
    due: datetime
    incident: int | None = None
    error: str = ""
    is_open: bool = False
    is_bad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One entry of the bot's audit log: its number, when (aware), who (an id or a word), what, and the leaf's hash."""

    seq: int
    at: datetime
    who: str
    action: str
    leaf: str
    incident: int | None = None
    denied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedRow:
    """An outbox row in the reader's words and zone."""

    due: str
    kind: str
    place: str
    state: str
    tries: int
    incident: str
    error: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedRow:
    """An audit entry in the reader's words and zone."""

    seq: int
    at: str
    who: str
    action: str
    incident: str
    leaf: str
    denied: bool


def outbox_shown(reader: Reader, rows: Sequence[Owed]) -> list[OwedRow]:
    """The rows, those that are still owed or dead first, otherwise the newest first."""
    newest = list(reversed(rows))
    waiting = [row for row in newest if row.is_open or row.is_bad]
    ordered = waiting + [row for row in newest if not (row.is_open or row.is_bad)]
    return [
        OwedRow(
            due=reader.clock_time(row.due, seconds=True),
            kind=row.kind,
            place=named(reader, row.place),
            state=row.state,
            tries=row.tries,
            incident=_incident(row.incident),
            error=row.error,
            mark="bad" if row.is_bad else "pending" if row.is_open else "",
        )
        for row in ordered[:MOST_LINES]
    ]


def audit_shown(reader: Reader, entries: Sequence[Recorded]) -> list[RecordedRow]:
    """The entries, the newest first."""
    newest = sorted(entries, key=lambda entry: entry.seq, reverse=True)
    return [
        RecordedRow(
            seq=entry.seq,
            at=reader.clock_time(entry.at, seconds=True),
            who=named(reader, entry.who),
            action=entry.action,
            incident=_incident(entry.incident),
            leaf=entry.leaf[:_LEAF],
            denied=entry.denied,
        )
        for entry in newest[:MOST_LINES]
    ]


def named(reader: Reader, words: str) -> str:
    """`words` with the names of the people and channels whose ids stand in them; unknown ids stay as they are."""
    workspace = reader.workspace

    def name(found: re.Match[str]) -> str:
        channel = workspace.channels.get(found[0])
        return reader.label_of(channel) if channel is not None else reader.name_of(found[0])

    return _ID.sub(name, words)


def _incident(number: int | None) -> str:
    return f"INC-{number}" if number is not None else ""
