"""Turns of duty on the calendar: when one ends, and when somebody would rather not be woken."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

DAYS_A_WEEK = 7


class Weekday(IntEnum):
    """A day of the week, as `datetime.weekday` counts."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """When the turns of a team change hands, every week: the `day` and the time `at` in the IANA time zone `zone`."""

    day: Weekday
    at: time
    zone: str

    def after(self, now: datetime) -> datetime:
        """Return the first hand-off later than `now` (aware), in UTC.

        It stays at the same time of the wall clock when the clocks change; a time that a change leaves out is moved
        by as much as the clocks were.
        """
        zone = ZoneInfo(self.zone)
        today = now.astimezone(zone).date()
        ahead = (self.day - today.weekday()) % DAYS_A_WEEK
        days = (today + timedelta(days=ahead + more) for more in (0, DAYS_A_WEEK))
        moments = [datetime.combine(day, self.at, tzinfo=zone).astimezone(UTC) for day in days]
        return next(at for at in moments if at > now)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """The hours, in a person's own zone, in which they would rather not be called; a page is sent all the same."""

    start: time
    end: time

    def hold(self, at: time) -> bool:
        """Return whether the time of day `at` falls into them; they may go past midnight."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end
