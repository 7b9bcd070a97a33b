"""Faults on purpose: slow, limited, failing, cut and hanging calls, doubled envelopes, Slack being down."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sandbox.durations import duration
from sandbox.rate_limits import SOCKET
from sandbox.records import Json

KNOWN = (
    "latency_ms",
    "rate_limits",
    "drop_reply",
    "error",
    "cut",
    "hang",
    "duplicate",
    "disconnect",
    "slack_down",
    "revoke",
    "reset",
    "silent",
    "seed",
)


class Fate(StrEnum):
    """What becomes of a call that was carried out."""

    ANSWERED = "answered"
    CUT = "cut"
    HUNG = "hung"


@dataclass(slots=True, kw_only=True)
class Planned:
    """A fault waiting for calls of one method (`*`: any), `left` times more; None: until reset."""

    method: str
    left: int | None
    error: str | None = None
    status: int = 200
    retry_after: int | None = None

    def strikes(self, method: str) -> bool:
        """Whether this call is one of those; counts it."""
        if self.method not in ("*", method) or self.left == 0:
            return False
        if self.left is not None:
            self.left -= 1
        return True


@dataclass(slots=True)
class Faults:
    """The faults in force; draws come from a seeded generator, so a run can be repeated."""

    latency_ms: int = 0
    drop_reply: float = 0.0
    duplicate: float = 0.0
    down_until: datetime | None = None
    errors: list[Planned] = field(default_factory=list)
    cuts: list[Planned] = field(default_factory=list)
    hangs: list[Planned] = field(default_factory=list)
    _draw: random.Random = field(default_factory=lambda: random.Random(0))  # to be repeated  # nosec B311

    def reset(self) -> None:
        """Clear everything but the generator."""
        self.latency_ms, self.drop_reply, self.duplicate, self.down_until = 0, 0.0, 0.0, None
        self.errors, self.cuts, self.hangs = [], [], []

    def set(self, request: Mapping[str, Any], *, now: datetime) -> None:
        """Put the faults of `request` in force; raises ValueError with a sentence for what it cannot read."""
        unknown = sorted(set(request) - set(KNOWN))
        if unknown:
            message = f"There is no fault {unknown[0]!r}. There are: {', '.join(KNOWN)}."
            raise ValueError(message)
        if "seed" in request:
            self._draw = random.Random(request["seed"])  # to be repeated  # nosec B311
        self.latency_ms = _whole(request, "latency_ms", self.latency_ms)
        self.drop_reply = _share(request, "drop_reply", self.drop_reply)
        self.duplicate = _share(request, "duplicate", self.duplicate)
        self.errors += _planned(request.get("error"))
        self.cuts += _planned(request.get("cut"))
        self.hangs += _planned(request.get("hang"))
        if request.get("slack_down"):
            self.down_until = now + duration(request["slack_down"])

    def down(self, now: datetime) -> bool:
        """Whether Slack is down at `now` (virtual)."""
        return self.down_until is not None and now < self.down_until

    def injected(self, method: str) -> Planned | None:
        """The error this call gets instead of being carried out."""
        return next((fault for fault in self.errors if fault.strikes(method)), None)

    def fate(self, method: str) -> Fate:
        """What becomes of the answer to a call that was carried out."""
        if any(fault.strikes(method) for fault in self.hangs):
            return Fate.HUNG
        if any(fault.strikes(method) for fault in self.cuts):
            return Fate.CUT
        # Sockets are left out: their client sleeps in real time after a failed connection.
        drops = bool(self.drop_reply) and method != SOCKET and self._draw.random() < self.drop_reply
        return Fate.CUT if drops else Fate.ANSWERED

    def doubles(self) -> bool:
        """Whether this envelope is delivered twice."""
        return bool(self.duplicate) and self._draw.random() < self.duplicate

    def shown(self) -> Json:
        """The faults in force, for the control API."""
        return {
            "latency_ms": self.latency_ms,
            "drop_reply": self.drop_reply,
            "duplicate": self.duplicate,
            "slack_down_until": self.down_until.isoformat() if self.down_until else None,
            "errors": [f"{fault.method}: {fault.error or fault.status}" for fault in self.errors if fault.left != 0],
            "cut": [fault.method for fault in self.cuts if fault.left != 0],
            "hang": [fault.method for fault in self.hangs if fault.left != 0],
        }


def _share(request: Mapping[str, Any], name: str, present: float) -> float:
    share = request.get(name, present)
    if not isinstance(share, (int, float)) or not 0 <= share <= 1:
        message = f"{name} is a share from 0 to 1."
        raise ValueError(message)
    return float(share)


def _whole(request: Mapping[str, Any], name: str, present: int | None) -> int:
    whole = request.get(name, present)
    if not isinstance(whole, int) or isinstance(whole, bool) or whole < 0:
        message = f"{name} is a whole number, 0 or more."
        raise ValueError(message)
    return whole


def _planned(wanted: object) -> list[Planned]:
    if not wanted:
        return []
    entries = wanted if isinstance(wanted, list) else [wanted]
    return [_one(entry) for entry in entries]


def _one(entry: object) -> Planned:
    if not isinstance(entry, Mapping) or "method" not in entry:
        message = 'A planned fault is an object such as {"method": "chat.postMessage", "times": 1}.'
        raise ValueError(message)
    status = _whole(entry, "status", 200)
    error = entry.get("error")
    return Planned(
        method=str(entry["method"]),
        left=None if entry.get("times", 1) is None else _whole(entry, "times", 1),
        error=str(error) if error else None,
        status=429 if error == "ratelimited" else status,
        retry_after=_whole(entry, "retry_after", 1) if error == "ratelimited" or status == 429 else None,  # noqa: PLR2004
    )
