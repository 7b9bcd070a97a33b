"""Scrubbing: a text goes in, the text that may be kept and shown comes out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.privacy.folding import fold
from bot.privacy.kinds import MARKERS, NOUNS, Removal, Scrubbed, SensitiveKind
from bot.privacy.person_rules import PERSON_RULES
from bot.privacy.secret_rules import SECRET_RULES

__all__ = ["Removal", "Scrubbed", "SensitiveKind", "removal_sentence", "scrub"]

# The earlier rule wins where two would take the same characters.
RULES = (*SECRET_RULES, *PERSON_RULES)

WINDOW = 40_000
_LOOK_BACK = 1_000
_STRIDE = 31_000
PASSES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Something to take out of a folded text, by its places there."""

    kind: SensitiveKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """What is searched (`start` to `end`) for whatever begins from `first` up to `last`."""

    start: int
    end: int
    first: int
    last: int


def scrub(text: str) -> Scrubbed:
    """Take secrets, e-mail addresses, telephone and card numbers and IP addresses out of `text`.

    Matching is done on a folded copy (zero-width characters, full-width forms), replacing on
    the text itself, so that what is left is unchanged. A text over 40,000 characters is searched
    in overlapping windows: a find of up to 8,000 characters is taken out whole wherever it stands.
    Scrubbing twice changes nothing more: taking something out can uncover what stood against it,
    so passes are made until one finds nothing. A text that still yields after seven (nobody
    writes one by accident) is withheld whole as one secret.

    Source: G6.1 (no secret stored at all), G6.2 (no e-mail or IP address in records).
    """
    counts: Counter[SensitiveKind] = Counter()
    for _ in range(PASSES):
        found = _find(text)
        if not found:
            return Scrubbed(text=text, removed=_tally(counts))
        counts.update(each.kind for each in found)
        text = _without(text, found)
    withheld = Removal(kind=SensitiveKind.SECRET, count=1)
    return Scrubbed(text=MARKERS[SensitiveKind.SECRET], removed=(withheld,))


def removal_sentence(removed: Iterable[Removal]) -> str | None:
    """Say to the author what was taken out, or None when nothing was.

    `removed` may come from several texts of one submission: kinds are added up.
    """
    counts: Counter[SensitiveKind] = Counter()
    for removal in removed:
        counts[removal.kind] += removal.count
    parts = [f"{each.count} {NOUNS[each.kind][each.count != 1]}" for each in _tally(counts)]
    if not parts:
        return None
    listed = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    verb = "was" if counts.total() == 1 else "were"
    return f"{listed} {verb} removed before posting."


def _tally(counts: Counter[SensitiveKind]) -> tuple[Removal, ...]:
    return tuple(Removal(kind=kind, count=counts[kind]) for kind in SensitiveKind if counts[kind])


def _find(text: str) -> list[_Found]:
    """Everything to take out of `text`, in order, by places in `text`; no two overlap."""
    folded = fold(text)
    found: list[_Found] = []
    taken = bytearray(len(folded.text))
    for window in _windows(len(folded.text)):
        for each in _find_in(folded.text, window):
            if taken.find(1, each.start, each.end) < 0:
                taken[each.start : each.end] = b"\x01" * (each.end - each.start)
                found.append(each)
    origin = folded.origin
    placed = (_Found(kind=each.kind, start=origin[each.start], end=origin[each.end - 1] + 1) for each in found)
    return sorted(placed, key=lambda each: each.start)


def _windows(length: int) -> Iterator[_Window]:
    if length <= WINDOW:
        yield _Window(start=0, end=length, first=0, last=length)
        return
    for first in range(0, length, _STRIDE):
        start = max(0, first - _LOOK_BACK)
        yield _Window(start=start, end=start + WINDOW, first=first, last=first + _STRIDE)


def _find_in(text: str, window: _Window) -> Iterator[_Found]:
    part = text[window.start : window.end]
    lowered = part.lower()
    for rule in RULES:
        if not rule.may_match(lowered):
            continue
        for match in rule.pattern.finditer(part):
            for start, end in rule.spans(match):
                if window.first <= window.start + start < window.last:
                    yield _Found(kind=rule.kind, start=window.start + start, end=window.start + end)


def _without(text: str, found: list[_Found]) -> str:
    pieces: list[str] = []
    done = 0
    for each in found:
        pieces += (text[done : each.start], MARKERS[each.kind])
        done = each.end
    return "".join((*pieces, text[done:]))
