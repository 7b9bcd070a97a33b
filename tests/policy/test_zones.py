"""Hand-offs and sprints while clocks are put forward and back, from Chatham to Los Angeles."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.policy.calendar import Handoff, Weekday
from bot.policy.model import Sprint

SUN, MON, WED = Weekday.SUN, Weekday.MON, Weekday.WED
BERLIN, ANGELES, CHATHAM, KOLKATA = "Europe/Berlin", "America/Los_Angeles", "Pacific/Chatham", "Asia/Kolkata"
SPRINT = Sprint(starts=date(2026, 11, 9), days=14)


def utc(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


HAND_OFFS = [
    pytest.param(SUN, "02:30", BERLIN, "2026-03-28T12:00", "2026-03-29T01:30", id="Berlin: in the gap, 03:30 there"),
    pytest.param(SUN, "02:00", BERLIN, "2026-03-28T12:00", "2026-03-29T01:00", id="Berlin: the gap's first minute"),
    pytest.param(SUN, "03:00", BERLIN, "2026-03-28T12:00", "2026-03-29T01:00", id="Berlin: the gap's end"),
    pytest.param(SUN, "01:59", BERLIN, "2026-03-28T12:00", "2026-03-29T00:59", id="Berlin: before the gap"),
    pytest.param(SUN, "02:30", BERLIN, "2026-10-24T12:00", "2026-10-25T00:30", id="Berlin: twice, the first one"),
    pytest.param(SUN, "02:30", BERLIN, "2026-10-25T00:30", "2026-11-01T01:30", id="Berlin: not at the second"),
    pytest.param(SUN, "03:00", BERLIN, "2026-10-24T12:00", "2026-10-25T02:00", id="Berlin: after the overlap"),
    pytest.param(MON, "09:00", BERLIN, "2026-10-19T07:00", "2026-10-26T08:00", id="Berlin: a week of 169 hours"),
    pytest.param(MON, "09:00", BERLIN, "2026-03-23T08:00", "2026-03-30T07:00", id="Berlin: a week of 167 hours"),
    pytest.param(SUN, "02:30", ANGELES, "2026-03-07T12:00", "2026-03-08T10:30", id="Los Angeles: in the gap"),
    pytest.param(SUN, "01:30", ANGELES, "2026-10-31T12:00", "2026-11-01T08:30", id="Los Angeles: twice, the first one"),
    pytest.param(SUN, "01:30", ANGELES, "2026-11-01T08:30", "2026-11-08T09:30", id="Los Angeles: once only"),
    pytest.param(SUN, "03:00", CHATHAM, "2026-09-25T12:00", "2026-09-26T14:15", id="Chatham: in its gap at 02:45"),
    pytest.param(SUN, "03:00", CHATHAM, "2026-04-03T12:00", "2026-04-04T13:15", id="Chatham: twice, the first one"),
    pytest.param(MON, "09:00", CHATHAM, "2026-09-26T12:00", "2026-09-27T19:15", id="Chatham: Monday is Sunday in UTC"),
    pytest.param(WED, "00:00", KOLKATA, "2026-03-28T12:00", "2026-03-31T18:30", id="Kolkata: midnight, no gap ever"),
    pytest.param(WED, "00:00", KOLKATA, "2026-03-31T18:30", "2026-04-07T18:30", id="Kolkata: at it, the next one"),
]


@pytest.mark.parametrize(("day", "at", "zone", "now", "ends"), HAND_OFFS)
def test_hand_offs_where_clocks_change(day, at, zone, now, ends):
    """A turn ends at its time of the wall clock: moved by as much in a gap, the first of two in an overlap."""

    assert utc(ends) == Handoff(day=day, at=time.fromisoformat(at), zone=zone).after(utc(now))


@pytest.mark.parametrize("zone", [BERLIN, ANGELES, CHATHAM, KOLKATA])
@pytest.mark.parametrize("at", ["00:00", "01:30", "02:30", "02:59", "03:00", "23:59"])
def test_a_year_of_hand_offs_loses_none(zone, at):
    """Fifty-two turns a year, a week apart but for the hour the clocks moved, whatever the time."""

    handoff, now = Handoff(day=SUN, at=time.fromisoformat(at), zone=zone), utc("2026-01-01T00:00")
    turns = []
    for _ in range(52):
        now = handoff.after(now)
        turns.append(now)

    gaps = {after - before for before, after in pairwise(turns)}
    week, hour = timedelta(weeks=1), timedelta(hours=1)
    assert gaps <= {week - hour, week, week + hour}
    assert {SUN} <= {Weekday(turn.astimezone(ZoneInfo(zone)).weekday()) for turn in turns}


SPRINTS = [
    ("2026-11-09T00:00", "2026-12-07T00:00"),
    ("2026-11-22T23:59", "2026-12-07T00:00"),
    ("2026-11-23T00:00", "2026-12-21T00:00"),
    ("2026-10-24T23:30", "2026-11-09T00:00"),
    ("2026-10-25T01:30", "2026-11-09T00:00"),
    ("2026-10-26T00:00", "2026-11-23T00:00"),
    ("2026-03-29T01:30", "2026-04-13T00:00"),
    ("2026-03-30T00:00", "2026-04-27T00:00"),
]


@pytest.mark.parametrize(("start", "due"), SPRINTS)
@pytest.mark.parametrize("zone", ["UTC", BERLIN, ANGELES, CHATHAM, KOLKATA])
def test_the_next_sprint_ends_at_midnight_utc(start, due, zone):
    """Whatever zone a moment is given in, and whether clocks change meanwhile, the next sprint ends the same."""

    assert utc(due) == SPRINT.due(start=utc(start).astimezone(ZoneInfo(zone)))
