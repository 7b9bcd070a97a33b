"""What follows for those whom the duties name: a severity confirmed is said in the channel, C are asked by message."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.authority.deciding import who_may
from bot.incident.authority.hearing import asked_by_dm
from bot.incident.authority.rights import Right
from bot.incident.context import Context
from bot.incident.history.access_events import Classified
from bot.incident.history.confirming_events import SeverityConfirmed
from bot.incident.history.events import Event
from bot.incident.history.turns import SeverityChanged
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Batch, Reaction, redraw, say, tell
from bot.incident.reacting.effects import Words
from bot.words import Lane


def _confirmed(event: SeverityConfirmed, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    """Return one line in the channel, and the card without its question."""
    yield say(incident, "line.confirmed", {"by": event.by, "severity": event.severity.value})
    yield from redraw(incident, ids.CARD)


AUTHORITY_REACTIONS: Mapping[type[Event], Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]] = {
    SeverityConfirmed: _confirmed,
}
"""What follows from each event about who may."""


def ask_consulted(batch: Batch, context: Context) -> Iterator[Reaction]:
    """Return the direct messages to those the duties have asked about what was decided, one to each (G2)."""
    for event, incident in batch:
        act = _right(event)
        if act is None or incident.is_test:
            continue
        words: Words = {
            "by": event.by,
            "was": event.was.value,  # type: ignore[attr-defined]
            "to": event.to.value,  # type: ignore[attr-defined]
            "who": list(who_may(act, incident, context)),
        }
        for person, grounds in asked_by_dm(act, incident, context).items():
            label = context.policy.raci.parties[grounds.party].label if grounds.party else ""
            effect_id = ids.at_version(incident, f"consulted/{person}")
            said: Words = {**words, "as": label, "person": person}
            yield tell(incident, person, "consulted", said, effect_id=effect_id, lane=Lane.ANSWER)


def _right(event: Event) -> Right | None:
    if isinstance(event, Classified):
        return Right.CLASSIFY
    lowered = isinstance(event, SeverityChanged) and event.to.rank > event.was.rank
    return Right.LOWER if lowered else None
