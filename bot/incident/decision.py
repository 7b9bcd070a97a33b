"""What deciding gives: events, or a refusal."""

from bot.incident.history.events import Event
from bot.incident.refusing.refusals import Refused

Decision = tuple[Event, ...] | Refused
MIN_REASON, MIN_TITLE = 10, 3
LONGEST_NOTE, LONGEST_FIELD, LONGEST_REASON = 2000, 1500, 300


def word_count(text: str) -> int:
    """Return how many letters and digits `text` has, of any script: what a reason or a title is measured by."""
    return sum(character.isalnum() for character in text)
