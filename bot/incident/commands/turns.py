"""Commands that turn an incident: another severity or title, a way back, an end for good, going on as another one."""

from dataclasses import dataclass
from datetime import datetime

from bot.words import Classification, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeverity:
    """Say that it is worse, or less bad, than was thought; lowering needs a reason.

    `was` is the severity that a button quoted, None where none was shown.
    """

    severity: Severity
    why: str = ""
    was: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Say that it is not over."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retitle:
    """Call it something else."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Say that nothing about it is left to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Go on as incident `into`; `confirmed` says that the question whether to was answered yes.

    `people` is how many the question said would be moved, None where it said none.
    """

    into: int
    confirmed: bool = False
    people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """Another incident, `number`, is merged into this one: what it was, and the people who come with it."""

    number: int
    title: str
    severity: Severity
    classification: Classification
    declared_at: datetime
    people: tuple[str, ...] = ()
