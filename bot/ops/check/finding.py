"""What one look at the set-up found."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How it stands with what was looked at."""

    GOOD = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was `looked_at`, how it stands, what was found, and how to mend it in one sentence ("": nothing to do).

    Nothing that is secret may stand in it.
    """

    looked_at: str
    standing: Verdict
    found: str
    mend: str = ""


def good(looked_at: str, found: str, mend: str = "") -> Finding:
    """Return that it is well; `mend` is advice then."""
    return Finding(looked_at=looked_at, standing=Verdict.GOOD, found=found, mend=mend)


def warn(looked_at: str, found: str, mend: str) -> Finding:
    """Return that somebody should look at it."""
    return Finding(looked_at=looked_at, standing=Verdict.WARN, found=found, mend=mend)


def fail(looked_at: str, found: str, mend: str) -> Finding:
    """Return that an incident would go wrong over it."""
    return Finding(looked_at=looked_at, standing=Verdict.FAIL, found=found, mend=mend)


def listed(words: Iterable[str]) -> str:
    """Return words in a row, each once."""
    return ", ".join(dict.fromkeys(words))
