"""A severity as people type it: `sev1`, `SEV-1`, `s1`, `p1`, `1`."""

import re

from bot.words import Severity
from handlers.typed import NUMBER, bare, first_word

_ONE = re.compile(r"(?:sev[-–—‑]?|s|p)?([1-4])", re.IGNORECASE)
_ANY = re.compile(r"sev[-–—‑]?[0-9]+", re.IGNORECASE)


def severity_of(word: str) -> Severity | None:
    """Return the severity that `word` names, or None."""
    found = _ONE.fullmatch(word)
    return Severity(f"sev{found[1]}") if found else None


def is_like_severity(word: str) -> bool:
    """Return whether `word` is written as a severity is, be there such a one or not: `sev9`."""
    return _ANY.fullmatch(word) is not None


def severity_word(rest: str) -> tuple[str, str]:
    """Return the word where a severity may stand, and what follows; "sev 1" is one word, "sev1:" is "sev1"."""
    word, after = first_word(rest)
    following, beyond = first_word(after)
    if word.casefold() == "sev" and NUMBER.fullmatch(bare(following)):
        return f"sev{bare(following)}", beyond
    return bare(word), after
