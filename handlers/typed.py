"""What people typed, as Slack sends it: mentions, channels and links in angle brackets, three characters encoded."""

import html
import re
import unicodedata
from collections.abc import Callable

_MARKED = re.compile(r"<([^<>]*)>")
_ENCODED = re.compile(r"&(?:amp|lt|gt);")
_PERSON = re.compile(r"\s*<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>[\s,:]*", re.ASCII)

NUMBER = re.compile(r"(?:#|inc-?)?([0-9]{1,9})", re.IGNORECASE)
"""An incident as people name it: `42`, `#42`, `INC-42`."""

_CORRECTION = re.compile(r"\s*correct(?:ion\s+of)?\s+#?([0-9]{1,6})[\s:,]+", re.IGNORECASE)
_TOLD = re.compile(r"\s*at\s+((?:[01]?\d|2[0-3]):[0-5]\d(?:\s*UTC)?)(?=[\s:,])[\s:,]*", re.IGNORECASE)

_QUOTABLE = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?![\d:])|[^\W_]|[ @.-]")
"""A time of day, or one letter, digit or mark: a colon anywhere else could draw a picture."""

LONGEST_QUOTED = 40
"""How much of a word nobody understood is said back."""


def plain_words(text: str) -> str:
    """Return `text` as its author saw it: "@ada", "#general", addresses; the three encodings undone exactly once.

    A label never hides an address. What comes out may hold any characters and belongs into plain text only.
    """
    parts: list[str] = []
    end = 0
    for mark in _MARKED.finditer(text):
        parts += [_decoded(text[end : mark.start()]), _decoded(_shown(mark[1]))]
        end = mark.end()
    return "".join([*parts, _decoded(text[end:])]).strip()


def leading_person(text: str) -> tuple[str | None, str]:
    """Return the Slack user id of the mention `text` begins with, and what follows; None and `text` without one."""
    found = _PERSON.match(text)
    return (found[1], text[found.end() :]) if found else (None, text)


def names_nobody(text: str) -> bool:
    """Return whether `text` begins as a mention does and mentions no one person: a name by hand, a group, @here."""
    return leading_person(text)[0] is None and first_word(text)[0].startswith(("@", "<@", "<!"))


def read_correction(text: str) -> tuple[int | None, str]:
    """Return the number that "correct 2 …" sets right, and what follows; None and `text` where nothing is corrected."""
    found = _CORRECTION.match(text)
    return (int(found[1]), text[found.end() :]) if found else (None, text)


def read_told(text: str) -> tuple[str, str]:
    """Return the time that "at 13:50 …" begins with, as typed, and what follows; "" and `text` without one."""
    found = _TOLD.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def first_word(text: str) -> tuple[str, str]:
    """Return the first word of `text` and the rest; any white space parts them, a marked link is never torn."""
    whole = text.strip()
    found = re.match(r"(?:<[^<>]*>|\S)+", whole)
    return (found[0], whole[found.end() :].strip()) if found else ("", "")


def quotable(word: str) -> str:
    """Return what of `word` may be said back in a sentence of Tocsin's: letters, digits, times and a few marks."""
    return "".join(_QUOTABLE.findall(plain_words(word))).strip()[:LONGEST_QUOTED]


def _decoded(text: str) -> str:
    return _ENCODED.sub(lambda found: html.unescape(found[0]), text)


def _shown(mark: str) -> str:
    target, _, label = mark.partition("|")
    return _SHOWN.get(target[:1], _address)(target, label)


def _mention(target: str, label: str) -> str:
    return f"@{(label or target[1:]).removeprefix('@')}"


def _channel(target: str, label: str) -> str:
    return f"#{(label or target[1:]).removeprefix('#')}"


def _special(target: str, label: str) -> str:
    if target.startswith("!date^"):
        return label
    return _mention(target, label)


def _address(target: str, _label: str) -> str:
    return re.sub(r"^(?:mailto|tel):", "", target)


_SHOWN: dict[str, Callable[[str, str], str]] = {"@": _mention, "#": _channel, "!": _special}


def leading_number(text: str) -> tuple[int | None, str]:
    """Return the number of the incident that `text` begins with, and what follows; None and `text` without one."""
    word, rest = first_word(text)
    found = NUMBER.fullmatch(bare(word))
    return (int(found[1]), rest) if found else (None, text)


def bare(word: str) -> str:
    """Return a word without invisible characters and closing punctuation."""
    seen = "".join(letter for letter in word if unicodedata.category(letter) != "Cf")
    return seen.rstrip(".,:;!")
