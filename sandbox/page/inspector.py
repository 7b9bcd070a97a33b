"""What the inspector shows: calls, violations, timers, steps, and everything about one message."""

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.page.mrkdwn import mrkdwn
from sandbox.page.reader import Reader
from sandbox.page.state import PageState, Timer
from sandbox.records import CallRecord, Channel, Json, Message

MOST_CALLS = 60
_PREVIEW, _PUSHED = 120, 170


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """One Web API call in the list."""

    seq: int
    at: str
    method: str
    where: str
    ms: int
    verdict: str
    ok: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallShown:
    """One Web API call in full."""

    row: CallRow
    args: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageShown:
    """One message as the app made it, and as its receivers' devices tell of it."""

    ts: str
    channel: str
    text: str
    blocks: str
    seen_by: str
    phone: str
    desktop: str
    sender: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerRow:
    """One timer, due in the reader's zone."""

    due: str
    label: str
    state: str


def calls_shown(reader: Reader) -> list[CallRow]:
    """The newest Web API calls, newest first."""
    return [_call(reader, record) for record in reversed(reader.workspace.calls[-MOST_CALLS:])]


def call_shown(reader: Reader, seq: str) -> CallShown | None:
    """One call with what was asked and answered; None when it is forgotten."""
    record = next((one for one in reader.workspace.calls if str(one.seq) == seq), None)
    if record is None:
        return None
    return CallShown(
        row=_call(reader, record), args=pretty(record.args), answer=pretty(record.answer), note=record.note
    )


def timers_shown(reader: Reader, timers: Sequence[Timer]) -> list[TimerRow]:
    """Every timer, those that are due next first."""
    ordered = sorted(timers, key=lambda timer: (timer.state != "pending", timer.due))
    return [
        TimerRow(due=reader.clock_time(timer.due, seconds=True), label=timer.label, state=timer.state)
        for timer in ordered
    ]


def message_shown(reader: Reader, channel: Channel, message: Message) -> MessageShown:
    """Everything about one message."""
    first = _first_words(message.blocks) or message.text
    return MessageShown(
        ts=message.ts,
        channel=reader.label_of(channel),
        text=message.text,
        blocks=pretty(message.blocks),
        seen_by=_audience(reader, channel, message),
        phone=_said(message.text, reader)[:_PUSHED],
        desktop=_said(first, reader)[:_PREVIEW],
        sender=reader.name_of(message.user),
        count=len(message.blocks),
    )


def steps_shown(state: PageState, base_url: str) -> list[tuple[str, str]]:
    """What was done by hand, newest first: the act as JSON, and the command that does it again."""
    shown = []
    for step in reversed(state.steps):
        words = json.dumps(step, ensure_ascii=False)
        shown.append((words, f"curl -s {base_url}/sandbox/act -d {shlex.quote(words)}"))
    return shown


def pretty(value: object) -> str:
    """JSON with indents."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=str)


def _call(reader: Reader, record: CallRecord) -> CallRow:
    error = str((record.answer or {}).get("error", "")) or ("" if record.ok else "no answer")
    return CallRow(
        seq=record.seq,
        at=reader.clock_time(record.at, seconds=True),
        method=record.method,
        where=_where(reader, record.args),
        ms=record.ms,
        verdict="ok" if record.ok else error,
        ok=record.ok,
    )


def _where(reader: Reader, args: Json) -> str:
    workspace = reader.workspace
    named = str(args.get("channel") or args.get("user_id") or args.get("users") or args.get("name") or "")
    channel = workspace.channels.get(named)
    if channel is not None and channel.is_im:
        ends = [workspace.people[member].real_name for member in channel.members if member != workspace.bot.id]
        return "DM " + ", ".join(ends)
    if channel is not None:
        return f"#{channel.name}"
    people = [workspace.people[part].real_name for part in named.split(",") if part in workspace.people]
    return ", ".join(people) or named


def _audience(reader: Reader, channel: Channel, message: Message) -> str:
    if message.ephemeral_to:
        return f"Only {reader.name_of(message.ephemeral_to)}, until the page is left"
    names = ", ".join(reader.name_of(member) for member in channel.members)
    if channel.kind == "channel":
        return f"Everyone who works here; members: {names}"
    return names


def _first_words(blocks: Sequence[Json]) -> str:
    for block in blocks:
        words: Any = block.get("text") or next(iter(block.get("fields", [])), None)
        if isinstance(words, dict):
            return str(words.get("text", ""))
        if block["type"] == "rich_text":
            return " ".join(
                str(span.get("text") or span.get("fallback") or "")
                for part in block["elements"]
                for span in part["elements"]
            )
    return ""


def _said(text: str, reader: Reader) -> str:
    return " ".join(mrkdwn(text, reader).striptags().split())
