"""Refusals as people read them: the sentence, what can be done instead, and their own words given back."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.incident.reacting.effects import Json, Words
from bot.incident.sentences import Quote, When, Who
from bot.usecases.asked import Answer
from bot.words import Act
from views import buttons, kit
from views.reading import number, part, text, texts
from views.sentences import Bold, Code, Line, Pen, ViewPart

_MARKED = re.compile(r"`([^`]+)`|\*([a-z]+)\*")
NUDGING = frozenset({7, 26, 37, 40, 43, 59})
"""Refusals whose first button is the next step, by their number in the table of refusals."""
LONGEST_KEPT, MOST_KEPT = 3000, 4
"""Characters in one quotation, and how many quotations a long text is given back in."""


def pen_for(answer: Answer, *, now: datetime) -> Pen:
    """Return what writes an answer: names come from its picture, else from its words under "names"."""
    if answer.picture:
        return Pen(name=answer.picture.name, now=now)
    names = part(answer.words, "names") or {}
    return Pen(name=lambda who: text(names, who or "") or who or "nobody", now=now)


def sentence(words: Words) -> Line:
    """Return the sentence that `words` carries, its people, moments and quotations as they were marked."""
    parts = words.get("parts")
    return tuple(each for part in (parts if isinstance(parts, list) else []) for each in _parts(part))


def _parts(part: Json) -> Iterator[ViewPart]:
    if isinstance(part, str):
        yield from _split(part)
    elif isinstance(part, Mapping):
        yield _marked(part)


def _marked(part: Words) -> ViewPart:
    if "at" in part:
        return When(datetime.fromisoformat(text(part, "at")))
    return Quote(text(part, "quote")) if "quote" in part else Who(text(part, "who") or None)


def _split(words: str) -> Iterator[ViewPart]:
    """Return what stands between marks as it is; a refusal may hold what was typed, so it is never mrkdwn."""
    end = 0
    for found in _MARKED.finditer(words):
        yield words[end : found.start()]
        yield Code(found[1]) if found[1] else Bold(found[2])
        end = found.end()
    yield words[end:]


def refusal(words: Words, pen: Pen) -> list[kit.Block]:
    """Return the refusal without its buttons."""
    kept = kit.their_words(text(words, "kept"))
    return [
        kit.rich(pen.elements(*sentence(words))),
        *(kit.rich_quote(part) for part in _given_back(kept)),
    ]


def _given_back(kept: str) -> Iterator[str]:
    """Return somebody's words in pieces that Slack takes, parted at white space; none is lost up to 12,000."""
    left = kit.cut(kept, limit=LONGEST_KEPT * MOST_KEPT)
    while left:
        piece = left[:LONGEST_KEPT]
        if len(left) > LONGEST_KEPT:
            piece = piece[: 1 + max(piece.rfind(" "), piece.rfind("\n"))] or piece
        yield piece
        left = left[len(piece) :]


def offers(words: Words) -> tuple[Act, ...]:
    """Return the acts offered under the refusal."""
    return tuple(Act(offer) for offer in texts(words, "offers"))


def first_is_next(words: Words) -> bool:
    """Return whether the first offer is the next step, and so the primary button."""
    return number(words, "number") in NUDGING


def offer_row(answer: Answer) -> list[kit.Block]:
    """Return the buttons under a refusal, with the labels they carry and what they ask back."""
    labels, asks = part(answer.words, "labels") or {}, part(answer.words, "asks") or {}
    return buttons.row(
        answer.picture,
        answer.handles,
        *offers(answer.words),
        primary=first_is_next(answer.words),
        labels={Act(act): kit.one_line(text(labels, act), limit=24) for act in labels},
        asks={Act(act): _ask(asked) for act in asks if (asked := part(asks, act))},
    )


def _ask(asked: Words) -> buttons.Ask:
    return buttons.Ask(
        title=kit.one_line(text(asked, "heading"), limit=60),
        text=kit.one_line(text(asked, "text"), limit=250),
        yes=kit.one_line(text(asked, "yes"), limit=24),
        no=kit.one_line(text(asked, "no"), limit=24),
    )
