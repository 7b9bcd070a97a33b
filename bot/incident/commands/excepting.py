"""Commands about exceptions: a deviation from policy is asked for, approved, declined or ended (G1.1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class AskException:
    """Ask the Governance Board for a deviation, or approve one as one of the Board; `why` says what and why.

    It ends at `until`, or after `span`, or at the time `told` as it was typed; with none of them, with the incident.
    """

    why: str
    until: datetime | None = None
    span: timedelta | None = None
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveException:
    """Approve an exception that was asked for; without a number, the only one that waits."""

    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineException:
    """Decline an exception that was asked for; without a number, the only one that waits."""

    why: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndException:
    """End an exception before its time; without a number, the only one that holds."""

    number: int | None = None
