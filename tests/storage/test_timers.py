"""Timers as rows: generations, ends, and who is due first."""

import pytest

from bot.incident.reacting.effects import TimerChange, TimerOp
from bot.ports import TimerRow
from tests.storage.samples import MINUTE, SECOND, T0, incident

ARM, FIRE, STOP, SUPERSEDE = TimerOp


def change(database, *changes, number=1, at=T0):
    """Carry out `changes`, pairs of what and when due in minutes, on timers of kind "update"."""
    listed = [TimerChange(op=op, kind="update", due_at=T0 + minutes * MINUTE) for op, minutes in changes]
    with database.write() as unit:
        if unit.incidents.get(number) is None:
            unit.incidents.add(incident(number=number))
        unit.timers.change(number, listed, now=at)


@pytest.mark.parametrize(("op", "state"), [(FIRE, "fired"), (STOP, "stopped"), (SUPERSEDE, "superseded")])
def test_a_timer_ends_once(database, op, state):
    """A timer ends as it was told, at that time, and a second end changes nothing."""

    change(database, (ARM, 15))
    change(database, (op, 15), at=T0 + SECOND)
    change(database, (STOP, 15), at=T0 + MINUTE)

    expected = TimerRow(
        incident=1,
        kind="update",
        generation=1,
        due_at=T0 + 15 * MINUTE,
        state=state,
        armed_at=T0,
        ended_at=T0 + SECOND,
    )
    with database.read() as unit:
        assert [expected] == list(unit.timers.of(1))


def test_generations_count_on(database):
    """Moving a timer bumps its generation; changes are carried out in order; one is pending at most."""

    change(database, (ARM, 15), (SUPERSEDE, 15), (ARM, 20), (FIRE, 20), (ARM, 25), (ARM, 30))

    with database.read() as unit:
        rows = [(row.generation, (row.due_at - T0) / MINUTE, row.state) for row in unit.timers.of(1)]
    assert [(1, 15, "superseded"), (2, 20, "fired"), (3, 25, "superseded"), (4, 30, "pending")] == rows


def test_kinds_and_incidents_do_not_meet(database):
    """A timer is ended only for its own incident and kind."""

    change(database, (ARM, 1), number=1)
    change(database, (ARM, 2), number=2)
    with database.write() as unit:
        unit.timers.change(1, [TimerChange(op=ARM, kind="acknowledge", due_at=T0)], now=T0)
        unit.timers.change(1, [TimerChange(op=FIRE, kind="acknowledge", due_at=T0)], now=T0)

    with database.read() as unit:
        rows = [(row.incident, row.kind, row.state) for row in unit.timers.everything()]
    assert [(1, "acknowledge", "fired"), (1, "update", "pending"), (2, "update", "pending")] == rows


def test_the_longest_overdue_is_first(database):
    """Due incidents come once each, the longest overdue first, never early, up to the limit."""

    for number, minutes in ((1, 5), (2, 3), (3, 9), (4, 4)):
        change(database, (ARM, minutes), number=number)
    with database.write() as unit:
        unit.timers.change(2, [TimerChange(op=ARM, kind="acknowledge", due_at=T0 + 4 * MINUTE)], now=T0)

    with database.write() as unit:
        assert [] == list(unit.timers.due(now=T0 + 3 * MINUTE - SECOND, limit=9))
        assert [2, 4, 1] == list(unit.timers.due(now=T0 + 5 * MINUTE, limit=9))
        assert [2, 4] == list(unit.timers.due(now=T0 + 5 * MINUTE, limit=2))


def test_the_next_due_time_is_of_a_pending_timer(database):
    """The next wake is the earliest pending due time, or none."""

    with database.read() as unit:
        assert unit.timers.next_due() is None
    change(database, (ARM, 5), (FIRE, 5), (ARM, 7))

    with database.read() as unit:
        assert T0 + 7 * MINUTE == unit.timers.next_due()


def test_two_replicas_never_take_the_same_incident(database, kind):
    """On PostgreSQL what one tick holds, another passes over."""

    if kind == "sqlite":
        pytest.skip("SQLite has one writer")
    for number in (1, 2, 3):
        change(database, (ARM, number), number=number)

    with database.write() as one:
        first = one.timers.due(now=T0 + MINUTE * 9, limit=2)
        with database.write() as two:
            second = two.timers.due(now=T0 + MINUTE * 9, limit=9)

    assert ([1, 2], [3]) == (list(first), list(second))
