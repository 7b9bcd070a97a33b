"""The week in figures, as leaders see it."""

from datetime import timedelta

from bot.incident import commands as c
from bot.incident.clocks import clocks
from bot.incident.reading.week import WEEK, Week, week_of
from bot.words import Severity
from tests.incident.life import MINUTE, START


def told(life):
    """An incident with its clocks."""
    return life.it, clocks(life.it, life.policy)


def test_an_empty_week(sev1):
    """Nothing declared, nothing resolved: zeros, and no longest."""

    nothing = Week(declared=0, resolved=0, in_time=0, acknowledged=0, longest=None)
    assert nothing == week_of([], now=START)
    assert nothing == week_of([told(sev1)], now=START + WEEK + MINUTE)


def test_acknowledged_in_time_and_resolved(sev1):
    """One declared, acknowledged within its clock, resolved after 50 minutes."""
    sev1.wait(2 * MINUTE).does(c.Acknowledge())
    sev1.wait(48 * MINUTE).does(c.Resolve(words="Pool raised"))

    found = week_of([told(sev1)], now=sev1.now)

    assert Week(declared=1, resolved=1, in_time=1, acknowledged=1, longest=timedelta(minutes=50)) == found


def test_a_missed_acknowledgement_counts_as_late(sev1):
    """Missed is settled too, and not in time."""
    sev1.wait(7 * MINUTE)

    assert Week(declared=1, resolved=0, in_time=0, acknowledged=1, longest=None) == week_of([told(sev1)], now=sev1.now)


def test_only_a_sev1_is_the_longest_sev1(life):
    """A milder incident is counted, and is not the longest."""
    life.declare(Severity.SEV3).wait(3 * MINUTE).does(c.Resolve(words="Index rebuilt"))

    found = week_of([told(life)], now=life.now)

    assert (1, None) == (found.resolved, found.longest)
