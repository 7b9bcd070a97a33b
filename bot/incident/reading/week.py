"""The week in figures, for leaders: what was declared and resolved, and whether it was acknowledged in time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.incident.clocks import Clock
from bot.incident.model import Incident
from bot.words import ClockKind, Severity

WEEK = timedelta(days=7)

Told = tuple[Incident, Sequence[Clock]]
"""An incident with its clocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Counts of seven days; `longest` is how long the longest SEV-1 among those resolved took, None without one."""

    declared: int
    resolved: int
    in_time: int
    acknowledged: int
    longest: timedelta | None


def week_of(told: Iterable[Told], *, now: datetime) -> Week:
    """Return the figures of the seven days before `now`; titles and people are no part of them."""
    every, since = [one for one in told if not one[0].is_test], now - WEEK
    declared = [(incident, clocks) for incident, clocks in every if incident.declared.at >= since]
    resolved = [incident for incident, _ in every if incident.resolved and incident.resolved.at >= since]
    settled = [clock for _, clocks in declared for clock in clocks if _is_settled(clock)]
    spans = [
        incident.resolved.at - incident.clocks_from
        for incident in resolved
        if incident.resolved and incident.severity is Severity.SEV1
    ]
    return Week(
        declared=len(declared),
        resolved=len(resolved),
        in_time=sum(clock.missed_at is None for clock in settled),
        acknowledged=len(settled),
        longest=max(spans, default=None),
    )


def _is_settled(clock: Clock) -> bool:
    return clock.kind is ClockKind.ACKNOWLEDGE and bool(clock.met_at or clock.missed_at)
