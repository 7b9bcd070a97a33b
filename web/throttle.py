"""How often one may ask: a few times within a while, each for themself."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MOST_REMEMBERED = 10_000
"""How many askers are remembered; the one first seen is forgotten first."""


@dataclass(slots=True, kw_only=True)
class Throttle:
    """Lets each asker through `most` times `within` a while; `now` gives the present."""

    most: int
    within: timedelta
    now: Callable[[], datetime]
    _asked: dict[str, deque[datetime]] = field(default_factory=dict)

    def wait(self, asker: str) -> timedelta:
        """Return how long `asker` has to wait; nothing when let through, which counts."""
        now = self.now()
        asked = self._asked.setdefault(asker, deque())
        while asked and now - asked[0] >= self.within:
            asked.popleft()
        if len(asked) >= self.most:
            return self.within - (now - asked[0])
        asked.append(now)
        while len(self._asked) > MOST_REMEMBERED:
            del self._asked[next(iter(self._asked))]
        return timedelta(0)
