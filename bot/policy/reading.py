"""Reading typed values out of policy files while noting every mistake on the way."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.policy.durations import LONGEST, duration
from bot.policy.errors import PolicyError
from bot.policy.source import Spot

A_DURATION = "a duration (like 5m, 2h)"
LONGEST_TEXT = 200

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,4}")
_FLAGS = {"yes": True, "no": False}
_Word = TypeVar("_Word", bound=StrEnum)
_SHARE = re.compile(r"0\.[0-9]{0,3}[1-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """That `spot` names a contact, who must exist, be `filled` by a person, and have at least `way` ways."""

    spot: Spot
    contact: str
    filled: bool
    way: int


class Kind(StrEnum):
    """What one file may name that another one, or the runbooks folder, must have."""

    PERSON = "person"
    GROUP = "group"
    ROLE = "role"
    TYPE = "type"
    HOLDER = "role, group or contact"
    RUNBOOK = "runbook"


@dataclass(slots=True, kw_only=True)
class Reading:
    """What one reading of all files has noted so far: mistakes, and what another file must know.

    That is contacts (`mentions`), and things of every other kind (`named`), by where they are named.

    Every method takes where a value stands, or None when it does not (a missing key is noted once, by `fields`), and
    returns a stand-in when there is nothing good to return. So one pass finds all mistakes; a reading with any is
    never used.
    """

    errors: list[PolicyError] = field(default_factory=list)
    warnings: list[PolicyError] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    named: list[tuple[Kind, Spot]] = field(default_factory=list)

    def refuse(self, spot: Spot | None, *, allowed: str) -> None:
        """Note that what stands at `spot` is not `allowed`."""
        if spot:
            self.errors.append(spot.error(allowed=allowed))

    def is_sound(self, spot: Spot) -> bool:
        """Return whether no mistake has been noted at `spot` or inside it."""
        lines = spot.lines() if self.errors else frozenset()
        return not any(error.file == spot.file and error.line in lines for error in self.errors)

    def warn(self, spot: Spot | None, *, allowed: str) -> None:
        """Note that what stands at `spot` works and yet is not `allowed`."""
        if spot:
            self.warnings.append(spot.error(allowed=allowed))

    def text(self, spot: Spot | None, *, at_most: int = LONGEST_TEXT) -> str:
        """Return one line of text of 1 to `at_most` characters."""
        said = _said(spot)
        if 0 < len(said) <= at_most and said.isprintable():
            return said
        self.refuse(spot, allowed=f"one line of text (1 to {at_most} characters)")
        return ""

    def matching(self, spot: Spot | None, *, shape: re.Pattern[str], allowed: str, secret: bool = False) -> str:
        """Return a text that matches `shape` whole; one that may be `secret` is not said back in a mistake."""
        said = _said(spot)
        if shape.fullmatch(said):
            return said
        if spot and secret:
            self._note(spot, key=str(spot.key), allowed=allowed)
        else:
            self.refuse(spot, allowed=allowed)
        return ""

    def duration(self, spot: Spot | None, *, or_zero: bool = False) -> timedelta:
        """Return a span above zero (from zero, with `or_zero`) up to 366 days."""
        span = duration(_said(spot))
        if span is None:
            self.refuse(spot, allowed=A_DURATION)
        elif span > LONGEST or not (span or or_zero):
            self.refuse(spot, allowed=f"a duration above zero and up to {LONGEST.days} days")
        else:
            return span
        return timedelta(seconds=1)

    def duration_if_any(self, spot: Spot | None) -> timedelta | None:
        """Return a span above zero, or None where policy sets none."""
        return self.duration(spot) if spot else None

    def number(self, spot: Spot | None, *, least: int, most: int) -> int:
        """Return a whole number in the bounds given."""
        said = _said(spot)
        if _NUMBER.fullmatch(said) and least <= int(said) <= most:
            return int(said)
        self.refuse(spot, allowed=f"a whole number from {least} to {most}")
        return least

    def word(self, spot: Spot | None, *, kind: type[_Word]) -> _Word:
        """Return one word of a vocabulary."""
        said, known = _said(spot), tuple(kind)
        if said in known:
            return kind(said)
        self.refuse(spot, allowed=f"one of these: {nearest(word=said, known=known)}")
        return known[0]

    def words(self, spot: Spot | None, *, kind: type[_Word]) -> tuple[_Word, ...]:
        """Return a list of words of a vocabulary, each once."""
        entries = self.items(spot)
        self._refuse_twice(entries)
        return tuple(self.word(entry, kind=kind) for entry in entries)

    def flag(self, spot: Spot | None) -> bool:
        """Return whether it says yes."""
        said = _said(spot)
        if said not in _FLAGS:
            self.refuse(spot, allowed="yes or no")
        return _FLAGS.get(said, False)

    def texts(self, spot: Spot | None, *, most: int = 20) -> tuple[str, ...]:
        """Return a list of lines of text."""
        return tuple(self.text(entry) for entry in self.items(spot, most=most))

    def share(self, spot: Spot | None) -> float:
        """Return a part of one, such as 0.2."""
        said = _said(spot)
        if _SHARE.fullmatch(said):
            return float(said)
        self.refuse(spot, allowed="a share between 0 and 1 (like 0.2)")
        return 0.5

    def day(self, spot: Spot | None) -> date:
        """Return a calendar day."""
        said = _said(spot)
        try:
            return date.fromisoformat(said if _DAY.fullmatch(said) else "")
        except ValueError:
            self.refuse(spot, allowed="a day (like 2026-11-09)")
            return date.min

    def zone(self, spot: Spot | None) -> str:
        """Return the name of an IANA time zone."""
        name = _said(spot)
        try:
            return ZoneInfo(name).key
        except (LookupError, ValueError, OSError):
            self.refuse(spot, allowed="a time zone (like Europe/Berlin)")
            return "UTC"

    def items(self, spot: Spot | None, *, most: int = 20) -> tuple[Spot, ...]:
        """Return the entries of a list of 1 to `most`."""
        entries = spot.value if spot else ()
        if isinstance(entries, tuple) and 0 < len(entries) <= most:
            return entries
        self.refuse(spot, allowed=f"a list of 1 to {most}")
        return ()

    def entries(self, spot: Spot | None) -> Mapping[str, Spot]:
        """Return a table whose keys are its author's own words."""
        table = spot.value if spot else {}
        if isinstance(table, str | tuple) or not table:
            self.refuse(spot, allowed="a table with at least one key")
            return {}
        for key, entry in table.items():
            if not _KEY.fullmatch(key):
                self._note(entry, key=key, allowed="a good key: small letters, digits and _ only")
        return table

    def fields(self, spot: Spot | None, *, required: Iterable[str], optional: Iterable[str] = ()) -> Mapping[str, Spot]:
        """Return a table with known keys; unknown and missing ones are noted."""
        if spot is None or isinstance(spot.value, str | tuple):
            self.refuse(spot, allowed="a table with keys")
            return {}
        needed, known = tuple(required), (*required, *optional)
        for key in needed:
            if key not in spot.value:
                self._note(spot, key=key, allowed=f"there, and `{spot.key}` needs it")
        for key, entry in spot.value.items():
            if key not in known:
                self._note(entry, key=key, allowed=f"a key here: {nearest(word=key, known=known)}")
        return {key: entry for key, entry in spot.value.items() if key in known}

    def contact(self, spot: Spot | None, *, filled: bool = False, way: int = 0) -> str:
        """Return the key of a contact, and note that the people file must know it.

        `filled` says that a person must stand behind it, `way` how many ways to reach that person there must be.
        """
        contact = self.text(spot)
        if spot and contact:
            self.mentions.append(Mention(spot=spot, contact=contact, filled=filled, way=way))
        return contact

    def name(self, spot: Spot | None, *, kind: Kind) -> str:
        """Return the key of something of this kind, and note that it must exist."""
        key = self.text(spot)
        if spot and key:
            self.named.append((kind, spot))
        return key

    def names(self, spot: Spot | None, *, kind: Kind) -> tuple[str, ...]:
        """Return a list of such keys, each once."""
        entries = self.items(spot)
        self._refuse_twice(entries)
        return tuple(self.name(entry, kind=kind) for entry in entries)

    def _refuse_twice(self, entries: Iterable[Spot]) -> None:
        seen: set[str] = set()
        for entry in entries:
            said = _said(entry)
            if said in seen:
                self.refuse(entry, allowed="allowed twice in one list")
            seen.add(said)

    def refuse_falling(self, spots: Iterable[Spot]) -> None:
        """Note each span among `spots`, from the worst severity to the mildest, that is shorter than the one before."""
        for first, second in pairwise(spots):
            least, span = duration(_said(first)), duration(_said(second))
            if least and span and span < least:
                self.refuse(second, allowed=f"at least `{first.key}: {first.value}`")

    def _note(self, spot: Spot, *, key: str, allowed: str) -> None:
        self.errors.append(PolicyError(file=spot.file, line=spot.line, key=key, found="", allowed=allowed))


def nearest(*, word: str, known: Iterable[str]) -> str:
    """Return which of the `known` words was probably meant, else all of them, as the end of a sentence."""
    words = tuple(known)
    near = get_close_matches(word, words, n=1, cutoff=0.5)
    if near:
        return f"the nearest is `{near[0]}`"
    return "allowed are " + ", ".join(f"`{one}`" for one in words)


def _said(spot: Spot | None) -> str:
    return spot.value if spot and isinstance(spot.value, str) else ""
