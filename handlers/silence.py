"""Whether a connection still lives: one that is silent for too long is taken for dead, though nobody closed it."""

from collections.abc import Callable
from dataclasses import dataclass, field

SILENT_S = 40.0
"""Seconds without a sign of life after which a connection is replaced; with a look every five, that is at most 45."""


@dataclass(slots=True, kw_only=True)
class Silence:
    """Notices silence on the monotonic clock, since the wall clock may be set back and hide it for hours."""

    monotonic: Callable[[], float]
    _sign: object = field(default=None)
    _heard_at: float | None = None

    def lasts(self, sign: object) -> float:
        """Return the seconds since `sign` last changed: when the newest pong came, and on which connection."""
        now = self.monotonic()
        if self._heard_at is None or sign != self._sign:
            self._sign, self._heard_at = sign, now
        return now - self._heard_at

    def is_too_long(self, sign: object) -> bool:
        """Return whether the connection whose newest sign of life is `sign` is to be given up."""
        return self.lasts(sign) >= SILENT_S
