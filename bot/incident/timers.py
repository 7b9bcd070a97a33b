"""Timers: which of them an incident wants to be running, derived from the incident itself."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.incident.awaited import awaited
from bot.incident.clocks import Clock, clocks
from bot.incident.history.cadence import Cadence
from bot.incident.history.speaking import APART
from bot.incident.model import ClockLine, Incident
from bot.incident.phases import PhaseClock, phases
from bot.incident.reacting.effects import TimerChange, TimerOp
from bot.incident.rules.wanted_roles import unnoticed_roles
from bot.policy.model import Policy
from bot.words import GONE, ClockKind, Status

PAGE, NOBODY, HEADLINE = "page.step", "page.nobody", "headline"
HEADS_UP, UPDATE_DUE, NUDGE, SNOOZE_END = "update.warn", "update.due", "update.nudge", "update.snooze_end"
TELL_COMMANDER, TELL_CONTACT = "update.commander", "update.contact"
ASKED_NEXT = "page.asked"
EXCEPTION_END = "exception.end"
ACCESS_SOON, ACCESS_END = "access.soon", "access.end"
TEST_END = "test.end"
PHASE = "phase."
ACCESS_TOLD_BEFORE = timedelta(minutes=10)
TEST_LASTS = timedelta(hours=4)
"""A test nobody ends is over by itself after this time."""
WARN, DUE = ".warn", ".due"
UNANSWERED = "call.unanswered"
OFFER_ENDS, LOAN_ENDS = f"handover{DUE}", f"command_back{DUE}"
ROLES_DUE, ROLE_ENDS = f"roles{DUE}", f"role_back{DUE}"


def wanted(incident: Incident, policy: Policy) -> dict[str, datetime]:
    """Return the timers that should be running, kind to due time; of one that has ended, those that last."""
    if not incident.status.is_open:
        return dict([*_lasting(incident), *_phase_timers(incident, policy)])
    timers = (_clock_timers(incident, policy), _page_timers(incident, policy), _update_timers(incident, policy))
    people = (_handing_timers(incident), _lasting(incident), _call_timers(incident, policy))
    work = (_role_timers(incident, policy), _phase_timers(incident, policy), _asked_timers(incident))
    return dict(one for each in (*timers, *people, *work) for one in each)


def _call_timers(incident: Incident, policy: Policy) -> Iterator[tuple[str, datetime]]:
    climb = incident.climb
    if climb and climb.ended_at is None:
        yield UNANSWERED, climb.since + policy.calls.unanswered_after


def _clock_timers(incident: Incident, policy: Policy) -> Iterator[tuple[str, datetime]]:
    for clock in clocks(incident, policy):
        if clock.kind is ClockKind.UPDATE or not clock.is_running or clock.missed_at:
            continue
        if not clock.warned_at:
            yield f"{clock.kind}{WARN}", _in_turn(clock, incident.clock_line)
        yield f"{clock.kind}{DUE}", clock.due_at
    if incident.is_test:
        yield TEST_END, incident.runs_since + TEST_LASTS
    elif incident.headline_at is None:
        yield HEADLINE, incident.declared.at + policy.headline_after


def _phase_timers(incident: Incident, policy: Policy) -> Iterator[tuple[str, datetime]]:
    line = incident.clock_line if incident.status.is_open else None
    for phase in phases(incident, policy):
        if phase.is_running and not phase.missed_at:
            if not phase.warned_at:
                yield f"{PHASE}{phase.phase}{WARN}", _in_turn(phase, line)
            yield f"{PHASE}{phase.phase}{DUE}", phase.due_at


def _in_turn(clock: Clock | PhaseClock, last: ClockLine | None) -> datetime:
    """Return when a clock warns: a minute after the clock last spoke, if it would sooner and is not due by then."""
    free = last.at + APART if last else clock.warn_at
    waits = last is not None and last.asked_at < clock.warn_at < free < clock.due_at
    return free if waits else clock.warn_at


def _page_timers(incident: Incident, policy: Policy) -> Iterator[tuple[str, datetime]]:
    if incident.status is not Status.DECLARED or incident.is_test:
        return
    rules = policy.rules(incident.severity)
    if incident.page_step < len(rules.pages):
        yield PAGE, incident.runs_since + rules.pages[incident.page_step].after
    if rules.nobody_after and incident.nobody_answered_at is None:
        yield NOBODY, incident.runs_since + rules.nobody_after


def _handing_timers(incident: Incident) -> Iterator[tuple[str, datetime]]:
    offer, loan = incident.handing.offer, incident.handing.loan
    if offer:
        yield OFFER_ENDS, offer.ends_at
    if loan:
        yield LOAN_ENDS, loan.until


def _role_timers(incident: Incident, policy: Policy) -> Iterator[tuple[str, datetime]]:
    unnoticed = unnoticed_roles(incident=incident, policy=policy)
    if unnoticed:
        yield ROLES_DUE, unnoticed[0].due_at
    ends = [held.until for held in incident.roles if held.until]
    if ends:
        yield ROLE_ENDS, min(ends)


def _asked_timers(incident: Incident) -> Iterator[tuple[str, datetime]]:
    following = [one.next_at for one in awaited(incident) if one.next_at]
    if following:
        yield ASKED_NEXT, min(following)


def _access_timers(incident: Incident) -> Iterator[tuple[str, datetime]]:
    untold = [grant.until for grant in incident.access.grants if not grant.told_at]
    if untold:
        yield ACCESS_SOON, min(untold) - ACCESS_TOLD_BEFORE
    if incident.access.grants:
        yield ACCESS_END, min(grant.until for grant in incident.access.grants)


def _lasting(incident: Incident) -> Iterator[tuple[str, datetime]]:
    """Return the timers that an end of the incident does not stop by itself."""
    yield from _access_timers(incident)
    ends = [one.until for one in incident.exceptions.holding if one.until]
    if ends and incident.status not in GONE:
        yield EXCEPTION_END, min(ends)


def _update_timers(incident: Incident, policy: Policy) -> Iterator[tuple[str, datetime]]:
    cadence = incident.cadence
    if cadence is None:
        return
    yield UPDATE_DUE, cadence.due_at
    if cadence.snooze:
        yield SNOOZE_END, cadence.snooze.until
        return
    if cadence.in_row == 0 and not cadence.heads_up:
        yield HEADS_UP, cadence.due_at - policy.ladder.heads_up_before
    if cadence.nudge_at:
        yield NUDGE, cadence.nudge_at
    yield from _rungs(cadence, policy)


def _rungs(cadence: Cadence, policy: Policy) -> Iterator[tuple[str, datetime]]:
    if cadence.rung_from is None or cadence.in_row > policy.ladder.backoff_after_misses:
        return
    if cadence.rung == 1:
        yield TELL_COMMANDER, cadence.rung_from + policy.ladder.commander_after
    if cadence.rung in {1, 2}:
        yield TELL_CONTACT, cadence.rung_from + policy.ladder.contact_after


def changes(
    before: Incident | None, after: Incident, policy: Policy, *, fired_by: datetime | None
) -> tuple[TimerChange, ...]:
    """Return what turns the timers of `before` into those of `after`.

    `fired_by` is the moment of the clock's own act, None for anybody else's. A timer due by then that went away has
    fired; one that moved for any other reason is superseded; one no longer wanted is stopped.
    """
    old = wanted(before, policy) if before else {}
    return tuple(_changes(old, wanted(after, policy), fired_by=fired_by))


def _changes(old: dict[str, datetime], new: dict[str, datetime], *, fired_by: datetime | None) -> Iterator[TimerChange]:
    for kind, due_at in old.items():
        if new.get(kind) != due_at:
            yield TimerChange(op=_ending(due_at, moved=kind in new, fired_by=fired_by), kind=kind, due_at=due_at)
    for kind, due_at in new.items():
        if old.get(kind) != due_at:
            yield TimerChange(op=TimerOp.ARM, kind=kind, due_at=due_at)


def _ending(due_at: datetime, *, moved: bool, fired_by: datetime | None) -> TimerOp:
    if fired_by is not None and due_at <= fired_by:
        return TimerOp.FIRE
    return TimerOp.SUPERSEDE if moved else TimerOp.STOP
