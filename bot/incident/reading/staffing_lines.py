"""Roles on the timeline: who was given which and until when, which nobody held, and who left the workspace."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.history.events import Event
from bot.incident.history.role_events import ResponderAdded, RoleGiven, RoleGivenBack
from bot.incident.history.staffing import WantedRole
from bot.incident.history.staffing_events import PersonLeft, RoleEnd, RoleEnded, RolesMissing
from bot.incident.sentences import Sentence, When, Who

_WHY: Mapping[RoleEnd, str] = {
    RoleEnd.TIME: ": the time agreed is over",
    RoleEnd.COMMANDS: ": they command now",
}


def _given(event: RoleGiven) -> Sentence:
    until: Sentence = (" until ", When(event.until)) if event.until else ()
    both = f", and {event.beside} as well: nobody else of policy could be" if event.beside else ""
    return (Who(event.person), f" is {event.role}", *until, both)


def _missing(event: RolesMissing) -> Sentence:
    return ("Nobody holds ", *(part for place, one in enumerate(event.roles) for part in _due(place, one)))


def _due(place: int, one: WantedRole) -> Iterator[str | When]:
    yield f"{', ' if place else ''}{one.role} (due "
    yield When(one.due_at)
    yield ")"


def _ended(event: RoleEnded) -> Sentence:
    back: Sentence = (", ", Who(event.back_to), " is again") if event.back_to else ()
    return (Who(event.person), f" is no longer {event.role}{_WHY[event.why]}", *back)


def _left(event: PersonLeft) -> Sentence:
    called: Sentence = (", ", Who(event.called), " called") if event.called else ()
    return (Who(event.person), f" left the workspace; nobody is {' or '.join(event.roles)} now", *called)


STAFFING_LINES: Mapping[type[Event], Callable[[Any], Sentence]] = {
    RoleGiven: _given,
    RoleGivenBack: lambda event: (f"Gave back the role of {event.role}",),
    ResponderAdded: lambda event: (Who(event.person), " comes in"),
    RolesMissing: _missing,
    RoleEnded: _ended,
    PersonLeft: _left,
}
"""How each event about roles reads."""
