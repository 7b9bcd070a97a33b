"""What may stand before severity and title of a declaration: `test`, `private`, and `here` for this channel."""

from dataclasses import dataclass

from bot.incident.reacting.effects import Words
from bot.words import Classification
from handlers.typed import first_word

NAMELESS_TEST = "Test of Tocsin"
"""What a test is called whose author gave it no words."""

SEEN_BY_INVITED = Classification.CONFIDENTIAL.value
"""What the form's list of who may see it shows for a private incident."""


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
    """Return the marks that `rest` begins with, each at most once, and what follows.

    After a severity the same words are part of the title: `sev1 test environment is down` is no test.
    """
    seen: set[str] = set()
    while (word := first_word(rest)[0].casefold()) in {"test", "here", "private"} - seen:
        seen.add(word)
        rest = first_word(rest)[1]
    return Marks(is_test="test" in seen, here="here" in seen, is_private="private" in seen), rest
