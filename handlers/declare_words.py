"""What may stand before the title of a declaration: `test`, `private`, and `here` for this channel."""

import re
from dataclasses import dataclass, replace

from bot.incident.reacting.effects import Words
from bot.words import Classification, Severity
from handlers.severity_words import is_like_severity, severity_of, severity_word
from handlers.typed import bare, first_word, plain_words

NAMELESS_TEST = "Test of Tocsin"
"""What a test is called whose author gave it no words."""

SEEN_BY_INVITED = Classification.CONFIDENTIAL.value
"""What the form's list of who may see it shows for a private incident."""


_IN_A_TITLE = frozenset({"3", "4", "s3"})
"""What may begin a title as well: "4 regions down" wakes people, and they are told no severity was given."""

_LETTERS = re.compile(r"[^\W_]+")
_PRIVATE = frozenset({"private", "confidential", "restricted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """That the declaration is a test, that it is to live in the channel it is typed in, that it is private."""

    is_test: bool = False
    here: bool = False
    is_private: bool = False

    @property
    def words(self) -> Words:
        """Return what of them a form keeps that opens because words are missing."""
        return {**({"use_here": True} if self.here else {}), **({"seen": SEEN_BY_INVITED} if self.is_private else {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A declaration as it was typed; `unknown` is a severity there is none of, such as `sev9`."""

    title: str
    severity: Severity | None
    marks: Marks
    unknown: str = ""

    @property
    def words(self) -> Words:
        """Return what a form or a button keeps of it."""
        severity: Words = {"severity": self.severity.value} if self.severity else {}
        return {"title": self.title, **severity, **self.marks.words}


def read_alarm(rest: str) -> Alarm:
    """Return what is to be declared: marks, a severity and a title, each of which may be lacking."""
    marks, rest = leading_marks(rest)
    word, after = severity_word(rest)
    if severity_of(word) or is_like_severity(word):
        marks, after = private_after(marks, after)
    severity = None if word.casefold() in _IN_A_TITLE else severity_of(word)
    unknown = word.casefold() if severity is None and is_like_severity(word) else ""
    title = plain_words(after if severity or unknown else rest)
    return Alarm(title=title, severity=severity, marks=marks, unknown=unknown)


def leading_marks(rest: str) -> tuple[Marks, str]:
    """Return the marks that `rest` begins with, `test` and `here` at most once, and what follows.

    After a severity `test` and `here` are part of the title: `sev1 test environment is down` is no test.
    """
    seen: set[str] = set()
    while (word := _mark(first_word(rest)[0])) in {"test", "here", "private"} - (seen - {"private"}):
        seen.add(word)
        rest = first_word(rest)[1]
    return Marks(is_test="test" in seen, here="here" in seen, is_private="private" in seen), rest


def private_after(marks: Marks, rest: str) -> tuple[Marks, str]:
    """Return the marks with `private` where `rest`, what follows the severity, begins with it, and the title left.

    A public incident cannot be taken back, a private one can be opened to all: `sev2 private payroll leak` is private.
    """
    before, word, after = "", *first_word(rest)
    while (
        word and _mark(word) not in {"private", ""} and (not _LETTERS.search(word) or _mark(word) in {"test", "here"})
    ):
        before, (word, after) = f"{before}{word} ", first_word(after)
    if marks.is_private or _mark(word) != "private":
        return marks, rest
    return replace(marks, is_private=True), (before if _LETTERS.search(before) else "") + after


def _mark(word: str) -> str:
    """Return the mark that `word` is, "private" for every way to write it, or the word itself."""
    said = bare(word).casefold()
    named = set(_LETTERS.findall(said))
    return "private" if named and named <= _PRIVATE else said
