"""The timeline's lines of calls that were not answered: who was called next, and that there was nobody further."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.history import climb_events as k
from bot.incident.history.events import Event
from bot.incident.sentences import Sentence, Who


def _names(people: tuple[str, ...]) -> Iterator[str | Who]:
    for place, person in enumerate(people):
        if place:
            yield ", "
        yield Who(person)


def _called(event: k.NextStepCalled) -> Sentence:
    return ("Called ", Who(event.person), ", for no answer came from ", *_names(event.unanswered))


def _nobody(event: k.NobodyFurther) -> Sentence:
    return ("Nobody further to call; no answer from ", *_names(event.unanswered))


CLIMB_LINES: Mapping[type[Event], Callable[[Any], Sentence]] = {
    k.NextStepCalled: _called,
    k.NobodyFurther: _nobody,
}
