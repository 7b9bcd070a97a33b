"""Token buckets that keep Tocsin inside Slack's rate limits."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.words import Lane

POST = "chat.postMessage"

_GRACE = 5.0
_TICK = 0.001
_MANY = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`burst` calls at once, then `per_minute`; the last `reserve` of the burst are for pages only."""

    burst: float
    per_minute: float
    reserve: float = 0.0

    @property
    def per_second(self) -> float:
        """Return how many calls come back each second."""
        return self.per_minute / 60


TIER_2, TIER_3, TIER_4 = (Rate(burst=many, per_minute=many) for many in (20.0, 50.0, 100.0))
SPECIAL = Rate(burst=600, per_minute=600)

METHODS: Mapping[str, Rate] = {
    POST: Rate(burst=300, per_minute=300, reserve=30),
    "auth.test": SPECIAL,
    "chat.postEphemeral": TIER_4,
    "chat.update": TIER_3,
    "conversations.create": TIER_2,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.invite": TIER_3,
    "conversations.kick": TIER_3,
    "conversations.members": TIER_4,
    "conversations.open": Rate(burst=50, per_minute=50, reserve=10),
    "conversations.replies": TIER_3,
    "conversations.setTopic": TIER_2,
    "files.completeUploadExternal": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "pins.add": TIER_2,
    "users.conversations": TIER_2,
    "users.list": TIER_2,
    "views.open": Rate(burst=100, per_minute=100, reserve=10),
    "views.publish": TIER_4,
    "views.update": TIER_4,
}
"""Slack's tiers, read as floors with a burst of one minute's worth (Slack limits)."""

PER_CHANNEL = Rate(burst=4, per_minute=60)
"""One message a second in one channel, with a small burst (a Slack limit)."""


@dataclass(slots=True, kw_only=True)
class _Bucket:
    """Tokens that come back with time, and who stands in line for them (row → lane and promised moment, seconds)."""

    rate: Rate
    tokens: float
    at: float
    closed_until: float = 0.0
    waiting: dict[str, tuple[int, float]] = field(default_factory=dict)

    def wait(self, *, row: str, lane: int, now: float) -> float:
        """Return the seconds until `row` may go, 0 for now; whoever must wait gets a place in line."""
        self._refill(now)
        if now < self.closed_until:
            return self.closed_until - now + _TICK
        ahead = [at for other, (urgency, at) in self.waiting.items() if other != row and urgency <= lane]
        floor = 0.0 if lane == Lane.PAGE else self.rate.reserve
        if self.tokens >= 1 + floor and (row in self.waiting or not ahead):
            return 0.0
        needed = max(0.0, 1 + floor - self.tokens) / self.rate.per_second
        if ahead and row not in self.waiting:
            needed = max(needed, max(ahead) - now + 1 / self.rate.per_second)
        self.waiting[row] = lane, now + needed
        return needed + _TICK

    def take(self, *, row: str) -> None:
        """Spend one token on `row`, which leaves the line."""
        self.tokens -= 1
        self.waiting.pop(row, None)

    def is_idle(self, now: float) -> bool:
        """Return whether forgetting this bucket would change nothing."""
        self._refill(now)
        return self.tokens >= self.rate.burst and not self.waiting and now >= self.closed_until

    def _refill(self, now: float) -> None:
        self.tokens = min(self.rate.burst, self.tokens + max(0.0, now - self.at) * self.rate.per_second)
        self.at = now
        # A row that was promised a token and never came (dead, skipped, moved) holds nobody up for long.
        self.waiting = {row: place for row, place in self.waiting.items() if place[1] > now - _GRACE}


class Limits:
    """All buckets of one workspace; `jitter` draws from 0 up to 1.

    A method that has no bucket is never held back.
    """

    def __init__(
        self,
        *,
        methods: Mapping[str, Rate] = METHODS,
        per_channel: Rate = PER_CHANNEL,
        jitter: Callable[[], float],
    ) -> None:
        self._methods = methods
        self._per_channel = per_channel
        self._jitter = jitter
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def take(self, *, method: str, channel: str, row: str, lane: int, now: datetime) -> float:
        """Return 0 and spend a permit, or return the seconds (virtual) after which `row` is to ask again.

        `channel` matters for posts only. Posts to one channel are let through in the order in which they first
        asked, the more urgent lane first.
        """
        seconds = now.timestamp()
        buckets = list(self._of(method, channel, seconds))
        wait = max((bucket.wait(row=row, lane=lane, now=seconds) for bucket in buckets), default=0.0)
        if not wait:
            for bucket in buckets:
                bucket.take(row=row)
        return wait

    def close(self, *, method: str, seconds: float, now: datetime) -> float:
        """Obey a 429: nothing calls `method` for `seconds` and a little more; return how long that is.

        Slack counts by method and workspace, and does not say whether one channel or all of them are over; so the
        method is closed for every channel (a Slack limit).
        """
        wait = seconds + self._jitter() + _TICK
        for bucket in self._of(method, "", now.timestamp()):
            bucket.closed_until = max(bucket.closed_until, now.timestamp() + wait)
        return wait

    def _of(self, method: str, channel: str, now: float) -> Iterator[_Bucket]:
        if method in self._methods:
            yield self._bucket((method, ""), self._methods[method], now)
        if method == POST and channel:
            yield self._bucket((method, channel), self._per_channel, now)

    def _bucket(self, key: tuple[str, str], rate: Rate, now: float) -> _Bucket:
        if key not in self._buckets:
            if len(self._buckets) > _MANY:
                self._buckets = {key: kept for key, kept in self._buckets.items() if not kept.is_idle(now)}
            self._buckets[key] = _Bucket(rate=rate, tokens=rate.burst, at=now)
        return self._buckets[key]
