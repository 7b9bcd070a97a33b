"""What those who govern see of it all: figures for their page, and the lists behind them (G1.1, G2.1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.incident.history import events as e
from bot.incident.history.exceptions import PolicyException
from bot.incident.model import Incident
from bot.words import GONE

GOVERNED = timedelta(days=7)
"""How far back missed clocks and denied acts are counted."""

MISSES = (e.ClockMissed.action, e.UpdateMissed.action)
"""What the record calls a missed clock."""


class Governed(StrEnum):
    """A list for those who govern, called as the act that opens it is."""

    MISSED = "missed_clocks"
    EXCEPTIONS = "exceptions"
    DENIED = "denied_acts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadGoverned:
    """A page of one such list, for the Governance Board; `start` is how many lines come before it."""

    which: Governed
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts for those who govern: clocks missed and acts denied in seven days, exceptions open, the policy in force.

    `ends` is when the next exception ends, `since` when the policy took force, `overdue` the files whose review is,
    each with how many days; `entries` is how long the audit log is.
    """

    missed: int
    exceptions: int
    ends: datetime | None
    denied: int
    version: str
    since: datetime
    overdue: tuple[tuple[str, int], ...]
    entries: int


def open_exceptions(incidents: Iterable[Incident]) -> Sequence[tuple[Incident, PolicyException]]:
    """Return every exception that holds or waits for an answer, of incidents that are not over for good."""
    return [
        (incident, one)
        for incident in incidents
        if incident.status not in GONE and not incident.is_test
        for one in (*incident.exceptions.holding, *incident.exceptions.waiting)
    ]


def next_end(found: Iterable[tuple[Incident, PolicyException]]) -> datetime | None:
    """Return when the next of these exceptions ends by itself, None when none does."""
    return min((one.until for _, one in found if one.until and one.answered_at), default=None)
