"""Putting words into channels: messages, private answers, system lines, edits, deletions."""

from typing import TYPE_CHECKING

from sandbox import events
from sandbox.answers import message_answer
from sandbox.blocks.drawn import kept
from sandbox.records import Channel, Json, Message

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def post(
    workspace: "Workspace",
    channel: Channel,
    *,
    user: str,
    text: str,
    blocks: list[Json] | None = None,
    **more: object,
) -> Message:
    """Add a message by `user` to `channel`; `more` are further fields of the message."""
    message = Message(
        channel=channel.id,
        ts=workspace.ts(),
        user=user,
        text=text,
        at=workspace.clock.now(),
        seq=workspace.ids.number(),
        blocks=kept(blocks or [], workspace.ids),
        **more,  # type: ignore[arg-type]
    )
    channel.messages.append(message)
    workspace.messages.append(message)
    if message.ephemeral_to is None:
        events.message_posted(workspace, channel, message)
        channel.last_read[user] = message.ts
    return message


def post_as_bot(
    workspace: "Workspace", channel: Channel, *, text: str, blocks: list[Json] | None = None, **more: object
) -> Message:
    """Add a message by the app."""
    bot = workspace.bot
    return post(workspace, channel, user=bot.id, text=text, blocks=blocks, bot_id=bot.bot_id, **more)


def whisper(
    workspace: "Workspace", channel: Channel, *, to: str, text: str, blocks: list[Json] | None = None, **more: object
) -> Message:
    """Show `to` (a user id), and nobody else, something from the app; it never enters the history."""
    return post_as_bot(workspace, channel, text=text, blocks=blocks, ephemeral_to=to, **more)


def slackbot_says(workspace: "Workspace", channel: Channel, *, to: str, text: str) -> Message:
    """Show a person one of Slack's own sentences."""
    return post(workspace, channel, user="USLACKBOT", text=text, ephemeral_to=to)


def system_line(workspace: "Workspace", channel: Channel, *, user: str, subtype: str, text: str, **extra: str) -> None:
    """Add one of the lines Slack writes by itself, such as `channel_topic`."""
    post(workspace, channel, user=user, text=text, subtype=subtype, extra=dict(extra))


def edit(workspace: "Workspace", channel: Channel, message: Message, *, text: str, blocks: list[Json]) -> None:
    """Replace the words of a message; only an edit without blocks is shown as "edited" (Slack's rule)."""
    previous = message_answer(workspace, message)
    message.text = text
    message.blocks = kept(blocks, workspace.ids)
    message.revised += 1
    message.edited_ts = None if blocks else workspace.ts()
    known = {block["block_id"] for block in message.blocks}
    message.state = {block_id: values for block_id, values in message.state.items() if block_id in known}
    if message.ephemeral_to is None:
        events.message_changed(workspace, channel, message, previous)


def remove(workspace: "Workspace", channel: Channel, message: Message) -> None:
    """Delete a message, and unpin it."""
    channel.messages.remove(message)
    workspace.messages.remove(message)
    channel.pins = [pin for pin in channel.pins if pin.ts != message.ts]
    if message.ephemeral_to is None:
        events.message_deleted(workspace, channel, message)


def find(channel: Channel, ts: str) -> Message | None:
    """The message everybody can see at `ts`, if there is one."""
    return next((message for message in channel.messages if message.ts == ts and message.ephemeral_to is None), None)


def permalink(workspace: "Workspace", message: Message) -> str:
    """The address of a message."""
    return f"{workspace.base_url}/archives/{message.channel}/p{message.ts.replace('.', '')}"
