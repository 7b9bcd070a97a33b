"""The clock's own acts on phases: a warning before one is due, and the record that it was missed (P6)."""

from bot.incident.context import Context
from bot.incident.history.type_events import PhaseDueSoon, PhaseMissed
from bot.incident.model import Incident
from bot.incident.phases import owner_of, phases, type_of
from bot.policy.rulebook import Phase


def fire_phase(kind: str, incident: Incident, context: Context) -> PhaseDueSoon | PhaseMissed:
    """Return what the timer `kind` ("phase.contain.warn", "phase.contain.due") does."""
    _, phase, what = kind.split(".")
    clock = next(one for one in phases(incident, context.policy) if one.phase is Phase(phase))
    happens = PhaseMissed if what == "due" else PhaseDueSoon
    return happens(
        at=context.now,
        by=context.actor.id,
        type=type_of(incident, context.policy),
        phase=clock.phase,
        due_at=clock.due_at,
        owner=owner_of(clock.owner, incident, context),
    )
