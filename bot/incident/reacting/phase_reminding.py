"""Phases in what the clock says: they go with its other messages, and after the end to who owes them alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.incident.context import Context
from bot.incident.history.events import Event
from bot.incident.history.type_events import PhaseDueSoon, PhaseMissed
from bot.incident.model import Incident
from bot.incident.phases import phases
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, redraw, tell
from bot.incident.reacting.effects import Json, Words
from bot.words import Lane


@dataclass(frozen=True, slots=True, kw_only=True)
class PhasesDue:
    """The phases of one batch that are due soon or were missed."""

    soon: tuple[PhaseDueSoon, ...] = ()
    missed: tuple[PhaseMissed, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is anything to say of phases."""
        return bool(self.soon or self.missed)

    @property
    def words(self) -> Words:
        """Return what a message about them needs."""
        return {"phases_soon": [_due(one) for one in self.soon], "phases_missed": [_due(one) for one in self.missed]}


_Owed = tuple[PhaseDueSoon | PhaseMissed, str, PhasesDue]


def phases_due(events: tuple[Event, ...]) -> PhasesDue:
    """Return the phases that fell due in these events; one that was missed at once was never due soon."""
    missed = tuple(event for event in events if isinstance(event, PhaseMissed))
    past = {event.phase for event in missed}
    soon = tuple(event for event in events if isinstance(event, PhaseDueSoon) and event.phase not in past)
    return PhasesDue(soon=soon, missed=missed)


def _due(event: PhaseDueSoon | PhaseMissed) -> Json:
    return {"type": event.type, "phase": event.phase.value, "due_at": event.due_at.isoformat(), "owner": event.owner}


def phase_id(incident: Incident, name: str, event: PhaseDueSoon | PhaseMissed) -> str:
    """Return the id of what was said of this phase alone."""
    return ids.phase(incident, name, event.phase, event.due_at)


def after_the_end(due: PhasesDue, incident: Incident, context: Context) -> Iterator[Reaction]:
    """Return what is said once it is resolved: nothing in the channel any more, to who owes it by direct message."""
    owed = {one.phase for one in phases(incident, context.policy) if one.is_running}
    missed: list[_Owed] = [(one, ids.LATE, PhasesDue(missed=(one,))) for one in due.missed]
    soon: list[_Owed] = [(one, ids.SOON, PhasesDue(soon=(one,))) for one in due.soon]
    for event, name, mine in (*missed, *soon):
        if event.owner and event.phase in owed:
            words: Words = {"soon": [], "person": event.owner, **mine.words}
            effect_id = phase_id(incident, name, event)
            yield tell(incident, event.owner, "soon", words, effect_id=effect_id, lane=Lane.REMINDER)
    if due:
        yield from redraw(incident, ids.CARD)
