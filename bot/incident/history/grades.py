"""What an incident keeps of the turns it took: changes of severity, clocks met before them, where it went on."""

from dataclasses import dataclass
from datetime import datetime

from bot.words import ClockKind, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrade:
    """One change of severity; `told_at` is when the message began that speaks of it (at most one a minute)."""

    was: Severity
    to: Severity
    at: datetime
    by: str
    why: str
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MetUnder:
    """A clock that was met while the incident had this severity: it stopped then, and follows no later change."""

    kind: ClockKind
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """That an incident goes on as another one, in that one's channel; no channel is named where it is private."""

    into: int
    at: datetime
    by: str
    channel: str = ""
    channel_name: str = ""
