"""chat.*: posting, editing, private answers, deleting, permalinks."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sandbox import places, posting
from sandbox.answers import message_answer
from sandbox.blocks.surfaces import faults_in_blocks
from sandbox.methods.registry import Call, web_method
from sandbox.records import Channel, Json, Message
from sandbox.refusals import Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

MOST_POSTED = 40_000
MOST_EDITED = 4_000


@web_method("chat.postMessage", scopes=("chat:write",))
def post_message(workspace: "Workspace", call: Call) -> Json:
    """Post to a channel by id or name, or to a person by id."""
    channel = _target(workspace, call.required("channel"))
    if channel.is_read_only:
        raise Refusal("restricted_action_read_only_channel")
    text, blocks = _words(call, most=MOST_POSTED)
    thread_ts = call.text("thread_ts") or None
    if thread_ts and posting.find(channel, thread_ts) is None:
        raise Refusal("thread_not_found")
    message = posting.post_as_bot(
        workspace,
        channel,
        text=text,
        blocks=blocks,
        attachments=list(call.args.get("attachments") or []),
        metadata=_metadata(call.args.get("metadata")),
        thread_ts=thread_ts,
        broadcast=call.flag("reply_broadcast"),
    )
    return {"channel": channel.id, "ts": message.ts, "message": message_answer(workspace, message)}


@web_method("chat.update", scopes=("chat:write",))
def update(workspace: "Workspace", call: Call) -> Json:
    """Edit one of the app's own messages; text without blocks removes the blocks."""
    channel = places.for_app(workspace, call.required("channel"))
    message = _own(workspace, channel, call.required("ts"), error="cant_update_message")
    text, blocks = _words(call, most=MOST_EDITED)
    if channel.is_archived:
        raise Refusal("is_inactive")
    if "metadata" in call.args:
        message.metadata = _metadata(call.args["metadata"])
    posting.edit(workspace, channel, message, text=text, blocks=blocks)
    shown = {key: value for key, value in message_answer(workspace, message).items() if key != "ts"}
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


@web_method("chat.postEphemeral", scopes=("chat:write",))
def post_ephemeral(workspace: "Workspace", call: Call) -> Json:
    """Show something to one member of a channel."""
    channel = places.for_app(workspace, call.required("channel"), active=True, member=True)
    person = call.required("user")
    text, blocks = _words(call, most=MOST_POSTED)
    if person not in workspace.people:
        raise Refusal("user_not_in_channel", rule=f"the user {person!r} exists")
    if person not in channel.members:
        raise Refusal("user_not_in_channel")
    thread_ts = call.text("thread_ts") or None
    message = posting.whisper(workspace, channel, to=person, text=text, blocks=blocks, thread_ts=thread_ts)
    return {"message_ts": message.ts}


@web_method("chat.delete", scopes=("chat:write",))
def delete(workspace: "Workspace", call: Call) -> Json:
    """Delete one of the app's own messages."""
    channel = places.for_app(workspace, call.required("channel"))
    message = _own(workspace, channel, call.required("ts"), error="cant_delete_message")
    posting.remove(workspace, channel, message)
    return {"channel": channel.id, "ts": message.ts}


@web_method("chat.getPermalink")
def get_permalink(workspace: "Workspace", call: Call) -> Json:
    """Give the address of a message."""
    channel = places.for_app(workspace, call.required("channel"))
    message = posting.find(channel, call.required("message_ts"))
    if message is None:
        raise Refusal("message_not_found")
    return {"channel": channel.id, "permalink": posting.permalink(workspace, message)}


def _target(workspace: "Workspace", name: str) -> Channel:
    person = workspace.people.get(name)
    if person is not None:
        if person.is_bot or person.id == "USLACKBOT":
            raise Refusal("cannot_dm_bot", rule="an app does not write to a bot")
        channel, _ = places.direct(workspace, workspace.bot, person)
    else:
        named = next(
            (room for room in workspace.channels.values() if room.name and room.name == name.lstrip("#")), None
        )
        channel = places.for_app(workspace, named.id if named else name, active=True, member=True)
    if channel.is_im and not workspace.manifest.messages_tab:
        raise Refusal("messages_tab_disabled", rule="the manifest enables the Messages tab before a DM is sent")
    return channel


def _own(workspace: "Workspace", channel: Channel, ts: str, *, error: str) -> Message:
    message = posting.find(channel, ts)
    if message is None:
        raise Refusal("message_not_found")
    if message.user != workspace.bot.id or message.subtype is not None:
        raise Refusal(error, rule="an app changes only its own messages")
    return message


def _words(call: Call, *, most: int) -> tuple[str, list[Json]]:
    text, blocks = call.text("text"), call.args.get("blocks")
    if len(text) > most:
        raise Refusal("msg_too_long", rule=f"text has at most {most} characters")
    if isinstance(blocks, str) and blocks:
        raise Refusal("invalid_blocks_format", rule="blocks are a JSON array")
    if not text and not blocks and not call.args.get("attachments"):
        raise Refusal("no_text", rule="a message needs text, blocks or attachments")
    faults = faults_in_blocks(blocks or [])
    if faults:
        raise Refusal("invalid_blocks", rule="blocks Slack accepts", messages=faults)
    return text, list(blocks or [])


def _metadata(value: object) -> Json | None:
    if not value:
        return None
    if not isinstance(value, Mapping) or not isinstance(value.get("event_type"), str):
        raise Refusal("invalid_metadata_format", rule="metadata has an event_type and an event_payload")
    if not isinstance(value.get("event_payload"), Mapping):
        raise Refusal("invalid_metadata_format", rule="metadata has an event_type and an event_payload")
    return {"event_type": value["event_type"], "event_payload": dict(value["event_payload"])}
