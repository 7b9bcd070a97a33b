"""Suggesting a severity: what somebody ticked as true, weighed by policy's criteria (G3)."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.policy.model import Policy
from bot.words import Classification, Severity

MOST_CRITERIA = 9
"""How many criteria a form asks about (Slack draws ten boxes at most)."""

DATA = "data"
"""What a form names the box that suggests not a severity but a private incident (G6.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """Something that may be true now, and the severity it speaks for; `value` is how a form names it."""

    value: str
    words: str
    severity: Severity


def criteria(policy: Policy) -> tuple[Criterion, ...]:
    """Return the criteria of `policy` that can be ticked, the worst first, nine at most."""
    every = (
        Criterion(value=f"{severity}.{place}", words=words, severity=severity)
        for severity in Severity
        for place, words in enumerate(policy.rules(severity).criteria, start=1)
    )
    return tuple(every)[:MOST_CRITERIA]


def suggested(ticked: Iterable[str]) -> Severity | None:
    """Return the worst severity the ticked values speak for, or None when nothing was ticked."""
    spoken = (Severity(value.partition(".")[0]) for value in ticked if value != DATA)
    return min(spoken, key=lambda severity: severity.rank, default=None)


def weighed(*, chosen: Severity | None, drawn: str, ticked: Iterable[str]) -> Severity | None:
    """Return the severity that counts when a form is submitted.

    `drawn` is the suggestion the list of severities was last drawn with, another word once somebody chose from it.
    A choice made by hand counts; else what is ticked, also when the list had no time to follow; else what it shows.
    """
    by_hand = chosen is not None and chosen != drawn and bool(drawn)
    return chosen if by_hand else suggested(ticked) or chosen


def kept_private(*, chosen: str, drawn: str, ticked: Iterable[str]) -> bool:
    """Return whether only people invited may see what a form declares (G6.1).

    `chosen` and `drawn` are values of the list that asks, `drawn` as `weighed` has it: a choice by hand counts, else
    the box about personal data, also when the list had no time to follow.
    """
    by_hand = bool(chosen and drawn) and chosen != drawn
    is_private = Classification(chosen).is_private if chosen else False
    return is_private if by_hand else is_private or DATA in list(ticked)
