"""The timeline: each audit entry as one line people read, their own words as quotations."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.incident.clocks import Clock
from bot.incident.history import events as e
from bot.incident.history.cadence import UpdateKind
from bot.incident.history.disturbing import DoNotDisturbFound
from bot.incident.history.following import Followed, Unfollowed
from bot.incident.history.note_events import NoteAdded, NoteWithdrawn
from bot.incident.history.spool_events import DeclaredDegraded
from bot.incident.history.time_events import TimeTold
from bot.incident.history.unrest_events import BackAndForthNoticed
from bot.incident.reading.absence_lines import ABSENCE_LINES
from bot.incident.reading.access_lines import ACCESS_LINES
from bot.incident.reading.asked_lines import ASKED_LINES
from bot.incident.reading.climb_lines import CLIMB_LINES
from bot.incident.reading.confirming_lines import CONFIRMING_LINES
from bot.incident.reading.exception_lines import EXCEPTION_LINES
from bot.incident.reading.handover_lines import HANDOVER_LINES
from bot.incident.reading.sharing_lines import SHARING_LINES
from bot.incident.reading.staffing_lines import STAFFING_LINES
from bot.incident.reading.type_lines import TYPE_LINES
from bot.incident.sentences import Quote, Sentence, When, Who, spell, spell_allowed
from bot.words import ActorKind, ClockKind

_NOT_PEOPLE = frozenset({ActorKind.CLOCK.value, ActorKind.TOCSIN.value})

_CLOCK_NAMES: Mapping[ClockKind, str] = {
    ClockKind.ACKNOWLEDGE: "Acknowledge",
    ClockKind.COMMANDER: "Commander",
    ClockKind.MITIGATE: "Mitigate",
    ClockKind.RESOLVE: "Resolve",
    ClockKind.UPDATE: "Status update",
}


def line_of(event: e.Event, clocks: Sequence[Clock]) -> Sentence:
    """Return what `event` tells, who did it unless a clock or Tocsin did, and how long a clock took to be met."""
    tell = _LINES.get(type(event))
    told = tell(event) if tell else (_plainly(event),)
    who: Sentence = () if event.by in _NOT_PEOPLE else (" · ", Who(event.by))
    return (*told, *who, *_took(event, clocks))


def _plainly(event: e.Event) -> str:
    words = event.action.rpartition(".")[2].replace("_", " ")
    return words[:1].upper() + words[1:]


_MEETS: Mapping[type[e.Event], ClockKind] = {
    e.Acknowledged: ClockKind.ACKNOWLEDGE,
    e.CommandTaken: ClockKind.COMMANDER,
    e.Mitigated: ClockKind.MITIGATE,
    e.Resolved: ClockKind.RESOLVE,
}


def _took(event: e.Event, clocks: Sequence[Clock]) -> Sentence:
    kind = _MEETS.get(type(event))
    clock = next((one for one in clocks if one.kind is kind and one.met_at == event.at), None)
    if clock is None:
        return ()
    return (f" · {spell(event.at - clock.starts_at)} ({spell_allowed(clock.allowed)} allowed)",)


def _words(words: str, *, before: str = " ") -> Sentence:
    return (before, Quote(words)) if words.strip() else ()


def _declared(event: e.Declared) -> Sentence:
    what = "Declared as a test of" if event.is_test else "Declared as"
    started: Sentence = (", started ", When(event.started_at)) if event.started_at else ()
    awaits = ", awaiting confirmation" if event.is_awaiting else ""
    return (f"{what} {event.severity.label}{awaits}", *started)


def _time_told(event: TimeTold) -> Sentence:
    was: Sentence = (", not ", When(event.was)) if event.was else ()
    return (f"{event.which.capitalize()} at ", When(event.moment), *was)


def _acknowledged(event: e.Acknowledged) -> Sentence:
    return ("Acknowledged by the link in a page" if event.by_link else "Acknowledged",)


def _taken(event: e.CommandTaken) -> Sentence:
    return ("Took command over from ", Who(event.over)) if event.over else ("Took command",)


def _updated(event: e.StatusUpdatePosted) -> Sentence:
    name = f"Status update {event.number}"
    if event.kind is UpdateKind.NO_CHANGE:
        return (f"{name}: no change",)
    return (f"{name}, correction of update {event.corrects}" if event.corrects else name, *_words(event.now))


def _noted(event: NoteAdded) -> Sentence:
    name = f"Correction of note {event.corrects}" if event.corrects else "Note"
    told: Sentence = (" about ", When(event.told_at)) if event.told_at else ()
    number = f" (no. {event.number})" if event.number else ""
    return (name, *_words(event.words), number, *told)


def _escalated(event: e.Escalated) -> Sentence:
    return ("Escalated to ", Who(event.person), *_words(event.why, before=": "))


def _missed(event: e.ClockMissed) -> Sentence:
    return (f"{_CLOCK_NAMES[event.kind]} missed, due ", When(event.due_at))


def _due_soon(event: e.ClockDueSoon) -> Sentence:
    return (f"{_CLOCK_NAMES[event.kind]} due soon, by ", When(event.due_at))


def _climbed(event: e.UpdateLadderClimbed) -> Sentence:
    return ("Missing status update: ", Who(event.person), " told")


def _snoozed(event: e.UpdatesSnoozed) -> Sentence:
    return ("Nudges silent until ", When(event.until), *_words(event.why, before=": "))


_LINES: Mapping[type[e.Event], Callable[[Any], Sentence]] = {
    e.Declared: _declared,
    TimeTold: _time_told,
    e.Acknowledged: _acknowledged,
    e.CommanderNamed: lambda event: (Who(event.person), " named commander"),
    e.CommandTaken: _taken,
    e.CommandGivenBack: lambda _: ("Gave command back",),
    e.StatusUpdatePosted: _updated,
    NoteAdded: _noted,
    NoteWithdrawn: lambda event: (f"Note {event.number} withdrawn",),
    e.Escalated: _escalated,
    e.CallAnswered: lambda _: ("Answered the call",),
    e.Mitigated: lambda event: ("Mitigated", *_words(event.words)),
    e.Resolved: lambda event: ("Resolved", *_words(event.words)),
    e.Cancelled: lambda event: (f"Cancelled: {event.reason}", *_words(event.words)),
    e.PersonPaged: lambda event: ("Paged ", Who(event.page.person), f" by {event.page.way_label}"),
    e.LadderSkipped: lambda _: ("Nobody to page at this step",),
    e.PagePassedOn: lambda _: ("Passed the page on",),
    e.PageUndeliverable: lambda event: (f"Page {event.ref} could not be delivered",),
    e.NobodyAnswered: lambda _: ("Nobody answered a page",),
    e.ClockDueSoon: _due_soon,
    e.ClockMissed: _missed,
    e.UpdateDueSoon: lambda event: ("Status update due soon, by ", When(event.due_at)),
    e.UpdateMissed: lambda event: ("Status update missed, due ", When(event.due_at)),
    e.UpdateNudged: lambda _: ("Reminded of the missing status update",),
    e.UpdateLadderClimbed: _climbed,
    e.UpdatesSnoozed: _snoozed,
    e.SnoozeEnded: lambda _: ("Nudges speak again",),
    e.HeadlineDue: lambda _: ("Leadership told",),
    e.ChannelOpened: lambda _: ("Channel opened",),
    e.ChannelRefused: lambda _: ("Slack refused a channel",),
    **HANDOVER_LINES,
    **ACCESS_LINES,
    **CONFIRMING_LINES,
    **TYPE_LINES,
    **CLIMB_LINES,
    BackAndForthNoticed: lambda event: (f"Turned {event.turns} times within {spell(event.within)}; governance told",),
    **STAFFING_LINES,
    **ASKED_LINES,
    **EXCEPTION_LINES,
    **SHARING_LINES,
    **ABSENCE_LINES,
    DeclaredDegraded: lambda event: (f"While the database was down (degraded), written down as {event.ref}",),
    Followed: lambda _: ("Follows it",),
    Unfollowed: lambda event: (Who(event.person), " follows it no more"),
    DoNotDisturbFound: lambda event: (Who(event.person), " has Do Not Disturb on until ", When(event.until)),
}
