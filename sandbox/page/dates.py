"""Date tokens as Slack's clients write them, in the reader's zone."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

_TOKEN = re.compile(r"\{(\w+)\}")
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_A_MOMENT = 45
_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60))


def date_words(timestamp: int, form: str, *, zone: tzinfo, now: datetime) -> str | None:
    """What a date token says: `form` with its `{…}` filled in; None when `form` holds something unknown.

    `timestamp` is in Unix seconds; `now` decides what is today.
    """
    try:
        moment = datetime.fromtimestamp(timestamp, tz=UTC).astimezone(zone)
    except (OSError, OverflowError, ValueError):
        return None
    if any(name not in _FORMS for name in _TOKEN.findall(form)):
        return None
    here = now.astimezone(zone)
    return _TOKEN.sub(lambda found: _FORMS[found.group(1)](moment, here), form)


def _long(moment: datetime, _now: datetime) -> str:
    return f"{moment:%A}, {_date(moment, _now)}"


def _date(moment: datetime, _now: datetime) -> str:
    return f"{moment:%B} {moment.day}{_ORDINALS.get(moment.day, 'th')}, {moment.year}"


def _short(moment: datetime, _now: datetime) -> str:
    return f"{moment:%b} {moment.day}, {moment.year}"


def _pretty(plain: Callable[[datetime, datetime], str]) -> Callable[[datetime, datetime], str]:
    def form(moment: datetime, now: datetime) -> str:
        return _nearby(moment.date(), now.date()) or plain(moment, now)

    return form


def _nearby(day: date, today: date) -> str:
    near = {today: "today", today - timedelta(days=1): "yesterday", today + timedelta(days=1): "tomorrow"}
    return near.get(day, "")


def _ago(moment: datetime, now: datetime) -> str:
    seconds = int((now - moment).total_seconds())
    size = abs(seconds)
    if size < _A_MOMENT:
        return "a few seconds ago" if seconds >= 0 else "in a few seconds"
    words = next(_counted(size, unit, length) for unit, length in _UNITS if size >= length or unit == "minute")
    return f"{words} ago" if seconds >= 0 else f"in {words}"


def _counted(size: int, unit: str, length: int) -> str:
    count = max(round(size / length), 1)
    return f"{count} {unit}{'' if count == 1 else 's'}"


_FORMS: Mapping[str, Callable[[datetime, datetime], str]] = {
    "date": _date,
    "date_long": _long,
    "date_long_full": _long,
    "date_long_pretty": _pretty(_long),
    "date_num": lambda moment, _now: f"{moment:%Y-%m-%d}",
    "date_pretty": _pretty(_date),
    "date_short": _short,
    "date_short_pretty": _pretty(_short),
    "date_slash": lambda moment, _now: f"{moment:%m/%d/%Y}",
    "day_divider_pretty": _pretty(_long),
    "time": lambda moment, _now: f"{moment:%H:%M}",
    "time_secs": lambda moment, _now: f"{moment:%H:%M:%S}",
    "ago": _ago,
}
