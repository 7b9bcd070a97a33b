"""What waited so long that a later step took its place: after an outage only the latest step of a ladder speaks."""

from collections.abc import Iterator
from datetime import datetime

from bot.incident.clocks import Clock
from bot.incident.model import Incident
from bot.incident.reacting.effects import Effect, EffectKind, Words
from bot.incident.reading.picture import Picture
from bot.words import ClockKind

_RUNGS = frozenset({"update.late", "update.contact", "update.climbed"})


def is_overtaken(effect: Effect, picture: Picture, *, now: datetime) -> bool:
    """Return whether `effect`, which was never seen, is a step of a ladder that has climbed on since.

    What was missed stays on the record; only saying so late, and several times, is spared.
    """
    if effect.kind is not EffectKind.POST:
        return False
    words, incident = effect.words, picture.incident
    if effect.view in _RUNGS:
        return _has_moved_on(words, incident)
    if effect.view == "page":
        return _is_paged_on(words, picture, now=now)
    if effect.view == "soon":
        return not any(_listed(words, "phases_missed")) and all(_moment(said) <= now for said in _soon(words))
    if effect.view == "clocks":
        return _is_no_news(words, incident, now=now)
    return False


def _has_moved_on(words: Words, incident: Incident) -> bool:
    """Return whether another update was missed after the one this speaks of."""
    missed = incident.cadence.missed_due if incident.cadence else None
    return missed is not None and "due_at" in words and _moment(words) < missed


def _is_paged_on(words: Words, picture: Picture, *, now: datetime) -> bool:
    """Return whether the acknowledgement is overdue and the ladder of pages went on to somebody's Slack since."""
    if words.get("by"):
        return False  # a person asked for it, which no rung of the ladder takes back
    step, again = words.get("step"), words.get("round", 0)
    pages = [page for page in picture.incident.pages if page.round == again and not page.outside]
    later = any(page.step > step for page in pages if isinstance(step, int))
    return later and any(_is_overdue(clock, now) for clock in picture.clocks if clock.kind is ClockKind.ACKNOWLEDGE)


def _is_overdue(clock: Clock, now: datetime) -> bool:
    return clock.is_running and clock.due_at <= now


def _is_no_news(words: Words, incident: Incident, *, now: datetime) -> bool:
    """Return whether it only warns of what is past, or nudges for an update that is no longer the last one missed."""
    missed = (*_listed(words, "missed"), *_listed(words, "phases_missed"))
    if missed or any(_moment(said) > now for said in _soon(words)):
        return False
    climb = words.get("climb")
    if isinstance(climb, dict) and not _has_climbed_on(climb, incident):
        return False
    asked = [one for name in ("late", "update") if isinstance(one := words.get(name), dict)]
    return all(_has_moved_on(one, incident) for one in asked)


def _has_climbed_on(words: Words, incident: Incident) -> bool:
    """Return whether the call it speaks of was answered, or the next step was called since."""
    return incident.climb is None or incident.climb.since > datetime.fromisoformat(str(words["at"]))


def _soon(words: Words) -> tuple[Words, ...]:
    """Return the clocks and phases that are called due soon."""
    return (*_listed(words, "soon"), *_listed(words, "phases_soon"))


def _listed(words: Words, name: str) -> Iterator[Words]:
    said = words.get(name)
    yield from (one for one in said if isinstance(one, dict)) if isinstance(said, list) else ()


def _moment(words: Words) -> datetime:
    return datetime.fromisoformat(str(words["due_at"]))
