"""Timers as rows: armed, fired, stopped, superseded."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)

from bot.incident.reacting.effects import TimerChange, TimerOp
from bot.ports import TimerRow
from storage.tables import INCIDENT, PENDING, TIMER, TimerState

LATE_INCIDENT: ColumnElement[int] = literal_column("timer.incident + 0", Integer).label("incident")
"""The sum keeps SQLite from grouping along the primary key, which would read every timer instead of the due ones."""


def _late() -> Select[Any]:
    oldest, passed = func.min(TIMER.c.due_at).label("due_at"), TIMER.c.due_at <= bindparam("now")
    overdue = select(LATE_INCIDENT, oldest).select_from(TIMER).where(text(PENDING), passed)
    late = overdue.group_by(LATE_INCIDENT).subquery()
    query = select(INCIDENT.c.number).join(late, late.c.incident == INCIDENT.c.number)
    return query.order_by(late.c.due_at, INCIDENT.c.number).limit(bindparam("most"))


# Statements asked for many times a minute are built once.
LATE = _late()
LATE_LOCKED = LATE.with_for_update(of=INCIDENT, skip_locked=True)
ENDED = update(TIMER).where(TIMER.c.incident == bindparam("its"), TIMER.c.kind == bindparam("which"), text(PENDING))
LAST = select(func.max(TIMER.c.generation)).where(
    TIMER.c.incident == bindparam("its"), TIMER.c.kind == bindparam("which")
)
ARMED = insert(TIMER)
NEXT = select(TIMER.c.due_at).where(text(PENDING)).order_by(TIMER.c.due_at).limit(1)


class TimerStore:
    """Timers: (incident, kind, generation), at most one pending per incident and kind."""

    def __init__(self, connection: Connection, *, locking: bool) -> None:
        self._connection = connection
        self._locking = locking

    def change(self, incident: int, changes: Iterable[TimerChange], *, now: datetime) -> None:
        """Carry out `changes` in order; a timer that no longer runs stays as it ended."""
        for change in changes:
            match change.op:
                case TimerOp.ARM:
                    self._end(incident, change.kind, TimerState.SUPERSEDED, now=now)
                    self._arm(incident, change, now=now)
                case TimerOp.FIRE:
                    self._end(incident, change.kind, TimerState.FIRED, now=now)
                case TimerOp.STOP:
                    self._end(incident, change.kind, TimerState.STOPPED, now=now)
                case TimerOp.SUPERSEDE:
                    self._end(incident, change.kind, TimerState.SUPERSEDED, now=now)
                case _:
                    assert_never(change.op)

    def due(self, *, now: datetime, limit: int) -> Sequence[int]:
        """Return up to `limit` incidents with a pending timer due by `now`, the longest overdue first.

        In a unit that writes, on PostgreSQL, their incident rows are locked for this transaction, those others hold
        left out: every transaction locks the incident first, so a tick and a press never wait for each other crosswise.
        """
        query = LATE_LOCKED if self._locking else LATE
        return list(self._connection.execute(query, {"now": now, "most": limit}).scalars())

    def next_due(self) -> datetime | None:
        """Return when the next pending timer falls due, or None."""
        return self._connection.execute(NEXT).scalar()

    def of(self, incident: int) -> Sequence[TimerRow]:
        """Return every timer `incident` ever had, by kind and generation."""
        return self._rows(select(TIMER).where(TIMER.c.incident == incident))

    def pending(self, incident: int) -> Sequence[TimerRow]:
        """Return the timers of `incident` that run."""
        return self._rows(select(TIMER).where(TIMER.c.incident == incident, text(PENDING)))

    def counted(self, *, now: datetime) -> tuple[int, int]:
        """Return how many timers run, and how many of them are due by `now`."""
        count = select(func.count()).select_from(TIMER).where(text(PENDING))
        due = count.where(TIMER.c.due_at <= now)
        return int(self._connection.execute(count).scalar_one()), int(self._connection.execute(due).scalar_one())

    def everything(self) -> Sequence[TimerRow]:
        """Return every timer there ever was, by incident, kind and generation."""
        return self._rows(select(TIMER))

    def _rows(self, query: Select[Any]) -> Sequence[TimerRow]:
        ordered = query.order_by(TIMER.c.incident, TIMER.c.kind, TIMER.c.generation)
        return [TimerRow(**row) for row in self._connection.execute(ordered).mappings()]

    def _end(self, incident: int, kind: str, state: TimerState, *, now: datetime) -> None:
        ended = {"state": state.value, "ended_at": now}
        self._connection.execute(ENDED, {"its": incident, "which": kind, **ended})

    def _arm(self, incident: int, change: TimerChange, *, now: datetime) -> None:
        last = self._connection.execute(LAST, {"its": incident, "which": change.kind}).scalar() or 0
        row = {"incident": incident, "kind": change.kind, "generation": last + 1, "due_at": change.due_at}
        self._connection.execute(ARMED, {**row, "state": TimerState.PENDING.value, "armed_at": now})
