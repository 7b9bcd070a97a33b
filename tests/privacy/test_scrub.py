"""Scrubbing as a whole: what is replaced by what, twice over, at any length."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.folding import fold
from bot.privacy.kinds import MARKERS
from bot.privacy.scrub import (
    PASSES,
    RULES,
    WINDOW,
    Removal,
    Scrubbed,
    SensitiveKind,
    removal_sentence,
    scrub,
)

KIND = SensitiveKind
CARD = "4111 1111 1111 1111"
KEY_HEADER = "-----BEGIN PRIV" + "ATE KEY-----\n"
FRAGMENTS = (
    "ada@example.com", "+442079460958", CARD, "10.0.0.5", "fe80::1ff", "password=", "password is ", "hunter2",
    "token: ", "9f8e7d6c5b4a", "INC-42", "14:05", "\u200b", "＠", "０", "://", "u:p@", "\n", " ", ".", "-",
    "version ", "<mailto:", ">", "ﷺ", "\x00", "[", "removed]", "cookie: a=", "Basic ", *MARKERS.values(),
    "-----BEGIN PRIV" + "ATE KEY-----",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail ada@example.com.", "mail [e-mail removed]."),
        ("password: hunter2, then", "password: [secret removed], then"),
        ("at 10.0.0.5:5432", "at [IP address removed]:5432"),
        ("call +44 20 7946 0958!", "call [telephone number removed]!"),
        (f"card {CARD} 12/29", "card [card number removed] 12/29"),
        ("postgres://u:p@db/x", "postgres://[secret removed]@db/x"),
        ("x\u200b ada＠example.com y\u200b", "x\u200b [e-mail removed] y\u200b"),
        (KEY_HEADER + "A" * 64, "[secret removed]"),
        ("ada@example.com=hunter2", "[e-mail removed]=hunter2"),
    ],
)
def test_only_the_sensitive_characters_are_replaced(text: str, expected: str) -> None:
    """The marker stands exactly where the sensitive thing stood; all else is the original."""

    assert expected == scrub(text).text


def test_removals_are_counted_by_kind() -> None:
    """Each kind appears once, with how many were taken out."""
    scrubbed = scrub(f"a@example.com b@example.com 10.0.0.5 {CARD} and 5555 5555 5555 4444")

    expected = (
        Removal(kind=KIND.EMAIL, count=2),
        Removal(kind=KIND.CARD, count=2),
        Removal(kind=KIND.IP, count=1),
    )
    assert expected == scrubbed.removed


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], None),
        ([(KIND.EMAIL, 1)], "1 e-mail address was removed before posting."),
        (
            [(KIND.SECRET, 1), (KIND.EMAIL, 2)],
            "2 e-mail addresses and 1 secret were removed before posting.",
        ),
        (
            [(KIND.IP, 1), (KIND.PHONE, 2), (KIND.CARD, 1)],
            "2 telephone numbers, 1 card number and 1 IP address were removed before posting.",
        ),
        ([(KIND.IP, 1), (KIND.IP, 1)], "2 IP addresses were removed before posting."),
    ],
)
def test_the_author_is_told_in_a_sentence(counts: list[tuple[KIND, int]], expected: str | None) -> None:
    """The sentence names every kind with its number, adding up what several texts lost."""
    removed = [Removal(kind=kind, count=count) for kind, count in counts]

    assert expected == removal_sentence(removed)


@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8))).map("".join))
def test_scrubbing_twice_changes_nothing_more(text: str) -> None:
    """What scrub returns holds nothing it would take out."""
    once = scrub(text)

    assert Scrubbed(text=once.text) == scrub(once.text)


@given(st.text(alphabet="abc defg.,!?\n#*_~<>|äé\u200b"))
def test_a_text_without_matches_is_returned_unchanged(text: str) -> None:
    """Folding is for matching only: it never shows in the text."""

    assert Scrubbed(text=text) == scrub(text)


@given(st.text())
def test_folding_keeps_track_of_places(text: str) -> None:
    """Every character of the folded copy knows its place in the original, in order."""
    folded = fold(text)

    assert len(folded.text) == len(folded.origin)
    assert sorted(folded.origin) == list(folded.origin)


@pytest.mark.parametrize("place", [0, 29_990, 30_990, 31_000, 38_995, 39_990, 40_000, 61_995, 79_000])
def test_a_find_is_whole_wherever_a_window_ends(place: int) -> None:
    """In a text over 40,000 characters, nothing is missed, halved or counted twice at a seam."""
    text = "x " * (place // 2) + "ada.lovelace@example.com " + "y " * WINDOW

    expected = text.replace("ada.lovelace@example.com", MARKERS[KIND.EMAIL])
    assert Scrubbed(text=expected, removed=(Removal(kind=KIND.EMAIL, count=1),)) == scrub(text)


def test_a_seam_hides_nothing_that_went_before() -> None:
    """A version whose `v` stands before the seam is no IP address after it."""
    text = "x " * 15_499 + " v1.2.3.4" + " y" * WINDOW

    assert Scrubbed(text=text) == scrub(text)


def test_a_private_key_across_a_seam_goes_whole() -> None:
    """A find of thousands of characters that begins just before a seam leaves nothing behind."""
    key = KEY_HEADER + "QUJD" * 1_500 + "\n" + KEY_HEADER.replace("BEGIN", "END").strip()
    text = "x " * 15_495 + key + " y" * WINDOW

    assert text.replace(key, MARKERS[KIND.SECRET]) == scrub(text).text


def test_a_text_that_keeps_uncovering_more_is_withheld() -> None:
    """Numbers glued so that each hides the next end in one marker, not in endless passes."""
    text = "+442079460958" * PASSES

    expected = Scrubbed(text="[secret removed]", removed=(Removal(kind=KIND.SECRET, count=1),))
    assert expected == scrub(text)


def repeats(tree: Any, *, inside: bool = False) -> Iterator[str]:
    """Name every unbounded repeat that can backtrack into another one."""
    for op, argument in tree:
        name = str(op)
        unbounded = name in {"MAX_REPEAT", "MIN_REPEAT"} and argument[1] > WINDOW
        if unbounded and inside:
            yield name
        for part in argument if isinstance(argument, (tuple, list)) else ():
            yield from _deeper(part, inside=inside or unbounded)


def _deeper(part: Any, *, inside: bool) -> Iterator[str]:
    if hasattr(part, "getwidth"):
        yield from repeats(part, inside=inside)
    elif isinstance(part, list):
        for each in part:
            yield from _deeper(each, inside=inside)


def parsed(pattern: str, flags: int = 0) -> Any:
    """Parse a pattern as `re` does."""
    return re._parser.parse(pattern, flags)  # type: ignore[attr-defined] # noqa: SLF001


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.pattern.pattern[:30])
def test_no_pattern_can_backtrack_without_bound(rule: Any) -> None:
    """No backtracking repeat without a bound holds another: no text takes exponential time."""

    assert [] == list(repeats(parsed(rule.pattern.pattern, rule.pattern.flags)))


@pytest.mark.parametrize(("pattern", "expected"), [("(a+)+b", 1), ("(?:x|(?:y*z)*)", 1), ("(a++b)*+", 0)])
def test_the_backtracking_check_sees_one(pattern: str, expected: int) -> None:
    """The check above finds a planted nested repeat, and lets possessive ones be."""

    assert expected == len(list(repeats(parsed(pattern))))
