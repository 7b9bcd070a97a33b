"""Events about who may see an incident: its classification, and access for a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.incident.history.events import Event
from bot.words import Classification


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified(Event):
    """Other people may see it from now on; `left` is the channel it leaves for a private one, "" when it stays.

    `is_moved` says that it gets a new channel; `is_host_left` that the one it left was there before it.
    """

    action = "incident.classified"
    was: Classification
    to: Classification
    why: str
    is_moved: bool = False
    left: str = ""
    left_name: str = ""
    is_host_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessGranted(Event):
    """Somebody may read it until then."""

    action = "incident.access_granted"
    number: int
    person: str
    until: datetime
    why: str
    is_short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessEndsSoon(Event):
    """Whoever may read it for a time is told that this ends soon."""

    action = "incident.access_ends_soon"
    number: int
    person: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessEnded(Event):
    """The time is over, or somebody ended it; `stays` says that they work on it by now and remain in its channel."""

    action = "incident.access_ended"
    number: int
    person: str
    stays: bool


ACCESSES: Mapping[str, type[Event]] = {
    kind.action: kind for kind in (Classified, AccessGranted, AccessEndsSoon, AccessEnded)
}
