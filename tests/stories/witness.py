"""What a story looks at beyond Slack: refusals in the record, and that a "no" left everything as it was."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from typing import Any

from bot.incident.model import Incident
from tests.stories.company import Cast, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How everything stands: incidents as rows, allowed entries, and what every channel holds for all to see."""

    incidents: tuple[Incident, ...]
    allowed: int
    posts: tuple[tuple[str, str], ...]
    timers: tuple[str, ...]


def standing(cast: Cast) -> Standing:
    """Return how everything stands now."""
    with cast.store.read() as unit:
        entries, denied = unit.audit.count(), unit.audit.denied()
        rows = tuple(takewhile(bool, (unit.incidents.get(number) for number in count(1))))
    return Standing(
        incidents=tuple(row for row in rows if row),
        allowed=entries - denied,
        posts=tuple((one.channel, one.text) for one in cast.sandbox.workspace.messages if not one.ephemeral_to),
        timers=tuple(f"{row.incident}/{row.kind}/{row.generation}/{row.state}" for row in cast.timers()),
    )


def refusals(cast: Cast) -> list[tuple[str, str, int]]:
    """Return every refusal in the record: who asked (by handle), what, and the refusal's number."""
    people = cast.sandbox.workspace.people
    with cast.store.read() as unit:
        entries = [sealed.entry for sealed in unit.audit.entries(limit=10_000)]
    return [
        (people[entry.actor].handle, entry.action.removeprefix("refused."), json.loads(entry.payload)["refusal"])
        for entry in entries
        if entry.decision == "deny" and entry.action != "refused.gap"
    ]


def told(answer: Mapping[str, Any]) -> str:
    """Return the sentence of the private answer: what a phone shows of it."""
    private = [str(one["text"]) for one in answer["messages"] if one["ephemeral"]]
    return private[-1] if private else str((answer.get("response") or {}).get("text", ""))


def in_dialog(answer: Mapping[str, Any]) -> str:
    """Return every word in the dialog the person looks at now."""
    return "" if answer["view"] is None else " ".join(strings(answer["view"]["blocks"]))


def strings(value: object) -> Iterator[str]:
    """Yield every text in a block, options aside."""
    match value:
        case {"type": "text", "text": str(words)} | {"type": "plain_text" | "mrkdwn", "text": str(words)}:
            yield words
        case Mapping():
            for key, part in value.items():
                if key != "options":
                    yield from strings(part)
        case list():
            for part in value:
                yield from strings(part)
        case _:
            return


def everything_said(cast: Cast) -> str:
    """Return all that Slack was ever sent by the bot: messages, dialogs, topics, private answers."""
    return json.dumps([call.args for call in cast.sandbox.workspace.calls], ensure_ascii=False, default=str)


def database_bytes(cast: Cast) -> bytes:
    """Return the database as it lies on the disk, its log beside it."""
    path = Path(cast.database.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")) if file.is_file())


async def refused(cast: Cast, who: str, text: str, *, channel: str = "general") -> str:
    """Let `who` type what is refused, and return the sentence, having seen that nothing changed but the record."""
    before, so_far = standing(cast), len(refusals(cast))
    answer = await cast.act(who, "command", channel=channel, text=text)
    assert before == standing(cast)
    assert so_far + 1 == len(refusals(cast))
    return told(answer)


__all__ = [
    "Standing",
    "database_bytes",
    "everything_said",
    "in_dialog",
    "refusals",
    "refused",
    "said",
    "standing",
    "strings",
    "told",
]
