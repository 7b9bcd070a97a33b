"""Until when a role is held: a time of day, read where its author is; the next one to come is meant."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

UNTIL = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(\s*(?:UTC|Z))?", re.IGNORECASE)
"""A time of day as people type it: "18:00", "18:00 UTC"."""

LONGEST = timedelta(days=7)
"""The longest a role is given for; after that it is not given for a time. Product default."""


def read_until(typed: str, *, zone: tzinfo, now: datetime) -> datetime:
    """Return the next moment at which it is `typed` in `zone` (or in UTC, where it says so), in UTC.

    ValueError for what is no time of day.
    """
    found = UNTIL.fullmatch(typed.strip())
    if found is None:
        message = f"{typed!r} is no time of day"
        raise ValueError(message)
    here = now.astimezone(UTC if found[3] else zone)
    today = here.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
    return (today if today > here else today + timedelta(days=1)).astimezone(UTC)
