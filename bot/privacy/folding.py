"""A copy of a text in which look-alike writing has become plain, for matching only."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.privacy.kinds import MARKERS

MASK = "\x00"
_MARKER = re.compile("|".join(re.escape(marker) for marker in MARKERS.values()))
_QUOTES = {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"'}
_INVISIBLE = {"\x00", "\u034f", "\u115f", "\u1160", "\u3164"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The plain copy; `origin[i]` is the place in the original of the copy's character `i`."""

    text: str
    origin: Sequence[int]


def fold(text: str) -> Folded:
    """Fold `text` for matching: nothing invisible, ASCII digits, dashes, quotes and full-width forms.

    Markers left by an earlier scrub are masked by NUL characters, which no rule matches.
    """
    if text.isascii() and MASK not in text:
        return Folded(text=_mask(text), origin=range(len(text)))
    plain: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        for folded in _plain(char):
            plain.append(folded)
            origin.append(place)
    return Folded(text=_mask("".join(plain)), origin=origin)


def _mask(text: str) -> str:
    return _MARKER.sub(lambda marker: MASK * len(marker[0]), text)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char in _INVISIBLE or unicodedata.category(char) == "Cf" or _is_variation_selector(char):
        return ""
    if char in _QUOTES:
        return _QUOTES[char]
    if unicodedata.category(char) == "Pd":
        return "-"
    digit = unicodedata.decimal(char, None)
    return str(digit) if digit is not None else unicodedata.normalize("NFKC", char)


def _is_variation_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
