"""Until when somebody holds a role, as people type it: "until 18:00", "until 18:00 UTC", "for 2h"."""

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.incident.rules.role_time import UNTIL
from handlers.lasting import span_in, span_shape

_FOR = re.compile(rf"for\s+{span_shape('mhdw')}", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|till|to)\s+(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTime:
    """How long: a `span`, or a time as `told`; neither, for as long as nobody changes it."""

    span: timedelta | None = None
    told: str = ""


def read_role_time(text: str) -> RoleTime | None:
    """Return how long `text` says, or None where it cannot be read; nothing said is for good.

    How long is too long is not decided here.
    """
    said = text.strip().rstrip(".")
    if not said:
        return RoleTime()
    span, until = _FOR.fullmatch(said), _UNTIL.fullmatch(said)
    if span:
        return RoleTime(span=span_in(span)) if span_in(span) else None
    return RoleTime(told=until[1].strip()) if until and UNTIL.fullmatch(until[1].strip()) else None
