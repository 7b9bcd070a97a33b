"""Calls that nobody answers, as a frozen value: who was called last, and how far up policy it went."""

from dataclasses import dataclass
from datetime import datetime

from bot.words import ClockKind

SEATED = frozenset({ClockKind.ACKNOWLEDGE, ClockKind.COMMANDER})
"""The clocks that ask for somebody to be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """One way up: nobody called has answered yet.

    `waiting` are those called last, who have not answered `since` then; `called` is everybody called on this way up.
    `clocks` are the missed clocks that began it, `asked` says that a person did. `ended_at` is when policy had nobody
    further to call.
    """

    since: datetime
    waiting: tuple[str, ...]
    called: tuple[str, ...]
    clocks: tuple[ClockKind, ...] = ()
    asked: bool = False
    ended_at: datetime | None = None
