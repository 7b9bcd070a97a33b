"""Writing sentences down: the same parts as mrkdwn, as rich text or as the words a phone shows."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import assert_never

from bot.incident.sentences import Part, Quote, When, Who
from views import kit

_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,20}")
LONGEST_WORDS = 3000
NEAR = timedelta(hours=12)
"""Within this time of sending the hour says enough; beyond it the day stands beside it."""


@dataclass(frozen=True, slots=True)
class Bold:
    """Tocsin's own words that carry the point."""

    words: str


@dataclass(frozen=True, slots=True)
class Code:
    """Something to type, or a code to quote."""

    words: str


@dataclass(frozen=True, slots=True)
class Ping:
    """A person, asked for an act: the mention rings."""

    person: str | None


@dataclass(frozen=True, slots=True)
class Room:
    """A Slack channel, by id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day, without the hour."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Second:
    """A moment to the second, as a timeline has it."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """An address of policy's."""

    url: str


ViewPart = Part | Bold | Code | Ping | Room | Day | Second | Link
Line = tuple[ViewPart, ...]


def joined(lines: Iterable[Line], *, last: str = " and ") -> Line:
    """Return `lines` as one enumeration: "a, b and c"."""
    each = list(lines)
    parts: list[ViewPart] = []
    for place, line in enumerate(each):
        if place:
            parts.append(last if place == len(each) - 1 else ", ")
        parts.extend(line)
    return tuple(parts)


def strung(lines: Iterable[Line], *, by: str = " · ") -> Line:
    """Return the lines that say something as one, `by` between them."""
    parts: list[ViewPart] = []
    for line in lines:
        if line:
            parts.extend((by, *line) if parts else line)
    return tuple(parts)


def as_token(at: datetime, *, now: datetime) -> tuple[str, str]:
    """Return the format of a date token and what stands for it, always UTC, where tokens do not work."""
    utc = at.astimezone(UTC)
    if abs(at - now) <= NEAR:
        return "{time}", f"{utc:%H:%M} UTC"
    return "{date_short_pretty} at {time}", f"{utc:%b} {utc.day} at {utc:%H:%M} UTC"


def as_day(at: datetime) -> tuple[str, str]:
    """Return the format of a date token for a whole day, and its UTC fallback."""
    utc = at.astimezone(UTC)
    return "{date_short_pretty}", f"{utc:%b} {utc.day} UTC"


def is_slack_id(person: str | None) -> bool:
    """Return whether `person` is somebody in Slack, not the clock, Tocsin or a shell."""
    return person is not None and _SLACK_ID.fullmatch(person) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes sentences at the moment `now`; `name` says how people read a Slack user id."""

    name: Callable[[str | None], str]
    now: datetime

    def called(self, person: str | None) -> str:
        """Return a person's name, cleaned."""
        return kit.clean_name(self.name(person))

    def text(self, *parts: ViewPart) -> str:
        """Return the sentence for phones, screen readers and notifications, escaped, at most 300 characters."""
        return kit.escape(kit.cut_escaped(self.plain(*parts).strip(), limit=kit.LONGEST_TEXT))

    def plain(self, *parts: ViewPart) -> str:
        """Return the sentence as plain words, unescaped."""
        return "".join(self._word(part) for part in parts)

    def _word(self, part: ViewPart) -> str:
        match part:
            case str():
                return part
            case Who(person) | Ping(person):
                return self.called(person)
            case When() | Day() | Second():
                return self._shape(part)[1]
            case Quote(words):
                return f"“{kit.one_line(words, limit=kit.LONGEST_TEXT)}”"
            case Bold(words) | Code(words):
                return words
            case Room(_, name):
                return f"#{name}"
            case Link(url):
                return url
            case _ as never:
                assert_never(never)

    def mrkdwn(self, *parts: ViewPart) -> str:
        """Return the sentence as mrkdwn.

        Raises:
            ValueError: the sentence holds people's own words, which never go into mrkdwn.
        """
        return "".join(self._marked(part) for part in parts)

    def _marked(self, part: ViewPart) -> str:
        match part:
            case str():
                return kit.escape(part)
            case Who(person) | Ping(person):
                rings = isinstance(part, Ping) and is_slack_id(person)
                return f"<@{person}>" if rings else kit.escape(self.called(person))
            case When(at) | Day(at) | Second(at):
                return _token(at, *self._shape(part))
            case Quote():
                message = "people's own words never go into mrkdwn"
                raise ValueError(message)
            case Bold(words) | Code(words):
                mark = "*" if isinstance(part, Bold) else "`"
                return f"{mark}{kit.escape(words)}{mark}"
            case Room(channel, _):
                return f"<#{channel}>"
            case Link(url):
                return f"<{kit.escape(url)}>"
            case _ as never:
                assert_never(never)

    def elements(self, *parts: ViewPart) -> list[kit.Block]:
        """Return the sentence as elements of a rich text section."""
        return [element for part in parts if (element := self._element(part)).get("text") != ""]

    def _element(self, part: ViewPart) -> kit.Block:
        match part:
            case str():
                return _text(part)
            case Who(person) | Ping(person):
                rings = isinstance(part, Ping) and is_slack_id(person)
                return {"type": "user", "user_id": person} if rings else _text(self.called(person))
            case When(at) | Day(at) | Second(at):
                return _date(at, *self._shape(part))
            case Quote(words):
                return _text(f"“{kit.cut(kit.their_words(words), limit=LONGEST_WORDS)}”")
            case Bold(words) | Code(words):
                return {**_text(words), "style": {"bold" if isinstance(part, Bold) else "code": True}}
            case Room(channel, _):
                return {"type": "channel", "channel_id": channel}
            case Link(url):
                return {"type": "link", "url": url}
            case _ as never:
                assert_never(never)

    def _shape(self, part: When | Day | Second) -> tuple[str, str]:
        if isinstance(part, Second):
            return "{time_secs}", f"{part.at.astimezone(UTC):%H:%M:%S} UTC"
        return as_token(part.at, now=self.now) if isinstance(part, When) else as_day(part.at)

    def says(self, *parts: ViewPart) -> kit.Block:
        """Return a block with the sentence: rich text where it holds people's own words, else mrkdwn."""
        if any(isinstance(part, Quote) for part in parts):
            return kit.rich(self.elements(*parts))
        return kit.section(self.mrkdwn(*parts).strip())

    def lines(self, lines: Iterable[Line]) -> kit.Block:
        """Return a rich text block with one line for each that says something."""
        return kit.rich(self.elements(*strung(lines, by="\n")))

    def below(self, *parts: ViewPart) -> kit.Block:
        """Return the sentence as a small line below."""
        return kit.context(self.mrkdwn(*parts))

    def beside(self, *labelled: tuple[str, Line]) -> kit.Block:
        """Return label and value side by side, at most six pairs."""
        return kit.fields(*(self.mrkdwn(Bold(label), "\n", *line) for label, line in labelled))


def _token(at: datetime, shape: str, fallback: str) -> str:
    return f"<!date^{int(at.timestamp())}^{shape}|{fallback}>"


def _date(at: datetime, shape: str, fallback: str) -> kit.Block:
    return {"type": "date", "timestamp": int(at.timestamp()), "format": shape, "fallback": fallback}


def _text(words: str) -> kit.Block:
    return {"type": "text", "text": words}
