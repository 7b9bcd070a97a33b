"""What the page itself remembers: leaps of the clock, what was done by hand, which letters were read."""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sandbox.page.ledgers import Owed, Recorded
from sandbox.records import Json

MOST_STEPS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Leap:
    """One jump of the clock that somebody asked for, and the numbers of the messages that it brought.

    `until` is the number of the last thing that happened before it was over.
    """

    started: datetime
    ended: datetime
    fired: Sequence[int] = ()
    until: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A timer of the bot's: what is due, when (aware) and how it stands (pending, fired, stopped, superseded)."""

    label: str
    due: datetime
    state: str = "pending"


class Player(Protocol):
    """Plays scenarios for the page, one step at a time or through to the end."""

    def names(self) -> Sequence[tuple[str, str]]:
        """Every scenario there is: its name and title."""

    def start(self, name: str) -> None:
        """Begin a scenario and play it through; raises ValueError with a sentence when it cannot."""

    def step(self, name: str) -> None:
        """Do one step of a scenario, beginning it if need be."""

    def stop(self) -> None:
        """Stop playing."""

    def is_over(self) -> bool:
        """Whether there is no step left to do."""

    def caption(self) -> str:
        """Where the play stands, with the precision of the source; empty when none is played."""


@dataclass(slots=True, kw_only=True)
class Hooks:
    """What whoever composes sandbox and bot may add; every one is optional.

    `timers` lists the bot's timers; `on_call` gives handle → what they are on call for; `restart` begins the bot again
    and the workspace with it, with nothing remembered; `player` plays scenarios. `outbox` and `audit` list the bot's
    books, oldest first; `verify` says whether its audit log verifies, and that in a sentence.
    """

    timers: Callable[[], Sequence[Timer]] | None = None
    on_call: Callable[[], Mapping[str, str]] | None = None
    restart: Callable[[], Awaitable[None]] | None = None
    player: Player | None = None
    outbox: Callable[[], Sequence[Owed]] | None = None
    audit: Callable[[], Sequence[Recorded]] | None = None
    verify: Callable[[], tuple[bool, str]] | None = None


@dataclass(slots=True)
class PageState:
    """The page's own memory; it is gone with the process."""

    leaps: list[Leap] = field(default_factory=list)
    steps: deque[Json] = field(default_factory=lambda: deque(maxlen=MOST_STEPS))
    letters_read: dict[str, int] = field(default_factory=dict)
    welcomed: bool = False

    def forget(self) -> None:
        """Begin again, but do not explain everything a second time."""
        self.leaps.clear()
        self.steps.clear()
        self.letters_read.clear()
