"""Durations as people write them: `15m`, `2h`, `1h30m`, `90` (seconds)."""

import re
from datetime import timedelta

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST = timedelta(days=366)
_LONGEST_WRITTEN = 32


def duration(written: object) -> timedelta:
    """Parse a duration of up to 366 days; raises ValueError with a sentence."""
    seconds = _seconds(written)
    if seconds is None or not seconds >= 0:
        message = f"{str(written)[:_LONGEST_WRITTEN]!r} is no duration; write 90s, 15m, 2h, 1d or 1h30m."
        raise ValueError(message)
    if seconds > LONGEST.total_seconds():
        message = f"{str(written)[:_LONGEST_WRITTEN]!r} is too long; {LONGEST.days}d is the longest."
        raise ValueError(message)
    return timedelta(seconds=seconds)


def _seconds(written: object) -> float | None:
    if isinstance(written, (int, float)):
        return None if isinstance(written, bool) else written
    text = str(written).strip().lower()
    if len(text) > _LONGEST_WRITTEN:
        return None
    if re.fullmatch(r"[0-9]+", text):
        return int(text)
    if not re.fullmatch(r"([0-9]+[smhd])+", text):
        return None
    return sum(int(number) * _UNITS[unit] for number, unit in re.findall(r"([0-9]+)([smhd])", text))
