"""pins.*: what is pinned in a channel."""

from typing import TYPE_CHECKING

from sandbox import events, places, posting
from sandbox.answers import message_answer
from sandbox.methods.registry import Call, web_method
from sandbox.records import Channel, Json, Message, Person, Pin
from sandbox.refusals import Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


@web_method("pins.add", scopes=("pins:write",))
def add(workspace: "Workspace", call: Call) -> Json:
    """Pin a message."""
    channel, message = _message(workspace, call)
    pin(workspace, channel, message, by=workspace.bot)
    return {}


@web_method("pins.remove", scopes=("pins:write",))
def remove(workspace: "Workspace", call: Call) -> Json:
    """Unpin a message."""
    channel, message = _message(workspace, call)
    unpin(workspace, channel, message, by=workspace.bot)
    return {}


@web_method("pins.list", scopes=("pins:read",))
def listing(workspace: "Workspace", call: Call) -> Json:
    """List what is pinned."""
    channel = places.for_app(workspace, call.required("channel"), member=True)
    items = []
    for pinned in channel.pins:
        message = posting.find(channel, pinned.ts)
        if message is not None:
            shown = message_answer(workspace, message)
            items.append({"type": "message", "channel": channel.id, "message": shown, "created": pinned.at})
    return {"items": items}


def pin(workspace: "Workspace", channel: Channel, message: Message, *, by: Person) -> None:
    """Pin a message for `by`; raises `already_pinned`."""
    if any(pinned.ts == message.ts for pinned in channel.pins):
        raise Refusal("already_pinned")
    channel.pins.append(Pin(ts=message.ts, by=by.id, at=workspace.unix()))
    text = f"<@{by.id}> pinned a message to this channel."
    posting.system_line(workspace, channel, user=by.id, subtype="pinned_item", text=text)
    events.pin(workspace, channel, message, person=by.id, kind="pin_added")


def unpin(workspace: "Workspace", channel: Channel, message: Message, *, by: Person) -> None:
    """Unpin a message for `by`; raises `no_pin`."""
    if not any(pinned.ts == message.ts for pinned in channel.pins):
        raise Refusal("no_pin")
    channel.pins = [pinned for pinned in channel.pins if pinned.ts != message.ts]
    events.pin(workspace, channel, message, person=by.id, kind="pin_removed")


def _message(workspace: "Workspace", call: Call) -> tuple[Channel, Message]:
    channel = places.for_app(workspace, call.required("channel"), active=True, member=True)
    message = posting.find(channel, call.required("timestamp"))
    if message is None:
        raise Refusal("message_not_found")
    return channel, message
