"""What follows when a call is not answered: the next person is called, and the channel hears whom, or that none is."""

from collections.abc import Iterator

from bot.incident.history import climb_events as k
from bot.incident.history import events as e
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Batch, Reaction, invite, redraw, say, tell
from bot.incident.reacting.effects import Redraw, Words
from bot.words import Lane


def steps_called(batch: Batch) -> Iterator[Reaction]:
    """Return the calls of the next steps in `batch`, each with its place in the channel."""
    for event, incident in batch:
        if isinstance(event, k.NextStepCalled):
            yield from _called(event, incident)


def _called(event: k.NextStepCalled, incident: Incident) -> Iterator[Reaction]:
    effect_id = ids.called(incident, len(incident.calls) - 1)
    words: Words = {
        "person": event.person,
        "by": event.by,
        "why": "",
        "contact": event.contact,
        "unanswered": list(event.unanswered),
    }
    yield from invite(incident, (event.person,), effect_id=f"{effect_id}/{ids.INVITE}")
    yield tell(incident, event.person, "called", words, effect_id=effect_id, lane=Lane.PAGE)


def climbed_words(events: tuple[e.Event, ...]) -> Words | None:
    """Return what the channel hears of the last step in `events`: who is called, instead of whom."""
    last = next((event for event in reversed(events) if isinstance(event, k.NextStepCalled)), None)
    if last is None:
        return None
    return {"person": last.person, "unanswered": list(last.unanswered), "at": last.at.isoformat()}


def nobody_further(batch: Batch) -> Iterator[Reaction]:
    """Return that policy has nobody further to call, with telephone numbers: at once, in a message of its own."""
    for event, incident in batch:
        if isinstance(event, k.NobodyFurther):
            effect_id = ids.for_due(incident, ids.NOBODY_FURTHER, event.at)
            words: Words = {"unanswered": list(event.unanswered)}
            yield say(incident, "nobody_further", words, effect_id=effect_id, lane=Lane.PAGE)
            yield from redraw(incident, ids.CARD)


def redraw_climb(before: Incident, after: Incident) -> Iterator[Reaction]:
    """Return the last step's line drawn again: somebody answered, nothing is asked, or an update beside it was met."""
    climb = before.climb
    if climb is None or (after.climb and before.updates == after.updates):
        return
    if climb.waiting != climb.called:
        yield Redraw(id=ids.for_due(before, ids.CLIMBED, climb.since))
    if climb.ended_at:
        yield Redraw(id=ids.for_due(before, ids.NOBODY_FURTHER, climb.ended_at))
