"""reactions.*: emoji on messages."""

import re
from typing import TYPE_CHECKING

from sandbox import events, places, posting
from sandbox.methods.registry import Call, web_method
from sandbox.records import Channel, Json, Message, Person
from sandbox.refusals import Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


@web_method("reactions.add", scopes=("reactions:write",))
def add(workspace: "Workspace", call: Call) -> Json:
    """React to a message."""
    channel, message = _message(workspace, call)
    react(workspace, channel, message, by=workspace.bot, name=_name(call))
    return {}


@web_method("reactions.remove", scopes=("reactions:write",))
def remove(workspace: "Workspace", call: Call) -> Json:
    """Take a reaction back."""
    channel, message = _message(workspace, call)
    unreact(workspace, channel, message, by=workspace.bot, name=_name(call))
    return {}


def react(workspace: "Workspace", channel: Channel, message: Message, *, by: Person, name: str) -> None:
    """Add `by`'s reaction; raises `already_reacted`."""
    people = message.reactions.setdefault(name, [])
    if by.id in people:
        raise Refusal("already_reacted")
    people.append(by.id)
    events.reaction(workspace, channel, message, person=by.id, name=name, kind="reaction_added")


def unreact(workspace: "Workspace", channel: Channel, message: Message, *, by: Person, name: str) -> None:
    """Remove `by`'s reaction; raises `no_reaction`."""
    people = message.reactions.get(name, [])
    if by.id not in people:
        raise Refusal("no_reaction")
    people.remove(by.id)
    if not people:
        del message.reactions[name]
    events.reaction(workspace, channel, message, person=by.id, name=name, kind="reaction_removed")


def _name(call: Call) -> str:
    name = call.required("name").strip(":")
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", name):
        raise Refusal("invalid_name", rule="a reaction is the name of an emoji")
    return name


def _message(workspace: "Workspace", call: Call) -> tuple[Channel, Message]:
    channel = places.for_app(workspace, call.required("channel"), active=True, member=True)
    message = posting.find(channel, call.required("timestamp"))
    if message is None:
        raise Refusal("message_not_found")
    return channel, message
