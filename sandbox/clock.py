"""Virtual time: the workspace's now, and what a bot tells about its own next wake."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class BotState:
    """What a bot answers when it is asked whether it is idle.

    `busy` counts due timers, sendable rows and calls in flight; `next_wake` is when it next wants to act.
    """

    busy: int
    next_wake: datetime | None


Probe = Callable[[datetime], Awaitable[BotState]]


class VirtualClock:
    """A clock that moves when it is told to, and with real time as well while `running` is true."""

    def __init__(self, *, started_at: datetime | None = None, running: bool = False) -> None:
        """Start at `started_at` (aware; default: the present second), frozen unless `running`."""
        start = started_at or datetime.fromtimestamp(int(time.time()), tz=UTC)
        if start.tzinfo is None:
            message = "started_at needs a time zone"
            raise ValueError(message)
        self._base = start.astimezone(UTC)
        self._anchor = time.monotonic()
        self._running = running

    @property
    def running(self) -> bool:
        """Whether the clock also flows with real time (the interactive demo), or is frozen (stories)."""
        return self._running

    @running.setter
    def running(self, flows: bool) -> None:
        self._base = self.now()
        self._anchor = time.monotonic()
        self._running = flows

    def now(self) -> datetime:
        """The virtual present, aware, in UTC."""
        if not self._running:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._anchor)

    def jump_to(self, when: datetime) -> None:
        """Move forward to `when`; a moment already past leaves the clock where it is."""
        self._base = max(self.now(), when.astimezone(UTC))
        self._anchor = time.monotonic()
