"""Events about exceptions: asked for, approved, declined, ended (G1.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.incident.history.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionAsked(Event):
    """A deviation from policy was put to `people` of the Governance Board."""

    action = "incident.exception_asked"
    number: int
    why: str
    until: datetime | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionApproved(Event):
    """One of the Board approved it in writing: these words, asked for by `person`, until then.

    `is_alone` says that whoever asked approved it, the Board having nobody else.
    """

    action = "incident.exception_approved"
    number: int
    person: str
    why: str
    until: datetime | None
    is_alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionDeclined(Event):
    """One of the Board declined what `person` asked for."""

    action = "incident.exception_declined"
    number: int
    person: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionEnded(Event):
    """Its time is over, or somebody ended it: the rule holds again."""

    action = "incident.exception_ended"
    number: int
    why: str


EXCEPTIONS: Mapping[str, type[Event]] = {
    kind.action: kind for kind in (ExceptionAsked, ExceptionApproved, ExceptionDeclined, ExceptionEnded)
}
