"""A test stays among those who play it: whatever would reach anybody else is left out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.incident.history.events import Event
from bot.incident.history.role_events import ResponderAdded
from bot.incident.model import Incident
from bot.incident.reacting.drafting import Reaction
from bot.incident.reacting.effects import Effect, PlaceKind
from bot.incident.sight import people_in


def within(told: Iterable[Reaction], batch: tuple[tuple[Event, Incident], ...]) -> Iterator[Reaction]:
    """Return what is told; of a test only what its own channel and its own people hear."""
    incident = batch[-1][1]
    if not incident.is_test:
        yield from told
        return
    brought = {event.person for event, _ in batch if isinstance(event, ResponderAdded)}
    people = people_in(incident) | brought
    for one in told:
        kept = _kept(one, people) if isinstance(one, Effect) else one
        if kept:
            yield kept


def _kept(effect: Effect, people: frozenset[str]) -> Effect | None:
    if effect.place.kind is PlaceKind.DM:
        return effect if effect.place.key in people else None
    if effect.place.kind is not PlaceKind.CHANNEL:
        return None
    mine = tuple(person for person in effect.people if person in people)
    return replace(effect, people=mine) if mine or not effect.people else None
