"""Events about notes: what people put on the timeline, and took back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.incident.history.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Event):
    """Words were put on the timeline; `told_at` is when what they tell happened, `corrects` the note they set right.

    A message that somebody pinned stands at `pin` and is by `author`.
    """

    action = "incident.note_added"
    words: str
    number: int = 0
    told_at: datetime | None = None
    corrects: int | None = None
    author: str | None = None
    pin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWithdrawn(Event):
    """A note was taken back by its author; nothing is deleted."""

    action = "incident.note_withdrawn"
    number: int


NOTES: Mapping[str, type[Event]] = {kind.action: kind for kind in (NoteAdded, NoteWithdrawn)}
