"""The clocks of an incident: what is due when, by policy, and how each stands (G3.1, G8.1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.incident.model import ClockMark, Incident
from bot.policy.model import Allowance, Policy
from bot.words import ClockKind, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock: `met_at`, `warned_at` and `missed_at` are None until that happens; `stopped` once nothing is due."""

    kind: ClockKind
    starts_at: datetime
    due_at: datetime
    allowed: timedelta
    warn_at: datetime
    met_at: datetime | None
    warned_at: datetime | None
    missed_at: datetime | None
    stopped: bool

    @property
    def is_running(self) -> bool:
        """Return whether its milestone is still awaited."""
        return self.met_at is None and not self.stopped


def due(*, start: datetime, allowance: Allowance) -> datetime:
    """Return when something begun at `start` with this `allowance` is due."""
    if isinstance(allowance, timedelta):
        return start + allowance
    return allowance.due(start=start)


def clocks(incident: Incident, policy: Policy) -> tuple[Clock, ...]:
    """Return the incident's clocks in the order people read them, the cadence of updates last."""
    fixed = tuple(
        _clock(kind, allowance, incident=incident, policy=policy)
        for kind in ClockKind
        if kind is not ClockKind.UPDATE and (allowance := _allowance(kind, incident, policy))
    )
    cadence = _update_clock(incident, policy)
    return (*fixed, cadence) if cadence else fixed


def _allowance(kind: ClockKind, incident: Incident, policy: Policy) -> Allowance | None:
    """Return what its severity allows, or allowed when the clock was met: a stopped clock follows no change."""
    met_under = {one.kind: one.severity for one in incident.met_under}
    return policy.rules(met_under.get(kind, incident.severity)).clocks.get(kind)


def _clock(kind: ClockKind, allowance: Allowance, *, incident: Incident, policy: Policy) -> Clock:
    met = met_at(kind, incident)
    start = _start(kind, incident, met=met)
    due_at = due(start=start, allowance=allowance)
    missed = _missed(kind, incident, after=start, by=due_at)
    due_at = missed.due_at if missed else due_at
    return Clock(
        kind=kind,
        starts_at=start,
        due_at=due_at,
        allowed=due_at - start,
        warn_at=due_at - policy.warn.before(due_at - start),
        met_at=met,
        warned_at=_marked(incident.warned, kind, due_at),
        missed_at=missed.at if missed else None,
        stopped=met is None and not incident.status.is_open,
    )


def _start(kind: ClockKind, incident: Incident, *, met: datetime | None) -> datetime:
    """Return when the clock began: at the reopening, unless it had been met by then."""
    first = incident.declared.at if kind is ClockKind.COMMANDER else incident.alerted_at or incident.declared.at
    again = incident.reopened.at if incident.reopened else first
    return first if met and met < again else again


def _missed(kind: ClockKind, incident: Incident, *, after: datetime, by: datetime) -> ClockMark | None:
    """Return the first miss of this clock since it began; a severity that allows more forgives none (G3.1)."""
    marks = (mark for mark in incident.missed if mark.kind is kind and after < mark.due_at <= by)
    return min(marks, key=lambda mark: mark.due_at, default=None)


def met_at(kind: ClockKind, incident: Incident) -> datetime | None:
    """Return when the milestone was reached that stops this clock, or None."""
    milestone = {
        ClockKind.ACKNOWLEDGE: incident.acknowledged,
        ClockKind.COMMANDER: incident.commanded,
        ClockKind.MITIGATE: incident.mitigated,
        ClockKind.RESOLVE: incident.resolved,
    }.get(kind)
    return milestone.at if milestone else None


def _marked(marks: tuple[ClockMark, ...], kind: ClockKind, due_at: datetime) -> datetime | None:
    return next((mark.at for mark in marks if mark.kind is kind and mark.due_at == due_at), None)


def _update_clock(incident: Incident, policy: Policy) -> Clock | None:
    cadence = incident.cadence
    if cadence is None:
        return None
    return Clock(
        kind=ClockKind.UPDATE,
        starts_at=cadence.due_at - cadence.every,
        due_at=cadence.due_at,
        allowed=cadence.every,
        warn_at=cadence.due_at - policy.ladder.heads_up_before,
        met_at=None,
        warned_at=None,
        missed_at=_marked(incident.missed, ClockKind.UPDATE, cadence.missed_due) if cadence.missed_due else None,
        stopped=incident.status not in {Status.DECLARED, Status.ACKNOWLEDGED, Status.MITIGATED},
    )
