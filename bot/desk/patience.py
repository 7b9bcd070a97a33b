"""How long a request waits for the database, and how one that stopped waiting is kept from changing anything."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

from bot.ports import StoreAwayError

T = TypeVar("T")

QUIET_S = 1.5
"""Real seconds in which the database finished nothing at all, after which it counts as hanging and not as busy."""

LEAST_S = 0.3
"""Real seconds the database has for whatever it is asked, when others have used up the patience before."""

_UNTIL: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Let whatever is asked of the desk within the block wait at most so many real seconds for a database that hangs.

    One that finishes other work meanwhile is only busy, and is waited for.
    """
    until = _UNTIL.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _UNTIL.reset(until)


class Claim:
    """Who has the last word on one transaction: whoever waits for it, until its commit begins."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_given_up = False
        self._is_committing = False

    def give_up(self) -> bool:
        """Stop waiting; return whether nothing can be committed any more."""
        with self._lock:
            self._is_given_up = not self._is_committing
            return self._is_given_up

    def hold(self) -> None:
        """Go on only while somebody waits; StoreAwayError otherwise."""
        if self._is_given_up:
            message = "nobody waits for this any more"
            raise StoreAwayError(message)

    def commit(self) -> None:
        """Say that the commit begins; StoreAwayError when nobody waits for it any more."""
        with self._lock:
            self.hold()
            self._is_committing = True


@dataclass(slots=True)
class Pulse:
    """When the database last finished anything, by the real monotonic clock; `is_away` after it did not answer."""

    finished_at: float = field(default_factory=time.monotonic)
    is_away: bool = False

    def beat(self) -> None:
        """Note that the database did something."""
        self.finished_at = time.monotonic()
        self.is_away = False

    async def wait_for(self, running: "asyncio.Future[T]", claim: Claim) -> T:
        """Return what `running` gives; StoreAwayError when the patience of whoever asked ends and nothing moves.

        In doubt where its commit had begun by then.
        """
        patient_until = _UNTIL.get()
        if patient_until is None:
            return await running
        until = max(patient_until, time.monotonic() + LEAST_S)
        try:
            while not running.done():
                await asyncio.wait({running}, timeout=max(until, self.finished_at + QUIET_S) - time.monotonic())
                if not running.done() and time.monotonic() >= max(until, self.finished_at + QUIET_S):
                    raise self._given_up(running, claim)
        except asyncio.CancelledError:
            running.cancel()
            raise
        return running.result()

    def _given_up(self, running: "asyncio.Future[T]", claim: Claim) -> StoreAwayError:
        self.is_away = True
        nothing_done = claim.give_up()
        running.add_done_callback(_let_go)
        running.cancel()
        return StoreAwayError("it did not answer in time", in_doubt=not nothing_done)


def _let_go(running: "asyncio.Future[T]") -> None:
    """Take note of how work ended that nobody waits for: its failure was told as a database that is away."""
    if not running.cancelled():
        running.exception()
