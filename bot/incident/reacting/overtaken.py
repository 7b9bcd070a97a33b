"""Which of the clock's reminders speak when several fall due at once: the later takes the place of the earlier."""

from bot.incident.history import events as e
from bot.incident.history.type_events import PhaseDueSoon, PhaseMissed
from bot.incident.model import Incident
from bot.incident.reacting.drafting import Batch
from bot.words import Role

COMMANDER_RUNG = 2


def is_past(soon: e.ClockDueSoon, events: tuple[e.Event, ...]) -> bool:
    """Return whether the clock that was due soon is missed by now."""
    return any(isinstance(event, e.ClockMissed) and event.kind is soon.kind for event in events)


def update_due(events: tuple[e.Event, ...]) -> e.UpdateDueSoon | None:
    """Return that an update is due soon, None once it was missed."""
    missed = any(isinstance(event, e.UpdateMissed) for event in events)
    return None if missed else next((event for event in events if isinstance(event, e.UpdateDueSoon)), None)


def nudged_at(batch: Batch) -> Incident | None:
    """Return the incident as the last nudge left it, or None when the channel is not to be nudged."""
    nudged = [incident for event, incident in batch if _is_nudge(event)]
    climbed = any(isinstance(event, e.UpdateLadderClimbed) for event, _ in batch)
    return nudged[-1] if nudged and not climbed and _is_awaited(batch[-1][1]) else None


def _is_nudge(event: e.Event) -> bool:
    held_back = isinstance(event, e.UpdateMissed) and not event.nudge
    return isinstance(event, e.UpdateMissed | e.UpdateNudged | e.SnoozeEnded) and not held_back


def _is_awaited(incident: Incident) -> bool:
    """Return whether an update was missed and is still awaited."""
    return incident.status.is_open and incident.cadence is not None and incident.cadence.in_row > 0


def highest(batch: Batch) -> tuple[e.UpdateLadderClimbed, Incident] | None:
    """Return the highest rung of the update ladder that was climbed, the last time it was."""
    climbed = [(event, incident) for event, incident in batch if isinstance(event, e.UpdateLadderClimbed)]
    rung = max((event.rung for event, _ in climbed), default=0)
    return next((one for one in reversed(climbed) if one[0].rung == rung), None)


def alone(batch: Batch) -> int:
    """Return how many reminders these events make when each is told at its own time."""
    return sum(spoken((one,)) for one in batch)


def spoken(batch: Batch) -> int:
    """Return how many reminders these events make when they are told at once."""
    if not batch:
        return 0
    events, incident = tuple(event for event, _ in batch), batch[-1][1]
    clocks = sum(_speaks(event, events) for event in events)
    heads_up = update_due(events) is not None and bool(incident.commander or incident.acknowledged)
    return clocks + heads_up + (nudged_at(batch) is not None) + _climbs(batch)


def _climbs(batch: Batch) -> bool:
    """Return whether a rung reaches anybody: the highest is told in the channel, the other to the commander."""
    found = highest(batch)
    if found is None:
        return False
    event, incident = found
    return event.rung != COMMANDER_RUNG or bool(incident.commander or incident.holder(Role.DEPUTY))


def _speaks(event: e.Event, events: tuple[e.Event, ...]) -> bool:
    if isinstance(event, PhaseDueSoon):
        return not any(isinstance(one, PhaseMissed) and one.phase == event.phase for one in events)
    if isinstance(event, e.ClockDueSoon):
        return not is_past(event, events)
    return isinstance(event, e.ClockMissed | PhaseMissed)
