"""Slack's rate limits, fixed: token buckets per method and per channel, with the Retry-After they promise."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

POST = "chat.postMessage"
SOCKET = "apps.connections.open"

TIERS: Mapping[str, str] = {
    "api.test": "Tier4",
    SOCKET: "Tier1",
    "auth.test": "Special",
    "bookmarks.add": "Tier2",
    "chat.delete": "Tier3",
    "chat.getPermalink": "Special",
    "chat.postEphemeral": "Tier4",
    POST: "Post",
    "chat.update": "Tier3",
    "conversations.archive": "Tier2",
    "conversations.create": "Tier2",
    "conversations.history": "Tier3",
    "conversations.info": "Tier3",
    "conversations.invite": "Tier3",
    "conversations.join": "Tier3",
    "conversations.kick": "Tier3",
    "conversations.list": "Tier2",
    "conversations.members": "Tier4",
    "conversations.open": "Tier3",
    "conversations.replies": "Tier3",
    "conversations.setTopic": "Tier2",
    "conversations.unarchive": "Tier2",
    "dnd.info": "Tier3",
    "files.completeUploadExternal": "Tier4",
    "files.getUploadURLExternal": "Tier4",
    "pins.add": "Tier2",
    "pins.list": "Tier2",
    "pins.remove": "Tier2",
    "reactions.add": "Tier3",
    "reactions.remove": "Tier2",
    "team.info": "Tier3",
    "usergroups.list": "Tier2",
    "usergroups.users.list": "Tier2",
    "users.conversations": "Tier2",
    "users.info": "Tier4",
    "users.list": "Tier2",
    "users.lookupByEmail": "Tier3",
    "views.open": "Tier4",
    "views.publish": "Tier4",
    "views.push": "Tier4",
    "views.update": "Tier4",
}

# Tier: (burst, calls per minute). Slack publishes floors, not bursts; these are the sandbox's fixed reading.
_LIMITS: Mapping[str, tuple[int, float]] = {
    "Tier1": (5, 1),
    "Tier2": (20, 20),
    "Tier3": (50, 50),
    "Tier4": (100, 100),
    "Special": (600, 600),
    "Post": (300, 300),
}
_POST_BURST = 4
# A request already on the wire when the 429 was written is not a disobedient one, on a machine with other work too.
_ON_THE_WIRE_S = 0.05

Key = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Bucket:
    """Tokens that come back with time; `at` is the last look, in seconds."""

    burst: float
    per_second: float
    tokens: float
    at: float

    def refill(self, now: float) -> None:
        """Add what has come back by `now` (seconds)."""
        self.tokens = min(self.burst, self.tokens + max(0.0, now - self.at) * self.per_second)
        self.at = now


@dataclass(slots=True, kw_only=True)
class Hold:
    """A Retry-After in force until `until` (virtual seconds); `told` is when (real) the app had heard it."""

    until: float
    told: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A 429: how many seconds to wait, and whether the app had been told already."""

    retry_after: int
    inside: bool
    hold: Hold


@dataclass(slots=True)
class RateLimits:
    """All buckets of one workspace and one app."""

    on: bool = True
    per_minute: dict[str, float] = field(default_factory=dict)
    posts_per_second: float = 1.0
    _buckets: dict[Key, Bucket] = field(default_factory=dict)
    _holds: dict[Key, Hold] = field(default_factory=dict)

    def admit(self, *, method: str, channel: str, now: float, arrived: float | None) -> Denial | None:
        """Take one token for `method` at `now` (virtual seconds), or say how long to wait.

        `arrived` is when the request came in (real seconds), None when caller and workspace share one thread.
        """
        if not self.on or method not in TIERS:
            return None
        keys = list(self._keys(method, channel))
        for key in keys:
            hold = self._holds.get(key)
            if hold and now < hold.until:
                return _denial(hold, now, inside=_disobeys(hold, arrived))
        buckets = [self._bucket(key, now) for key in keys]
        for key, bucket in zip(keys, buckets, strict=True):
            if bucket.tokens < 1:
                wait = math.ceil((1 - bucket.tokens) / bucket.per_second)
                self._holds[key] = hold = Hold(until=now + wait)
                return _denial(hold, now, inside=False)
        for bucket in buckets:
            bucket.tokens -= 1
        return None

    def configure(self, *, setting: object) -> None:
        """Switch limits on or off (bool), or tighten them (`{"method": per_minute, "posts_per_second": n}`)."""
        self._buckets.clear()
        self._holds.clear()
        if isinstance(setting, bool):
            self.on, self.per_minute, self.posts_per_second = setting, {}, 1.0
            return
        if not isinstance(setting, Mapping):
            message = "rate_limits is true, false or an object of method to calls per minute"
            raise TypeError(message)
        if any(float(value) <= 0 for value in setting.values()):
            message = "A limit is more than 0."
            raise ValueError(message)
        self.on = True
        self.posts_per_second = float(setting.get("posts_per_second", 1.0))
        self.per_minute = {name: float(value) for name, value in setting.items() if name != "posts_per_second"}

    def _keys(self, method: str, channel: str) -> Iterator[Key]:
        yield method, ""
        if method == POST and channel:
            yield method, channel

    def _bucket(self, key: Key, now: float) -> Bucket:
        if key not in self._buckets:
            burst, per_second = self._size(key)
            self._buckets[key] = Bucket(burst=burst, per_second=per_second, tokens=burst, at=now)
        bucket = self._buckets[key]
        bucket.refill(now)
        return bucket

    def _size(self, key: Key) -> tuple[float, float]:
        method, channel = key
        if channel:
            return max(1.0, self.posts_per_second * _POST_BURST), self.posts_per_second
        if method in self.per_minute:
            return self.per_minute[method], self.per_minute[method] / 60
        burst, per_minute = _LIMITS[TIERS[method]]
        return burst, per_minute / 60


def _denial(hold: Hold, now: float, *, inside: bool) -> Denial:
    return Denial(retry_after=max(1, math.ceil(hold.until - now)), inside=inside, hold=hold)


def _disobeys(hold: Hold, arrived: float | None) -> bool:
    if arrived is None:
        return True
    return hold.told is not None and arrived > hold.told + _ON_THE_WIRE_S
