"""Commands of people who may not decide: their words and their view of the severity go to those who may."""

from dataclasses import dataclass

from bot.words import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class SendToCommander:
    """Hand the commander words for a status update."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSuggested:
    """Post words that somebody sent as a status update of one's own."""

    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAndPost:
    """Take the free seat and post what was written, as one decision."""

    now: str
    affected: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestSeverity:
    """Say which severity it should be, and why, to those who may change it."""

    severity: Severity
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveSeverity:
    """Leave the severity as it is, against what `person` suggested."""

    person: str
