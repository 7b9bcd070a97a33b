"""What the values of policy work out by themselves."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.policy.model import Sprint

SPRINT = Sprint(starts=date(2026, 11, 9), days=14)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 12, 7, tzinfo=UTC)),
        (datetime(2026, 11, 21, 14, 5, tzinfo=UTC), datetime(2026, 12, 7, tzinfo=UTC)),
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), datetime(2026, 12, 7, tzinfo=UTC)),
        (datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 12, 21, tzinfo=UTC)),
        (datetime(2026, 11, 8, 12, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)),
    ],
)
def test_next_sprint(start, due):
    """An allowance to the next sprint ends with the sprint after the one it starts in (G3, SEV-4)."""

    assert due == SPRINT.due(start=start)


@pytest.mark.parametrize(
    ("allowed", "before"),
    [
        (timedelta(minutes=5), timedelta(minutes=2)),
        (timedelta(minutes=10), timedelta(minutes=2)),
        (timedelta(minutes=30), timedelta(minutes=6)),
        (timedelta(hours=4), timedelta(minutes=48)),
        (timedelta(hours=24), timedelta(hours=1)),
    ],
)
def test_due_soon(policy, allowed, before):
    """A clock warns 2 min before when it is short, else at 20 % of its time, at most 1 h before (G3.1)."""

    assert before == policy.warn.before(allowed)


def test_short_hash(policy):
    """People read the first six characters of the hash."""

    assert policy.hash[:6] == policy.short_hash
