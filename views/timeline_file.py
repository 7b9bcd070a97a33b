"""The timeline as a file: Markdown whose times are ISO 8601 in UTC, and whose words of people are never markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import assert_never

from bot.incident.model import Incident
from bot.incident.reading.picture import Picture
from bot.incident.reading.timeline_file import TimelineFile, Told
from bot.incident.sentences import Quote, Sentence, When, Who
from bot.words import Role
from views import kit

_ACTIVE = re.compile(r"([\\`*_\[\]<>|~#&!:/@])")
"""What Markdown, or a reader of it that makes links, could take for more than a letter."""

_TICKS = re.compile("`+")
SHORTEST_FENCE = 3

Own = str | Who | When
"""A part of a sentence in Tocsin's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file to upload: its `name`, a `title` and a `comment` that name no more than the number, and its bytes."""

    name: str
    title: str
    comment: str
    content: bytes


def draw_timeline_file(file: TimelineFile) -> Paper:
    """Return the file; nobody's words but the file's own bytes carry what happened."""
    incident = file.picture.incident
    lines = [*_head(file), "", "## Entries", "", *(line for told in file.entries for line in _entry(told, file))]
    text = "\n".join([*lines, "", "---", "", _record(file), ""])
    return Paper(
        name=f"inc-{incident.number}-timeline.md",
        title=f"Timeline of {incident.ref}",
        comment=f"Timeline of {incident.ref}: {_counted(file)}, times in UTC.",
        content=text.encode(),
    )


def _counted(file: TimelineFile) -> str:
    count = len(file.entries)
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _head(file: TimelineFile) -> Iterator[str]:
    incident = file.picture.incident
    yield f"# Timeline of {incident.ref}"
    yield ""
    if file.whole:
        yield from _fenced(incident.title, indent="")
    else:
        yield "Private incident: its title and people's words stay in its channel."
    yield ""
    yield f"- Severity: {incident.severity.label}"
    yield f"- Status: {incident.status}"
    for label, at, by in _times(incident):
        yield f"- {label}: {stamp(at)}{f' by {_name(by, file.picture)}' if by else ''}"
    for role in Role:
        holder = incident.commander if role is Role.COMMANDER else incident.holder(role)
        if holder:
            yield f"- {role.value.capitalize()}: {_name(holder, file.picture)}"
    yield "- Times: UTC, ISO 8601"


def _times(incident: Incident) -> Iterator[tuple[str, datetime, str]]:
    marks = (
        ("Declared", incident.declared),
        ("Acknowledged", incident.acknowledged),
        ("Mitigated", incident.mitigated),
        ("Resolved", incident.resolved),
        ("Cancelled", incident.cancelled),
        ("Closed", incident.closed),
    )
    if incident.started_at:
        yield "Impact began", incident.started_at, ""
    yield from ((label, mark.at, mark.by) for label, mark in marks if mark)


def stamp(at: datetime) -> str:
    """Return a moment as files write it, such as "2026-11-21T14:00:03Z"."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def _entry(told: Told, file: TimelineFile) -> Iterator[str]:
    said = "".join(_word(part, file.picture) for part in _without_quotes(told.line))
    yield f"- {stamp(told.at)} {said}"
    for part in told.line:
        if isinstance(part, Quote) and file.whole:
            yield ""
            yield from _fenced(part.words, indent="  ")
            yield ""


def _without_quotes(line: Sentence) -> Iterator[Own]:
    """Return the sentence without people's words, nor what only leads up to them."""
    for place, part in enumerate(line):
        leads = place + 1 < len(line) and isinstance(line[place + 1], Quote)
        if not isinstance(part, Quote) and not (leads and part in {" ", ": "}):
            yield part


def _word(part: Own, picture: Picture) -> str:
    match part:
        case str():
            return escaped(part)
        case Who(person):
            return _name(person, picture)
        case When(at):
            return stamp(at)
        case _ as never:
            assert_never(never)


def _name(person: str | None, picture: Picture) -> str:
    return escaped(kit.clean_name(picture.name(person)))


def escaped(text: str) -> str:
    """Return text of one line in which Markdown reads no markup, link or mention."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split("\n")))


def _fenced(words: str, *, indent: str) -> Iterator[str]:
    """Return people's words as they wrote them, inside a fence longer than any they could have typed."""
    text = kit.their_words(words)
    longest = max((len(run) for run in _TICKS.findall(text)), default=0)
    fence = "`" * max(SHORTEST_FENCE, longest + 1)
    yield f"{indent}{fence}text"
    yield from (f"{indent}{line}" for line in text.split("\n"))
    yield f"{indent}{fence}"


def _record(file: TimelineFile) -> str:
    leaf = f"last leaf {file.leaf}" if file.leaf else "no leaf"
    if file.checked.first_bad is not None:
        return f"❗ {_counted(file)} · the record does not verify from entry {file.checked.first_bad} on · {leaf}"
    return f"{_counted(file)} · record checked at {stamp(file.checked_at)}, unbroken · {leaf}"
