"""Commands about people: who holds which role, and who comes in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.words import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRole:
    """Take a role other than commander oneself, until then or for a `span`; `told` is the time as typed."""

    role: Role
    until: datetime | None = None
    span: timedelta | None = None
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveRole:
    """Give a role other than commander to somebody, until then or for a `span`; `told` is the time as typed."""

    role: Role
    person: str
    until: datetime | None = None
    span: timedelta | None = None
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBackRole:
    """Leave a role one holds."""

    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Come into the incident's channel as a responder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Hear of the incident's turns by direct message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfollow:
    """Hear of them no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Bring somebody else into the incident's channel."""

    person: str
