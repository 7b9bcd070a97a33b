"""What a declaration cost, counted from the calls the sandbox received and from nothing else."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.ops.scenarios.report import Declared
from sandbox.records import CallRecord

BEGINS_WITHIN_S = 60
"""Seconds after which no call belongs to a declaration any more: by then leadership's own message follows."""

_READ_FAMILIES = frozenset({"api", "apps", "auth", "dnd", "team", "usergroups", "users"})
_READ_VERBS = frozenset({"get", "getPermalink", "history", "info", "list", "members", "open", "push", "replies"})
_REDRAWN_FORM = "views.update"
_PARTS = frozenset({"conversations.create", "conversations.invite", "conversations.setTopic", "pins.add"})
_PAGE = re.compile(r"\bPage: SEV-[1-4]\b")
_IM = "D"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Where in the list of calls a declaration stands.

    `begin` calls had been made before it at `at`, `settled` once the bot was idle again, `until` before anybody acted
    at a later moment.
    """

    incident: int
    at: datetime
    begin: int
    settled: int
    until: int


def by_method(calls: Sequence[CallRecord]) -> Mapping[str, int]:
    """Return how often each Web API method was called, in the order of names."""
    return dict(sorted(Counter(call.method for call in calls).items()))


def counted(calls: Sequence[CallRecord], window: Window) -> Declared:
    """Return what the declaration in `window` cost; a call that Slack turned away with 429 wrote nothing."""
    mine = calls[window.begin : max([window.settled, *_parts(calls, window)])]
    writes = [call for call in mine if _is_write(call)]
    pages = [call for call in writes if _is_page(call)]
    pinned = [call.at for call in mine if call.method == "pins.add" and call.ok]
    return Declared(
        incident=window.incident,
        writes=len(writes) - len(pages),
        pages=len(pages),
        card_s=(pinned[0] - window.at).total_seconds() if pinned else None,
    )


def _parts(calls: Sequence[CallRecord], window: Window) -> Iterator[int]:
    """Return how many calls had been made once each part of the declaration stood: also those that Slack held back."""
    told: set[str] = set()
    for place in range(window.begin, window.until):
        call = calls[place]
        if not call.ok or (call.at - window.at).total_seconds() >= BEGINS_WITHIN_S:
            continue
        channel = str(call.args.get("channel", ""))
        first = call.method == "chat.postMessage" and channel not in told
        told.add(channel)
        if call.method in _PARTS or first:
            yield place + 1


def _is_write(call: CallRecord) -> bool:
    """Return whether a call changes what others see; opening a conversation or a form does not."""
    family, _, verb = call.method.partition(".")
    reads = family in _READ_FAMILIES or verb in _READ_VERBS or call.method == _REDRAWN_FORM
    return not reads and call.retry_after is None and (call.answer or {}).get("error") != "ratelimited"


def _is_page(call: CallRecord) -> bool:
    to_person = str(call.args.get("channel", "")).startswith(_IM)
    return call.method == "chat.postMessage" and to_person and bool(_PAGE.search(str(call.args.get("text", ""))))
