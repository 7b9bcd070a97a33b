"""Times of an incident that people give after the fact; every one stays, the latest counts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Moment(StrEnum):
    """Which time of an incident: impact began, somebody saw it, a signal opened it."""

    STARTED = "started"
    DETECTED = "detected"
    ALERTED = "alerted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTime:
    """That `by` said at `told_at` that `which` was at `at`; `was` is what counted before, None where nothing did."""

    which: Moment
    at: datetime
    by: str
    told_at: datetime
    was: datetime | None = None
