"""Business hours: the hours of the week that count for an allowance such as "4h business"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.policy.calendar import Weekday
from bot.policy.durations import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessHours:
    """The hours from `opens` to `closes`, on `days`, in the IANA time zone `zone`."""

    days: tuple[Weekday, ...]
    opens: time
    closes: time
    zone: str

    def after(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Return each stretch that counts from `start` (aware) on, in UTC, without end.

        A day has as many hours as pass between its times on the wall clock: where the clocks change in between, one
        more or one less.
        """
        zone = ZoneInfo(self.zone)
        day = start.astimezone(zone).date()
        while True:
            if day.weekday() in self.days:
                opens, closes = self._at(day, self.opens, zone), self._at(day, self.closes, zone)
                if closes > start:
                    yield max(opens, start), closes
            day += timedelta(days=1)

    @staticmethod
    def _at(day: date, moment: time, zone: ZoneInfo) -> datetime:
        return datetime.combine(day, moment, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessSpan:
    """An allowance that only runs in business hours."""

    span: timedelta
    hours: BusinessHours

    def __str__(self) -> str:
        """Return the allowance in words."""
        return f"{in_words(self.span)} of business hours"

    def due(self, *, start: datetime) -> datetime:
        """Return when so much business time has passed since `start` (aware), in UTC."""
        left, stretches = self.span, self.hours.after(start.astimezone(UTC))
        opens, closes = next(stretches)
        while closes - opens < left:
            left -= closes - opens
            opens, closes = next(stretches)
        return opens + left
