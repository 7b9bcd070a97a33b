"""What may stand before severity and title of a declaration: `test`, `private`, and `here` for this channel."""

from dataclasses import dataclass, replace

from bot.incident.reacting.effects import Words
from bot.words import Classification
from handlers.typed import first_word

NAMELESS_TEST = "Test of Tocsin"
"""What a test is called whose author gave it no words."""

SEEN_BY_INVITED = Classification.CONFIDENTIAL.value
"""What the form's list of who may see it shows for a private incident."""


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
    """Return the marks with `private` where it stands after the severity, and what follows.

    A public incident cannot be taken back, a private one can be opened to all: `sev2 private payroll leak` is private.
    """
    word, after = first_word(rest)
    if marks.is_private or _mark(word) != "private":
        return marks, rest
    return replace(marks, is_private=True), after


def _mark(word: str) -> str:
    """Return the mark that `word` is, "private" for every way to say it, or the word itself."""
    said = word.casefold()
    return "private" if said.rstrip(".,:;!") in _PRIVATE else said
