"""What follows when people say when an incident really began, was seen or was alerted: the card is drawn again."""

from collections.abc import Iterator

from bot.incident.context import Context
from bot.incident.history.time_events import TimeTold
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, redraw


def time_told(_: TimeTold, incident: Incident, __: set[type], ___: Context) -> Iterator[Reaction]:
    """Return the card, drawn again; a time given later costs nobody a message."""
    yield from redraw(incident, ids.CARD)
