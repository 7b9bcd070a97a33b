"""How long, as people type it: "2h", "90 min", "3 days"; each reader says in which units."""

import re
from collections.abc import Mapping
from datetime import timedelta

_SPELT: Mapping[str, str] = {
    "m": "m|min|mins|minutes?",
    "h": "h|hrs?|hours?",
    "d": "d|days?",
    "w": "w|weeks?",
}
_NAMES: Mapping[str, str] = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def span_shape(units: str) -> str:
    """Return the pattern of a span in any of `units` ("mh"); what it found is for `span_in`."""
    spelt = "|".join(_SPELT[unit] for unit in units)
    return rf"(?P<many>[0-9]{{1,4}})\s*(?P<unit>{spelt})"


def span_in(found: re.Match[str]) -> timedelta:
    """Return the span that was found by a pattern with `span_shape` in it; zero where it says so."""
    return timedelta(**{_NAMES[found["unit"][0].casefold()]: int(found["many"])})
