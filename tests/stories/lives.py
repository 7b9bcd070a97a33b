"""One incident's whole life as a script, and everything that is left of it afterwards."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.incident.history.apply import replay
from bot.incident.reacting.effects import EffectKind
from bot.ports import DeliveryState
from sandbox.mailbox import Letter
from sandbox.shown import channel_label
from storage.unit_of_work import Database
from tests.stories.company import UNDONE, Cast
from tests.stories.conftest import START

SPAN = re.compile(r"\d+ (min|h|s)( \d+ (min|s))?")


async def live_through(company: Cast) -> None:
    """Declare, acknowledge, take command, update, skip an update, mitigate, resolve.

    Then there is an hour in which whatever still waits for another try gets it.
    """
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await until(company, minutes=2.5)
    await company.presses("sam", "Acknowledge")
    await until(company, minutes=3.5)
    await company.presses("noor", "Take command")
    channel = company.channel_of(1)
    await until(company, minutes=7)
    await company.types("noor", "/incident update Rolling back, errors falling", channel=channel)
    await until(company, minutes=28)
    await company.types("noor", "/incident mitigate Rolled back to 2.41", channel=channel)
    await until(company, minutes=30)
    await company.types("noor", "/incident resolve Connection pool raised", channel=channel)
    await until(company, minutes=90)


async def until(company: Cast, *, minutes: float) -> None:
    """Let the clock go to `minutes` after the beginning."""
    await company.sandbox.advance_to(START + timedelta(minutes=minutes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains:
    """What can be seen when it is over: in Slack, and in the database.

    `said` counts messages by channel, words and kind; `marks` by the outbox id in their metadata; `rooms` has topic,
    number of pins and members by channel; `timers` are (kind, due, state); `record` the names of the audited events;
    `let_go` is how many pages outside Slack were not sent, for somebody had answered before their turn came.
    """

    said: Counter[tuple[str, str, str]]
    marks: Counter[str]
    rooms: Mapping[str, tuple[str, int, Sequence[str]]]
    timers: Sequence[tuple[str, str, str]]
    record: Sequence[str]
    undone: Sequence[str]
    row_is_replay: bool
    audit_is_whole: bool
    let_go: int = 0

    def without_spans(self) -> "Remains":
        """Return the same, with "11 min 28 s" and the like blanked: how late a message is shows in its words."""
        blanked: Counter[tuple[str, str, str]] = Counter()
        for (channel, words, kind), count in self.said.items():
            blanked[channel, SPAN.sub("a while", words), kind] += count
        return replace(self, said=blanked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A life that was lived: what remains, the letters it sent, how often the bot was killed, what broke a rule."""

    remains: Remains
    letters: Sequence[Letter]
    kills: int = 0
    violations: Sequence[str] = ()


def remains(company: Cast, database: Database) -> Remains:
    """Return what remains of the one incident of `company`, whose bot keeps its rows in `database`."""
    with database.read() as unit:
        events = unit.audit.events(1)
        return Remains(
            said=everything_said(company),
            marks=marks(company),
            rooms=rooms(company),
            timers=sorted((row.kind, row.due_at.isoformat(), row.state) for row in unit.timers.everything()),
            record=[type(event).__name__ for event in events],
            undone=[row.effect.id for row in unit.outbox.listing(states=UNDONE)],
            row_is_replay=unit.incidents.get(1) == replay(events),
            audit_is_whole=company.audit_is_whole(),
            let_go=sum(
                row.effect.kind is EffectKind.NOTIFY for row in unit.outbox.listing(states=(DeliveryState.SKIPPED,))
            ),
        )


def everything_said(company: Cast) -> Counter[tuple[str, str, str]]:
    """Return what was said, where and how: channel, text, "thread" for a reply; private answers left out."""
    workspace = company.sandbox.workspace
    return Counter(
        (channel_label(workspace, room), one.text, "thread" if one.thread_ts else one.subtype or "")
        for room in workspace.channels.values()
        for one in room.messages
        if one.ephemeral_to is None
    )


def marks(company: Cast) -> Counter[str]:
    """Return how often each outbox row stands in Slack, by the id in its metadata."""
    found = [(one.metadata or {}).get("event_payload", {}).get("id") for one in company.sandbox.workspace.messages]
    return Counter(mark for mark in found if mark)


def rooms(company: Cast) -> Mapping[str, tuple[str, int, Sequence[str]]]:
    """Return topic, number of pins and members of every channel, by its name."""
    workspace = company.sandbox.workspace
    return {
        channel_label(workspace, room): (room.topic, len(room.pins), sorted(room.members))
        for room in workspace.channels.values()
    }


def violations(company: Cast) -> list[str]:
    """Return what Slack would not have taken, a sentence each."""
    return [f"{one.rule}: {one.detail}" for one in company.sandbox.workspace.violations]
