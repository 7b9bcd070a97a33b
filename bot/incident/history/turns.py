"""Events of the turns an incident takes: another severity, another title, a way back, an end for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.incident.history.events import Event
from bot.words import Classification, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChanged(Event):
    """It is as bad as `to` says; `update_every` is the cadence of updates from here on, if there is one.

    `told_at` is when the message began that speaks of it: changes within a minute share one. `is_awaiting`: it is to be
    confirmed.
    """

    action = "incident.severity_changed"
    was: Severity
    to: Severity
    why: str
    update_every: timedelta | None
    told_at: datetime
    is_awaiting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """It is not over: clocks start again from here. `unled` says that no commander is left, so nobody is on it."""

    action = "incident.reopened"
    words: str
    unled: bool
    update_every: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retitled(Event):
    """It has another title; `was` is the old one."""

    action = "incident.retitled"
    was: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    """It is closed; its record has this many `entries`, this one included."""

    action = "incident.closed"
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Event):
    """It goes on as incident `into`; `channel` is empty where that one is private or has none yet."""

    action = "incident.merged"
    into: int
    channel: str
    channel_name: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedIn(Event):
    """Incident `number` goes on as this one, and its `people` are added."""

    action = "incident.merged_in"
    number: int
    title: str
    severity: Severity
    classification: Classification
    declared_at: datetime
    people: tuple[str, ...]


TURNS: Mapping[str, type[Event]] = {
    kind.action: kind for kind in (SeverityChanged, Reopened, Retitled, Closed, Merged, MergedIn)
}
