"""What one person can see: channels, messages, controls; and the names they use for things."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox import places
from sandbox.blocks.surfaces import elements_of
from sandbox.forms import options_of
from sandbox.ids import TEAM_ID
from sandbox.records import Channel, Json, Message, Person, View
from sandbox.refusals import ActRefused

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Something that can be pressed, chosen or filled, and where it is."""

    block: Json
    element: Json
    option: Json | None = None
    message: Message | None = None
    view: View | None = None


def person_named(workspace: "Workspace", handle: str) -> Person:
    """The person with that handle or id; ActRefused lists the handles."""
    wanted = handle.removeprefix("@")
    for person in workspace.people.values():
        if wanted in (person.handle, person.id):
            return person
    handles = ", ".join(sorted(person.handle for person in workspace.people.values()))
    message = f"There is nobody called {handle!r}. There are: {handles}."
    raise ActRefused(message)


def room_of(workspace: "Workspace", name: str, person: Person) -> Channel:
    """The channel `person` means, which they must be in; ActRefused says so when they are not."""
    channel = channel_named(workspace, name, person)
    if person.id not in channel.members:
        message = f"{person.real_name} is not in #{channel.name}; join it first."
        raise ActRefused(message)
    return channel


def channel_named(workspace: "Workspace", name: str, person: Person) -> Channel:
    """The channel `person` means by a name, an id or, for a direct conversation, a handle; they must see it.

    One's own handle means the conversation with the app.
    """
    wanted = name.removeprefix("#")
    for channel in workspace.channels.values():
        if wanted in (channel.id, channel.name or None) and can_see(channel, person):
            return channel
    handles = [other for other in workspace.people.values() if name.removeprefix("@") == other.handle]
    if handles:
        other = workspace.bot if handles[0] is person else handles[0]
        return places.direct(workspace, person, other)[0]
    named = (channel for channel in workspace.channels.values() if channel.name and can_see(channel, person))
    seen = ", ".join(sorted(channel.name for channel in named))
    message = f"{person.real_name} sees no channel {name!r}. There are: {seen}."
    raise ActRefused(message)


def can_see(channel: Channel, person: Person) -> bool:
    """Whether a person may open a channel: members always, members of the workspace if it is public."""
    if person.id in channel.members:
        return True
    return channel.kind == "channel" and person.team_id == TEAM_ID and not person.is_restricted


def seen_messages(channel: Channel, person: Person) -> list[Message]:
    """What a person sees in a channel, private answers to them included, oldest first."""
    if not can_see(channel, person):
        return []
    return [message for message in channel.messages if message.ephemeral_to in (None, person.id)]


def message_at(channel: Channel, person: Person, ts: str) -> Message:
    """The message a person means by its timestamp."""
    for message in seen_messages(channel, person):
        if message.ts == ts:
            return message
    text = f"{person.real_name} sees no message {ts!r} there."
    raise ActRefused(text)


def find_control(
    workspace: "Workspace",
    person: Person,
    name: str,
    *,
    channel: Channel | None = None,
    ts: str = "",
    view: str = "",
    option: str = "",
    block: str = "",
) -> Control:
    """The control a person means: in the modal they look at, else in the newest message, else in App Home.

    `channel` and `ts` narrow it to messages, `view` ("modal", "home" or a view id) to a view, `block` (a block_id) to
    one block; ActRefused says what could be pressed instead.
    """
    met: list[Control] = []
    for control in _controls(workspace, person, channel=channel, ts=ts, view=view):
        if block and control.block["block_id"] != block:
            continue
        chosen = _matches(control, name, option)
        if chosen is not None:
            return chosen
        met.append(control)
    labels = ", ".join(dict.fromkeys(repr(label) for control in met[:40] for label in _labels(control)))
    message = f"{person.real_name} sees no button or field {name!r}. There is: {labels or 'nothing to press'}."
    raise ActRefused(message)


def controls_in(view: View) -> Iterator[Control]:
    """Every control of a view, in order."""
    for block in view.body["blocks"]:
        for element in elements_of(block):
            yield Control(block=block, element=element, view=view)


def field_named(view: View, name: str) -> Control:
    """The field of a view with that block_id, action_id or label."""
    met = []
    for control in controls_in(view):
        if name in _names(control):
            return control
        met += _labels(control)
    message = f"The form has no field {name!r}. There is: {', '.join(repr(label) for label in met)}."
    raise ActRefused(message)


def _controls(
    workspace: "Workspace", person: Person, *, channel: Channel | None, ts: str, view: str
) -> Iterator[Control]:
    top, home = workspace.modals.top(person.id), workspace.modals.homes.get(person.id)
    if view:
        for shown in (top, home):
            if shown is not None and view in (shown.id, shown.type):
                yield from controls_in(shown)
        return
    if top is not None and channel is None and not ts:
        yield from controls_in(top)
    yield from _in_messages(workspace, person, channel=channel, ts=ts)
    if home is not None and channel is None and not ts:
        yield from controls_in(home)


def _in_messages(workspace: "Workspace", person: Person, *, channel: Channel | None, ts: str) -> Iterator[Control]:
    for message in reversed(workspace.messages):
        place = workspace.channels[message.channel]
        if channel is not None and place is not channel:
            continue
        if (ts and message.ts != ts) or message.ephemeral_to not in (None, person.id) or not can_see(place, person):
            continue
        for block in message.blocks:
            for element in elements_of(block):
                yield Control(block=block, element=element, message=message)


def _matches(control: Control, name: str, option: str) -> Control | None:
    named = name in _names(control)
    if named and not option:
        return control
    for offered in options_of(control.element):
        wanted = option if named else name
        if wanted in (offered["text"]["text"], offered["value"]) and (named or control.element["type"] == "overflow"):
            return Control(
                block=control.block,
                element=control.element,
                option=offered,
                message=control.message,
                view=control.view,
            )
    return None


def _names(control: Control) -> set[str]:
    element, block = control.element, control.block
    names = {element["action_id"], element.get("text", {}).get("text", ""), element.get("accessibility_label", "")}
    names.add(element.get("placeholder", {}).get("text", ""))
    if block["type"] == "input":
        names |= {block["block_id"], block["label"]["text"]}
    elif block["type"] == "section":
        names.add(block["block_id"])
    return names - {""}


def _labels(control: Control) -> list[str]:
    element, block = control.element, control.block
    if element["type"] == "overflow":
        return [offered["text"]["text"] for offered in options_of(element)]
    if block["type"] == "input":
        return [block["label"]["text"]]
    words = element.get("text") or element.get("placeholder") or {}
    return [str(words.get("text") or element["action_id"])]
