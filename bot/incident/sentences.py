"""Sentences whose people, moments and quotations stay marked, so that every surface can write them its own way."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_HOURS_ALLOWED = 72


@dataclass(frozen=True, slots=True)
class Who:
    """A person, by Slack user id; written as their name."""

    person: str | None


@dataclass(frozen=True, slots=True)
class When:
    """A moment; written in the reader's zone where that is possible."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words; never read as markup."""

    words: str


Part = str | Who | When | Quote
Sentence = tuple[Part, ...]


def spell(span: timedelta) -> str:
    """Return a span as people read it: "45 s", "2 min 10 s", "1 h 05 min", "3 d 4 h"."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return _two(seconds // _MINUTE, "min", seconds % _MINUTE, "s")
    if seconds < _DAY:
        minutes = seconds % _HOUR // _MINUTE
        return f"{seconds // _HOUR} h {minutes:02d} min" if minutes else f"{seconds // _HOUR} h"
    return _two(seconds // _DAY, "d", seconds % _DAY // _HOUR, "h")


def _two(big: int, big_unit: str, small: int, small_unit: str) -> str:
    return f"{big} {big_unit} {small} {small_unit}" if small else f"{big} {big_unit}"


def spell_allowed(span: timedelta) -> str:
    """Return an allowance as policy says it: whole hours stay hours up to 72 ("24 h"), the rest as `spell`."""
    hours, rest = divmod(round(span.total_seconds()), _HOUR)
    return f"{hours} h" if rest == 0 and 0 < hours <= _HOURS_ALLOWED else spell(span)
