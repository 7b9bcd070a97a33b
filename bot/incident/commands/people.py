"""Commands about people: who holds which role, and who comes in."""

from dataclasses import dataclass

from bot.words import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRole:
    """Take a role other than commander oneself."""

    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveRole:
    """Give a role other than commander to somebody."""

    role: Role
    person: str


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
