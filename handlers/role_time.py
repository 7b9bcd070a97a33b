"""Until when somebody holds a role, as people type it: "until 18:00", "until 18:00 UTC", "for 2h"."""

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.incident.rules.role_time import LONGEST_HOURS, UNTIL

_FOR = re.compile(r"for\s+([0-9]{1,3})\s*(m|min|mins|minutes?|h|hrs?|hours?|d|days?)", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|till|to)\s+(.+)", re.IGNORECASE)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTime:
    """How long: a `span`, or a time as `told`; neither, for as long as nobody changes it."""

    span: timedelta | None = None
    told: str = ""


def read_role_time(text: str) -> RoleTime | None:
    """Return how long `text` says, or None where it cannot be read; nothing said is for good."""
    said = text.strip().rstrip(".")
    if not said:
        return RoleTime()
    span, until = _FOR.fullmatch(said), _UNTIL.fullmatch(said)
    if span:
        found = timedelta(**{_UNITS[span[2][0].casefold()]: int(span[1])})
        return RoleTime(span=found) if timedelta() < found <= timedelta(hours=LONGEST_HOURS) else None
    return RoleTime(told=until[1].strip()) if until and UNTIL.fullmatch(until[1].strip()) else None
