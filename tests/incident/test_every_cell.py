"""Every cell of severity and clock in every state: running, due soon, missed, met, met late, stopped (G3.1, G8.1)."""

import pytest

from bot.incident import commands as c
from bot.incident.clocks import Clock
from bot.incident.history import events as e
from bot.words import ClockKind
from tests.incident.life import ADA, HOUR, NOOR, SECOND, START, Life
from tests.incident.test_clocks import CALLED, CELLS, MEETS, one

pytestmark = pytest.mark.no_cover
"""It walks a long way; the other tests reach every branch of the core without it, and are traced."""

CALLS = {(severity, kind): people for severity, kind, people in CALLED}
TABLE = [pytest.param(*cell, id=f"{cell[0]}-{cell[1]}") for cell in CELLS]


def shown(clock: Clock) -> str:
    """Return the state people read of a clock."""
    if clock.met_at:
        return "met" if clock.met_at <= clock.due_at else "met late"
    if clock.missed_at:
        return "missed"
    if clock.stopped:
        return "stopped"
    return "due soon" if clock.warned_at else "running"


def called(life: Life, kind: ClockKind) -> list[str]:
    """Return who was called because this clock was missed."""
    missed = (event for event in life.events if isinstance(event, e.ClockMissed) and event.kind is kind)
    return [person for event in missed for _, person in event.called]


@pytest.mark.parametrize(("severity", "kind", "warns", "due"), TABLE)
def test_left_alone_it_runs_warns_and_is_missed(life, severity, kind, warns, due):
    """To the second: running until it warns, due soon until it is due, then missed, calling whom policy names."""

    life.declare(severity)
    states = []
    for at in (warns - SECOND, warns, due - SECOND, due):
        life.wait_until(START + at)
        states.append(shown(one(life, kind)))

    assert ["running", "due soon", "due soon", "missed"] == states
    assert CALLS[severity, kind] == called(life, kind)
    assert (START + due, due) == (one(life, kind).due_at, one(life, kind).allowed)


@pytest.mark.parametrize(("severity", "kind", "warns", "due"), TABLE)
def test_met_and_met_late(life, severity, kind, warns, due):
    """Met at its due time is met, a second later is met late; and met, it neither warns nor is missed again."""

    life.declare(severity).wait_until(START + due)
    on_time = Life(policy=life.policy, rota=life.rota).declare(severity)
    on_time.wait_until(START + warns - SECOND)
    late = life.wait(SECOND)
    for each in (on_time, late):
        each.does(MEETS[kind], NOOR)
        each.wait(HOUR)

    assert ("met", "met late") == (shown(one(on_time, kind)), shown(one(late, kind)))
    missed = [[one for one in each.it.missed if one.kind is kind] for each in (on_time, late)]
    assert [0, 1] == [len(marks) for marks in missed]


@pytest.mark.parametrize(("severity", "kind", "warns", "due"), TABLE)
def test_stopped(life, severity, kind, warns, due):
    """Cancelled before its due time it is stopped, whether it warned or not; after it, it stays missed."""

    states = []
    for at in (warns - SECOND, warns, due):
        each = Life(policy=life.policy, rota=life.rota).declare(severity)
        each.wait_until(START + at)
        each.does(c.Cancel(why="the test ran against production"), ADA)
        each.wait(HOUR)
        assert {} == each.armed
        states.append(shown(one(each, kind)))

    assert ["stopped", "stopped", "missed"] == states
