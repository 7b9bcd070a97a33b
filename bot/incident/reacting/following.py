"""What followers hear: one short direct message for each turn, and none of what they did themselves."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bot.incident.context import Context
from bot.incident.history import events as e
from bot.incident.history import turns as t
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, iso, tell
from bot.incident.reacting.effects import Words
from bot.words import Lane

FOLLOWED = "followed"


def _updated(event: e.StatusUpdatePosted) -> Words:
    return {"number": event.number, "words": event.now, "kind": event.kind.value, "next_due_at": iso(event.next_due_at)}


def _regraded(event: t.SeverityChanged) -> Words:
    return {"was": event.was.value, "to": event.to.value}


def _merged(event: t.Merged) -> Words:
    return {"into": event.into if event.channel else None}


_TURNS: Mapping[type[e.Event], tuple[str, Callable[[Any], Words]]] = {
    e.StatusUpdatePosted: ("update", _updated),
    t.SeverityChanged: ("severity", _regraded),
    e.Mitigated: ("mitigated", lambda event: {"words": event.words}),
    e.Resolved: ("resolved", lambda event: {"words": event.words}),
    t.Reopened: ("reopened", lambda event: {"words": event.words}),
    e.Cancelled: ("cancelled", lambda event: {"words": event.words}),
    t.Closed: ("closed", lambda _: {}),
    t.Merged: ("merged", _merged),
}


def tell_followers(
    before: Incident | None, batch: Iterable[tuple[e.Event, Incident]], context: Context
) -> Iterator[Reaction]:
    """Return what each follower hears of a decision: its last turn, for the earlier ones lie within it."""
    turned = [(event, incident) for event, incident in batch if type(event) in _TURNS]
    if before is None or not turned:
        return
    event, incident = turned[-1]
    what, more = _TURNS[type(event)]
    words: Words = {"what": what, "by": event.by, "at": iso(event.at), **more(event)}
    for person in before.followers:
        if person != event.by and person not in context.gone:
            effect_id = ids.at_version(incident, f"{FOLLOWED}/{person}")
            yield tell(incident, person, FOLLOWED, words, effect_id=effect_id, lane=Lane.REMINDER)
