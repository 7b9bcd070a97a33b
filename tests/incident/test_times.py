"""Times: what people say of start, detection and alert; a later word adds, none overwrites, none lies ahead."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.incident import commands as c
from bot.incident.history.time_events import TimeTold
from bot.incident.history.timing import time_of
from bot.incident.history.told_times import Moment
from bot.incident.reading.timeline import line_of
from bot.incident.refusing.time_refusals import which_time
from bot.incident.rules.times import read_moment
from tests.incident.life import ADA, HOUR, MIA, MINUTE, SAM, START, ZOE, read

TEN_BEFORE = START - 10 * MINUTE
BERLIN = ZoneInfo("Europe/Berlin")


def test_times_are_told_and_told_again(sev1):
    """The latest counts; who said it and what was before stay."""

    sev1.does(c.SetTimes(started_at=TEN_BEFORE, detected_at=START - 5 * MINUTE, alerted_at=START - 8 * MINUTE), ZOE)
    sev1.does(c.SetTimes(started_at=TEN_BEFORE - MINUTE, alerted_at=START - 8 * MINUTE), MIA)

    told = [(one.which, one.at, one.by, one.was) for one in sev1.it.told_times]
    assert (Moment.STARTED, TEN_BEFORE - MINUTE, MIA, TEN_BEFORE) == told[-1]
    assert 4 == len(told)
    assert TEN_BEFORE - MINUTE == sev1.it.started_at
    assert START - 8 * MINUTE == time_of(sev1.it, Moment.ALERTED)
    assert sev1.is_replayed()


def test_no_clock_moves(sev1):
    """What people say later of the alert moves no due time: what was missed would be missed twice."""

    before = dict(sev1.armed)
    sev1.does(c.SetTimes(alerted_at=START - HOUR), ZOE)

    assert before == sev1.armed


def test_the_card_is_drawn_again_and_nothing_posted(sev1):
    """A time given costs nobody a message."""

    said = len(sev1.said)
    sev1.does(c.SetTimes(started_at=TEN_BEFORE), ZOE)

    assert said == len(sev1.said)
    assert "incident:42/card" in sev1.redrawn


def test_what_cannot_be(sev1):
    """The future, a start after the harm stopped, nothing at all, and what is known already."""

    assert "That is in the future." == read(sev1.refused(c.SetTimes(detected_at=START + MINUTE)).sentence)
    assert which_time() == sev1.refused(c.SetTimes())
    sev1.does(c.SetTimes(started_at=TEN_BEFORE), ZOE)
    again = sev1.refused(c.SetTimes(started_at=TEN_BEFORE), ZOE)
    assert "INC-42 has these times already. Nothing was changed." == read(again.sentence)
    sev1.wait(MINUTE).does(c.Mitigate(words="Rolled back."), SAM)
    sev1.wait(HOUR)
    late = sev1.refused(c.SetTimes(started_at=START + 2 * MINUTE), ZOE)
    assert "INC-42 was mitigated at 14:01, so it started before that." == read(late.sentence)


def test_a_slip_of_the_year(sev1):
    """A moment long before the declaration is refused: Slack could not even draw it, and nothing is ever deleted."""

    ancient = read_moment("0001-01-01 00:00", zone=BERLIN, now=START)
    said = "That is more than a year before INC-42 was declared. Nothing was changed; give the day and time."

    assert 1971 <= ancient.year <= 1972
    assert said == read(sev1.refused(c.SetTimes(detected_at=ancient)).sentence)
    assert said == read(sev1.refused(c.SetTimes(started_at=START - timedelta(days=367))).sentence)


def test_a_start_given_with_the_declaration(life):
    """It stands from the first moment; one that lies ahead is left out, for an alarm is never refused."""

    life.does(c.Declare(title="Checkout returns 500s", started_at=TEN_BEFORE), ADA)

    assert TEN_BEFORE == time_of(life.it, Moment.STARTED)
    assert "Declared as SEV-2, awaiting confirmation, started 13:50 · UADA" == read(line_of(life.events[0], ()))


def test_a_start_that_lies_ahead_stops_no_alarm(life):
    """The declaration stands, without it."""

    life.does(c.Declare(title="Checkout returns 500s", started_at=START + HOUR), ADA)

    assert life.it.started_at is None


def test_the_timeline_tells_each(sev1):
    """The correction names what it replaces."""

    told = TimeTold(at=START, by=ADA, which=Moment.STARTED, moment=TEN_BEFORE)
    mended = TimeTold(at=START, by=ADA, which=Moment.DETECTED, moment=START, was=TEN_BEFORE)

    assert "Started at 13:50 · UADA" == read(line_of(told, ()))
    assert "Detected at 14:00, not 13:50 · UADA" == read(line_of(mended, ()))
    assert "`soon` is no time." in read(which_time("soon").sentence)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:50", datetime(2026, 11, 21, 13, 50, tzinfo=UTC)),
        ("13:50 UTC", datetime(2026, 11, 21, 13, 50, tzinfo=UTC)),
        ("yesterday 23:10", datetime(2026, 11, 20, 22, 10, tzinfo=UTC)),
        ("today 1:05", datetime(2026, 11, 21, 0, 5, tzinfo=UTC)),
        ("2026-11-20 23:10", datetime(2026, 11, 20, 22, 10, tzinfo=UTC)),
        ("2026-11-20T23:10Z", datetime(2026, 11, 20, 23, 10, tzinfo=UTC)),
        ("15:30", datetime(2026, 11, 21, 14, 30, tzinfo=UTC)),
        ("today 15:30", datetime(2026, 11, 21, 14, 30, tzinfo=UTC)),
    ],
)
def test_reading_a_moment(typed, meant):
    """A time is read in its author's zone unless it says UTC; one just ahead stays ahead, and is refused then."""

    assert meant == read_moment(typed, zone=BERLIN, now=START)


def test_after_midnight_the_evening_is_yesterdays():
    """At ten past midnight, 23:50 was yesterday."""

    now = datetime(2026, 11, 21, 23, 10, tzinfo=UTC)

    assert now - timedelta(minutes=20) == read_moment("23:50", zone=BERLIN, now=now)


@pytest.mark.parametrize("typed", ["", "soon", "25:00", "2026-13-40 10:00", "13:50 CET"])
def test_what_is_no_moment(typed):
    """Anything else is refused, not guessed."""

    with pytest.raises(ValueError, match=r"."):
        read_moment(typed, zone=UTC, now=START)
