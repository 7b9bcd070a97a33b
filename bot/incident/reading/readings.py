"""Readings: what somebody may want to read, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.incident.history import events as e
from bot.incident.history import handover_events as h
from bot.incident.history import type_events as y
from bot.incident.history.asked_events import PageAsked, PageHeld, PageSentOn
from bot.incident.history.climb_events import NextStepCalled, NobodyFurther
from bot.incident.history.note_events import NoteAdded, NoteWithdrawn
from bot.incident.history.role_events import RoleGiven, RoleGivenBack
from bot.incident.history.staffing_events import PersonLeft, RoleEnded, RolesMissing
from bot.incident.history.time_events import TimeTold
from bot.incident.reacting.effects import Words
from bot.incident.reading.governed import Governed, ReadGoverned
from bot.words import Act, Classification, Severity, Status

PAGE, UPDATES_PAGE, LISTED = 15, 5, 6
"""Entries of a timeline, earlier updates, and incidents of a list that one answer shows."""


class Filter(StrEnum):
    """Which entries of a timeline are shown."""

    ALL = "all"
    CLOCKS = "clocks"
    PEOPLE = "people"
    NOTES = "notes"
    UPDATES = "updates"


_MILESTONES = (e.Declared, e.Acknowledged, e.Mitigated, e.Resolved, e.Cancelled)
_SHOWN: Mapping[Filter, tuple[type[e.Event], ...]] = {
    Filter.CLOCKS: (
        *(*_MILESTONES, TimeTold, e.CommandTaken, e.ClockDueSoon, e.ClockMissed, e.StatusUpdatePosted),
        *(y.PhaseDueSoon, y.PhaseMissed, y.PhaseFinished),
        *(e.UpdateDueSoon, e.UpdateMissed, e.UpdateNudged, e.UpdateLadderClimbed, e.UpdatesSnoozed, e.SnoozeEnded),
    ),
    Filter.PEOPLE: (
        *(e.Declared, e.Acknowledged, e.CommanderNamed, e.CommandTaken, e.CommandGivenBack, e.PersonPaged),
        *(e.LadderSkipped, e.PagePassedOn, e.PageUndeliverable, e.NobodyAnswered, e.Escalated, e.CallAnswered),
        *(e.UpdateLadderClimbed, NextStepCalled, NobodyFurther),
        y.TeamsMobilised,
        *(h.CommandOffered, h.OfferEnded, h.CommandHandedOver, h.CommandReturned, h.LoanEnded),
        *(RoleGiven, RoleGivenBack, RolesMissing, RoleEnded, PersonLeft),
        *(PageAsked, PageSentOn, PageHeld),
    ),
    Filter.NOTES: (NoteAdded, NoteWithdrawn),
    Filter.UPDATES: (e.StatusUpdatePosted,),
}


def actions_of(which: Filter) -> tuple[str, ...]:
    """Return the actions of audit entries that `which` shows; none means every one."""
    return tuple(kind.action for kind in _SHOWN.get(which, ()))


def page_of(which: Filter) -> int:
    """Return how many entries of `which` one page shows: an update is read whole, and on a phone."""
    return UPDATES_PAGE if which is Filter.UPDATES else PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTimeline:
    """A page of the timeline: `start` is how many entries come before it, None for the newest page."""

    which: Filter = Filter.ALL
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSummary:
    """The incident in at most nine lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPanel:
    """The incident, and what this person may do now."""


class Listing(StrEnum):
    """Which incidents a list holds."""

    OPEN = "open"
    CLOSED = "closed"
    MINE = "mine"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """A page of the list: open ones of one `severity` where it is given; `start` is how many come before it."""

    which: Listing = Listing.OPEN
    severity: Severity | None = None
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One incident as far as a list needs it before it is shown."""

    number: int
    severity: Severity
    status: Status
    classification: Classification
    is_test: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCheck:
    """Whether one incident's entries verify; `first_bad` is the place, from 1, of the first that does not."""

    ok: bool
    first_bad: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadType:
    """What a type, `typed` as people write it, adds to the incident; "" for all of them, or how the `phases` stand."""

    typed: str = ""
    phases: bool = False


Reading = ReadTimeline | ReadSummary | ReadPanel | ReadList | ReadType | ReadGoverned


def reading_of(act: Act, words: Words) -> Reading | None:
    """Return what pressing `act` shows, its handle carrying `words`; None for an act that reads nothing."""
    start = words.get("start")
    place = start if isinstance(start, int) else None
    match act:
        case Act.TIMELINE | Act.OLDER | Act.NEWER:
            return ReadTimeline(which=Filter(str(words.get("which") or Filter.ALL)), start=place)
        case Act.EARLIER_UPDATES:
            return ReadTimeline(which=Filter.UPDATES)
        case Act.LIST:
            return ReadList()
        case Act.SUMMARY:
            return ReadSummary()
        case Act.SHOW_TYPE:
            return ReadType(typed=str(words.get("type") or ""))
        case Act.MISSED_CLOCKS | Act.EXCEPTIONS | Act.DENIED_ACTS:
            return ReadGoverned(which=Governed(act.value))
        case Act.NEXT_LISTED | Act.PREVIOUS_LISTED:
            return _turned(words, start=place or 0)
        case _:
            return None


def _turned(words: Words, *, start: int) -> ReadGoverned | ReadList:
    """Return another page of the list that `words` were written for."""
    if words.get("governed"):
        return ReadGoverned(which=Governed(str(words["governed"])), start=start)
    severity = words.get("severity")
    return ReadList(
        which=Listing(str(words.get("which") or Listing.OPEN)),
        severity=Severity(str(severity)) if severity else None,
        start=start,
    )
