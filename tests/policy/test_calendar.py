"""Turns of duty end when the team's wall clock says so, and quiet hours are those of the person."""

from datetime import UTC, datetime, time

import pytest

from bot.policy.calendar import Handoff, QuietHours, Weekday

MONDAY = Handoff(day=Weekday.MON, at=time(9), zone="Europe/Berlin")
LOST = Handoff(day=Weekday.SUN, at=time(2, 30), zone="Europe/Berlin")


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("handoff", "now", "ends"),
    [
        (MONDAY, utc(2026, 11, 20, 14), utc(2026, 11, 23, 8)),
        (MONDAY, utc(2026, 11, 23, 7, 59), utc(2026, 11, 23, 8)),
        (MONDAY, utc(2026, 11, 23, 8), utc(2026, 11, 30, 8)),
        (MONDAY, utc(2026, 11, 22, 23, 30), utc(2026, 11, 23, 8)),
        (MONDAY, utc(2026, 10, 24, 12), utc(2026, 10, 26, 8)),
        (MONDAY, utc(2026, 10, 19, 7, 1), utc(2026, 10, 26, 8)),
        (MONDAY, utc(2026, 3, 28, 12), utc(2026, 3, 30, 7)),
        (LOST, utc(2026, 3, 27), utc(2026, 3, 29, 1, 30)),
        (Handoff(day=Weekday.MON, at=time(9), zone="America/Los_Angeles"), utc(2026, 11, 23, 8), utc(2026, 11, 23, 17)),
    ],
    ids=[
        "friday",
        "before",
        "at it",
        "monday there",
        "winter comes",
        "a week of 169 h",
        "summer comes",
        "lost",
        "west",
    ],
)
def test_hand_offs(handoff, now, ends):
    """The next hand-off is at the same time of the wall clock, whatever the clocks did in between."""

    assert ends == handoff.after(now)


@pytest.mark.parametrize(
    ("start", "end", "at", "quiet"),
    [
        (22, 7, 23, True),
        (22, 7, 6, True),
        (22, 7, 7, False),
        (22, 7, 22, True),
        (22, 7, 12, False),
        (12, 14, 13, True),
        (12, 14, 14, False),
        (12, 14, 11, False),
    ],
)
def test_quiet_hours(start, end, at, quiet):
    """Quiet hours hold from their start to their end, past midnight too."""

    assert quiet is QuietHours(start=time(start), end=time(end)).hold(time(at))
