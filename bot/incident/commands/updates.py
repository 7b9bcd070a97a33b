"""Commands that say something: status updates, silence with a reason, notes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PostUpdate:
    """Post a status update in words; `corrects` is the number of the update it sets right, which stays as it is."""

    now: str
    affected: str = ""
    next: str = ""
    corrects: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNoChange:
    """Post the update "no change since", one press."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeUpdates:
    """Silence nudges for updates until then; the due time stays."""

    until: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """Put words on the timeline.

    `at` is when what they tell happened, None for now; `corrects` the number of the note they set right, which stays
    as it is. `told` is the time as typed ("13:50", "13:50 UTC") until somebody who knows the author's zone reads it.
    Of a pinned message `author` wrote the words and `pin` is where it stands.
    """

    words: str
    at: datetime | None = None
    corrects: int | None = None
    told: str = ""
    author: str | None = None
    pin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawNote:
    """Take note number `note`, which `author` wrote, back; it stays on the timeline, marked."""

    note: int
    author: str
