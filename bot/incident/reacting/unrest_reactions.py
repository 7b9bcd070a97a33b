"""What follows when an incident goes back and forth: one line in governance's channel, with the number only."""

from collections.abc import Iterator

from bot.incident.context import Context
from bot.incident.history.unrest_events import BackAndForthNoticed
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, post
from bot.incident.reacting.effects import GOVERNANCE, Words
from bot.words import Lane


def back_and_forth(event: BackAndForthNoticed, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    """Return the alarm to governance."""
    words: Words = {"turns": event.turns, "seconds": int(event.within.total_seconds())}
    effect_id = ids.for_due(incident, "back-and-forth", event.at)
    yield post(effect_id, "back_and_forth", incident, place=GOVERNANCE, lane=Lane.UPDATE, words=words)
