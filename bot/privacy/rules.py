"""What a rule is: a pattern, and a judgement of what of its match is taken out."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.privacy.kinds import SensitiveKind

Span = tuple[int, int]


def value_of(match: re.Match[str]) -> Iterable[Span]:
    """Take out the pattern's last named group, or the whole match when it names none."""
    yield match.span(match.lastgroup) if match.lastgroup else match.span()


def when(accepts: Callable[[str], bool]) -> Callable[[re.Match[str]], Iterable[Span]]:
    """Take out the value only when `accepts(value)` holds."""

    def judged(match: re.Match[str]) -> Iterable[Span]:
        for start, end in value_of(match):
            if accepts(match.string[start:end]):
                yield start, end

    return judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way of recognising one kind.

    A text that holds none of `hints` (lower case) is not searched, which keeps plain text cheap.
    Patterns stay linear: a repeat inside an unbounded repeat is possessive or bounded.
    """

    kind: SensitiveKind
    pattern: re.Pattern[str]
    hints: tuple[str, ...] = ()
    spans: Callable[[re.Match[str]], Iterable[Span]] = value_of

    def may_match(self, lowered: str) -> bool:
        """Whether the lower-cased text holds anything this rule could begin with."""
        return not self.hints or any(hint in lowered for hint in self.hints)
