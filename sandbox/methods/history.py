"""conversations.history and conversations.replies: what was said, as the app may read it."""

from typing import TYPE_CHECKING

from sandbox import places, posting
from sandbox.answers import message_answer
from sandbox.methods.registry import Call, web_method
from sandbox.records import Channel, Json, Message
from sandbox.refusals import Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

DEFAULT = 100
MOST = 999


@web_method("conversations.history")
def history(workspace: "Workspace", call: Call) -> Json:
    """The messages of a channel, newest first, without replies and without private answers."""
    channel = _readable(workspace, call)
    lines = [message for message in _visible(channel) if message.thread_ts in (None, message.ts) or message.broadcast]
    return _window(workspace, call, list(reversed(lines))) | {"pin_count": len(channel.pins)}


@web_method("conversations.replies")
def replies(workspace: "Workspace", call: Call) -> Json:
    """A message and its replies, oldest first."""
    channel = _readable(workspace, call)
    root = posting.find(channel, call.required("ts"))
    if root is None:
        raise Refusal("thread_not_found")
    lines = [message for message in _visible(channel) if root.ts in (message.ts, message.thread_ts)]
    return _window(workspace, call, lines)


def _readable(workspace: "Workspace", call: Call) -> Channel:
    channel = places.for_app(workspace, call.required("channel"), member=True)
    workspace.require_scope(*places.scope_family(channel, action="history"))
    return channel


def _visible(channel: Channel) -> list[Message]:
    return [message for message in channel.messages if message.ephemeral_to is None]


def _window(workspace: "Workspace", call: Call, lines: list[Message]) -> Json:
    limit = call.number("limit", default=DEFAULT)
    if not 0 < limit <= MOST:
        raise Refusal("invalid_limit", rule=f"limit is 1 to {MOST}")
    chosen = [message for message in lines if _between(call, message)]
    cursor = call.text("cursor")
    if cursor:
        names = [message.ts for message in chosen]
        if cursor.removeprefix("next_ts:") not in names:
            raise Refusal("invalid_cursor", rule="a cursor comes from Slack")
        chosen = chosen[names.index(cursor.removeprefix("next_ts:")) :]
    more = len(chosen) > limit
    answer: Json = {
        "messages": [_line(workspace, call, message) for message in chosen[:limit]],
        "has_more": more,
    }
    if more:
        answer["response_metadata"] = {"next_cursor": f"next_ts:{chosen[limit].ts}"}
    return answer


def _between(call: Call, message: Message) -> bool:
    oldest, latest, inclusive = call.text("oldest"), call.text("latest"), call.flag("inclusive")
    at = _micros(message.ts)
    if oldest and (at < _micros(oldest) or (at == _micros(oldest) and not inclusive)):
        return False
    return not (latest and (at > _micros(latest) or (at == _micros(latest) and not inclusive)))


def _micros(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    digits = f"{fraction:0<6}"[:6]
    if not seconds.isdigit() or not digits.isdigit():
        raise Refusal("invalid_ts_latest", rule="a timestamp is seconds and microseconds")
    return int(seconds) * 1_000_000 + int(digits)


def _line(workspace: "Workspace", call: Call, message: Message) -> Json:
    answer = message_answer(workspace, message, all_metadata=call.flag("include_all_metadata"))
    channel = workspace.channels[message.channel]
    thread = [reply for reply in _visible(channel) if reply.thread_ts == message.ts and reply is not message]
    if thread:
        people = list(dict.fromkeys(reply.user for reply in thread))
        answer |= {
            "thread_ts": message.ts,
            "reply_count": len(thread),
            "reply_users": people,
            "reply_users_count": len(people),
            "latest_reply": thread[-1].ts,
        }
    return answer
