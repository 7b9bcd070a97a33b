"""Spans of time as policy writes them: 45s, 5m, 2h, 3d, 1w, 4h business, next_sprint."""

import re
from datetime import timedelta

NEXT_SPRINT = "next_sprint"
BUSINESS = " business"
"""What follows a span of which only business hours count: "4h business"."""

LONGEST = timedelta(days=366)

_SHAPE = re.compile(r"([0-9]{1,8})([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def duration(text: str) -> timedelta | None:
    """Return the span `text` writes, or None when it writes none; bounds are the caller's."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return None
    return timedelta(**{_UNITS[shape[2]]: int(shape[1])})


def in_words(span: timedelta) -> str:
    """Return a span as policy says it, in the largest whole unit: "5 min", "72 h", "7 d"; hours up to 72."""
    seconds = round(span.total_seconds())
    for unit, name, least in ((86_400, "d", 96), (3_600, "h", 1), (60, "min", 1)):
        if seconds % unit == 0 and seconds >= least * (3_600 if name == "d" else unit):
            return f"{seconds // unit} {name}"
    return f"{seconds} s"
