"""A page that a person asked for, as a frozen value."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage:
    """One person paged because `by` asked for it; `next_at` is when their next way follows, None after the last.

    `is_call`: the incident was acknowledged before, so only this person's answer ends it. `refs` are the short ids
    of its pages.
    """

    number: int
    person: str
    by: str
    at: datetime
    why: str
    is_call: bool
    next_at: datetime | None
    refs: tuple[str, ...] = ()
