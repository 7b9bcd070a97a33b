"""Commands about who may see an incident: its classification, and access for a time."""

from dataclasses import dataclass
from datetime import timedelta

from bot.words import Classification


@dataclass(frozen=True, slots=True, kw_only=True)
class Classify:
    """Say who may see it (G6.1)."""

    to: Classification
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAccess:
    """Let somebody read a private incident for a time (D4)."""

    person: str
    why: str = ""
    span: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAccess:
    """End access before its time."""

    person: str
