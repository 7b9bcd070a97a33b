"""Slack's signature: whether a request is Slack's own, made just now, and not one that was here before."""

import hashlib
import hmac
from dataclasses import dataclass, field

WITHIN_S = 300
"""How far a request's own time may lie from ours, in seconds: Slack's figure."""

MOST_REMEMBERED = 20_000
"""How many signatures are kept; what changes something is known again by its key besides, in every replica."""

_VERSION = "v0"
_DIGITS = 12


@dataclass(slots=True, kw_only=True)
class Signatures:
    """Checks signatures made with `secret`, and remembers those it has seen while they would still be taken."""

    secret: str
    _seen: dict[str, float] = field(default_factory=dict)

    def wrong(self, body: bytes, *, timestamp: str, signature: str, now: float) -> str:
        """Return what is wrong with a request ("unsigned", "stale", "forged", "replayed"), or "" when it is Slack's.

        `timestamp` and `signature` are its headers, `now` the present in seconds since 1970.
        """
        if not timestamp or not signature:
            return "unsigned"
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _DIGITS):
            return "unsigned"
        if abs(now - int(timestamp)) > WITHIN_S:
            return "stale"
        if not hmac.compare_digest(self._expected(body, timestamp).encode(), signature.encode()):
            return "forged"
        return "" if self._is_first(signature, now=now) else "replayed"

    def _expected(self, body: bytes, timestamp: str) -> str:
        base = f"{_VERSION}:{timestamp}:".encode() + body
        return f"{_VERSION}={hmac.new(self.secret.encode(), base, hashlib.sha256).hexdigest()}"

    def _is_first(self, signature: str, *, now: float) -> bool:
        """Remember `signature`; one may come from the future as far as another from the past, so twice as long."""
        for oldest in list(self._seen):
            if now - self._seen[oldest] <= 2 * WITHIN_S and len(self._seen) < MOST_REMEMBERED:
                break
            del self._seen[oldest]
        if signature in self._seen:
            return False
        self._seen[signature] = now
        return True
