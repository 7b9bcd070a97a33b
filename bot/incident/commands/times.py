"""Commands about an incident's times: when it really began, was seen, and was alerted."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.history.told_times import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTimes:
    """Say when the impact started, when somebody detected it, when a signal alerted; None says nothing of that one.

    `which` and `told` are one of them as typed ("13:50", "2026-11-20 23:10 UTC") until somebody who knows its
    author's zone reads it; `zone` is then the zone it was understood in.
    """

    started_at: datetime | None = None
    detected_at: datetime | None = None
    alerted_at: datetime | None = None
    which: Moment | None = None
    told: str = ""
    zone: str = ""
