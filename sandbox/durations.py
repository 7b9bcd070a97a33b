"""Durations as people write them: `15m`, `2h`, `1h30m`, `90` (seconds)."""

import re
from datetime import timedelta

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration(written: object) -> timedelta:
    """Parse a duration; raises ValueError with a sentence."""
    if isinstance(written, (int, float)) and not isinstance(written, bool) and written >= 0:
        return timedelta(seconds=written)
    text = str(written).strip().lower()
    if re.fullmatch(r"\d+", text):
        return timedelta(seconds=int(text))
    if not re.fullmatch(r"(\d+[smhd])+", text):
        message = f"{written!r} is no duration; write 90s, 15m, 2h, 1d or 1h30m."
        raise ValueError(message)
    return timedelta(seconds=sum(int(number) * _UNITS[unit] for number, unit in re.findall(r"(\d+)([smhd])", text)))
