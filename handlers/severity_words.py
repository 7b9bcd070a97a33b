"""A severity as people type it: `sev1`, `SEV-1`, `s1`, `p1`, `1`."""

import re

from bot.words import Severity

_ONE = re.compile(r"(?:sev[-–—‑]?|s|p)?([1-4])", re.IGNORECASE)
_ANY = re.compile(r"sev[-–—‑]?[0-9]+", re.IGNORECASE)


def severity_of(word: str) -> Severity | None:
    """Return the severity that `word` names, or None."""
    found = _ONE.fullmatch(word)
    return Severity(f"sev{found[1]}") if found else None


def is_like_severity(word: str) -> bool:
    """Return whether `word` is written as a severity is, be there such a one or not: `sev9`."""
    return _ANY.fullmatch(word) is not None
