"""What an incident keeps of a severity that somebody raised who is not on its list, and of who agreed (G2)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Who raised it to a severity that wants confirmation, and when; `confirmed_by` is empty until somebody agrees."""

    raised_by: str
    raised_at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
