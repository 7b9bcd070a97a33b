"""Commands of the clock and of Tocsin itself: what is due, and what Slack answered."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.history.absence import Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTimers:
    """The clock asks for everything that is due by now; `away` is when Tocsin was last away, which is told of once."""

    away: Absence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChannel:
    """Slack made the incident's channel."""

    channel: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNoChannel:
    """Slack refused the incident a channel, with this error."""

    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordUndeliverable:
    """A page could not be delivered: `ref` is the page's short id."""

    ref: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDoNotDisturb:
    """Whoever page `ref` went to has Do Not Disturb on, and Slack makes no sound for it until then."""

    ref: str
    until: datetime
