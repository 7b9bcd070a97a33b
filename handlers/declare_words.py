"""What may stand before severity and title of a declaration: `test`, and `here` for the channel it is typed in."""

from dataclasses import dataclass

from handlers.typed import first_word

NAMELESS_TEST = "Test of Tocsin"
"""What a test is called whose author gave it no words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """That the declaration is a test, and that it is to live in the channel it is typed in."""

    is_test: bool = False
    here: bool = False


def leading_marks(rest: str) -> tuple[Marks, str]:
    """Return the marks that `rest` begins with, each at most once, and what follows.

    After a severity the same words are part of the title: `sev1 test environment is down` is no test.
    """
    seen: set[str] = set()
    while (word := first_word(rest)[0].casefold()) in {"test", "here"} - seen:
        seen.add(word)
        rest = first_word(rest)[1]
    return Marks(is_test="test" in seen, here="here" in seen), rest
