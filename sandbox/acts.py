"""What people do: type, press, choose, submit, react, leave; each either reaches the app or is Slack's own affair."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sandbox import events, forms, payloads, people_acts, posting, responses, sight, typing_in
from sandbox.deliveries import Delivery, DeliveryKind, Origin
from sandbox.ids import TEAM_ID
from sandbox.places import direct
from sandbox.records import Json, Person, View
from sandbox.refusals import ActRefused
from sandbox.sight import Control

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

Request = Mapping[str, Any]
_NAME_KEYS = ("button", "action_id", "action", "label", "select", "field", "name")


def perform(workspace: "Workspace", request: Request) -> Delivery | None:
    """Do what `request` asks for; returns what was sent to the app, if anything was.

    Raises ActRefused with a sentence when Slack would not let the person do it.
    """
    verb = str(request.get("do", ""))
    act = _ACTS.get(verb) or people_acts.ACTS.get(verb)
    if act is None:
        message = f"There is no act {verb!r}. There are: {', '.join(sorted({*_ACTS, *people_acts.ACTS}))}."
        raise ActRefused(message)
    person = sight.person_named(workspace, asked(request, "as"))
    if person.deleted:
        message = f"{person.real_name} is deactivated and cannot act."
        raise ActRefused(message)
    return act(workspace, person, request)


def asked(request: Request, *keys: str) -> str:
    """The first of `keys` the request has, as a string; ActRefused when it has none."""
    for key in keys:
        value = request.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "":
            return str(value)
    message = f"The act {request.get('do')!r} needs {keys[0]!r}."
    raise ActRefused(message)


def _command(workspace: "Workspace", person: Person, request: Request) -> Delivery | None:
    channel = sight.room_of(workspace, asked(request, "channel"), person)
    typed = asked(request, "text")
    command, _, text = typed.strip().partition(" ")
    known = workspace.manifest.commands.get(command)
    if request.get("thread_ts"):
        words = f"{command} is not supported in threads. Sorry!"
        posting.slackbot_says(workspace, channel, to=person.id, text=words)
        return None
    if known is None or person.team_id != TEAM_ID:
        words = f"{command} is not a valid command. In Slack, a message that starts with “/” is a command."
        posting.slackbot_says(workspace, channel, to=person.id, text=words)
        return None
    if channel.is_archived:
        message = f"#{channel.name} is archived; nobody can type there."
        raise ActRefused(message)
    if known.get("should_escape"):
        text = typing_in.linked(workspace, text, by=person, labelled=True)
    address = responses.new_address(workspace, channel=channel.id, person=person.id)
    payload = payloads.slash_command(
        workspace,
        person=person,
        channel=channel,
        command=command,
        text=text.strip(),
        response_url=responses.url(workspace, address),
    )
    origin = Origin(person=person.id, channel=channel.id, command=command, address=address)
    return workspace.send(kind=DeliveryKind.SLASH, payload=payload, origin=origin)


def _click(workspace: "Workspace", person: Person, request: Request) -> Delivery | None:
    control = _control(workspace, person, request)
    element = control.element
    if element.get("confirm") and request.get("confirm") is False:
        return None
    match element["type"]:
        case "button":
            return _press(workspace, person, control, chosen=None)
        case "overflow":
            if control.option is None:
                labels = ", ".join(repr(option["text"]["text"]) for option in forms.options_of(element))
                message = f"Which entry of the menu? There is: {labels}. Give it as 'option'."
                raise ActRefused(message)
            return _press(workspace, person, control, chosen={"selected_option": control.option})
        case _:
            return _choose(workspace, person, control, request)


def _select(workspace: "Workspace", person: Person, request: Request) -> Delivery | None:
    control = _control(workspace, person, request)
    if control.element["type"] in forms.STATELESS:
        return _click(workspace, person, request)
    return _choose(workspace, person, control, request)


def _choose(workspace: "Workspace", person: Person, control: Control, request: Request) -> Delivery | None:
    value = request.get("value", request.get("values", request.get("option")))
    entry = filled(workspace, person, control, value)
    state = control.message.state if control.message is not None else control.view.state if control.view else {}
    state.setdefault(control.block["block_id"], {})[control.element["action_id"]] = entry
    if control.block["type"] == "input" and not control.block.get("dispatch_action"):
        return None
    chosen = {key: part for key, part in entry.items() if key != "type"}
    return _press(workspace, person, control, chosen=chosen)


def _press(workspace: "Workspace", person: Person, control: Control, *, chosen: Json | None) -> Delivery:
    if not workspace.manifest.interactivity:
        workspace.violate(rule="the manifest turns interactivity on before anything can be pressed", where="click")
        message = "This app is not configured to handle interactive responses."
        raise ActRefused(message)
    action = payloads.action_of(control.element, control.block["block_id"], chosen)
    if control.view is not None:
        payload = payloads.view_action(workspace, person=person, view=control.view, action=action)
        origin = Origin(person=person.id, view_id=control.view.id)
        return workspace.send(kind=DeliveryKind.INTERACTIVE, payload=payload, origin=origin)
    if control.message is None:
        message = "There is nothing to press."
        raise ActRefused(message)
    channel = workspace.channels[control.message.channel]
    address = responses.new_address(workspace, channel=channel.id, person=person.id, message_ts=control.message.ts)
    payload = payloads.message_action(
        workspace,
        person=person,
        channel=channel,
        message=control.message,
        action=action,
        response_url=responses.url(workspace, address),
    )
    origin = Origin(person=person.id, channel=channel.id, address=address)
    return workspace.send(kind=DeliveryKind.INTERACTIVE, payload=payload, origin=origin)


def _submit(workspace: "Workspace", person: Person, request: Request) -> Delivery | None:
    view = _top(workspace, person)
    if "submit" not in view.body:
        message = "This dialog has no submit button."
        raise ActRefused(message)
    values = request.get("values") or {}
    if not isinstance(values, Mapping):
        message = '"values" is an object: block_id, action_id or label to value.'
        raise ActRefused(message)
    for name, value in values.items():
        control = sight.field_named(view, str(name))
        entry = filled(workspace, person, control, value)
        view.state.setdefault(control.block["block_id"], {})[control.element["action_id"]] = entry
    view.errors = forms.complaints(view.body["blocks"], view.state)
    if view.errors:
        return None
    payload = payloads.view_submission(workspace, person=person, view=view)
    origin = Origin(person=person.id, view_id=view.id, submits=True)
    return workspace.send(kind=DeliveryKind.INTERACTIVE, payload=payload, origin=origin)


def _close(workspace: "Workspace", person: Person, request: Request) -> Delivery | None:
    view = _top(workspace, person)
    cleared = bool(request.get("clear", False)) or bool(view.body.get("clear_on_close", False))
    if cleared:
        workspace.modals.close_all(person.id)
    else:
        workspace.modals.close(view)
    if not view.body.get("notify_on_close"):
        return None
    payload = payloads.view_closed(workspace, person=person, view=view, is_cleared=cleared)
    return workspace.send(
        kind=DeliveryKind.INTERACTIVE, payload=payload, origin=Origin(person=person.id, view_id=view.id)
    )


def _shortcut(workspace: "Workspace", person: Person, request: Request) -> Delivery | None:
    wanted = asked(request, "callback_id", "shortcut", "name")
    for callback_id, shortcut in workspace.manifest.shortcuts.items():
        if wanted in (callback_id, shortcut["name"]):
            break
    else:
        message = f"There is no shortcut {wanted!r}. There are: {', '.join(workspace.manifest.shortcuts) or 'none'}."
        raise ActRefused(message)
    if shortcut["type"] == "global":
        payload = payloads.global_shortcut(workspace, person=person, callback_id=callback_id)
        return workspace.send(kind=DeliveryKind.INTERACTIVE, payload=payload, origin=Origin(person=person.id))
    channel = sight.channel_named(workspace, asked(request, "channel"), person)
    message_ = sight.message_at(channel, person, asked(request, "ts"))
    address = responses.new_address(workspace, channel=channel.id, person=person.id)
    payload = payloads.message_shortcut(
        workspace,
        person=person,
        channel=channel,
        message=message_,
        callback_id=callback_id,
        response_url=responses.url(workspace, address),
    )
    origin = Origin(person=person.id, channel=channel.id, address=address)
    return workspace.send(kind=DeliveryKind.INTERACTIVE, payload=payload, origin=origin)


def _open_home(workspace: "Workspace", person: Person, _request: Request) -> Delivery | None:
    if not workspace.manifest.home_tab:
        message = "This app has no Home tab."
        raise ActRefused(message)
    channel, _ = direct(workspace, workspace.bot, person)
    events.home_opened(workspace, person, channel, view=workspace.modals.homes.get(person.id))
    return None


def filled(workspace: "Workspace", person: Person, control: Control, value: object) -> Json:
    """The state entry once `person` puts `value` into a control."""
    return forms.filled(
        control.element,
        value,
        person=lambda handle: sight.person_named(workspace, handle).id,
        channel=lambda name: sight.channel_named(workspace, name, person).id,
    )


def _control(workspace: "Workspace", person: Person, request: Request) -> Control:
    named = request.get("channel")
    channel = sight.channel_named(workspace, str(named), person) if named else None
    view = request.get("view") or ""
    return sight.find_control(
        workspace,
        person,
        asked(request, *_NAME_KEYS),
        channel=channel,
        ts=str(request.get("ts") or ""),
        view="modal" if view is True else str(view),
        option=str(request.get("option") or ""),
        block=str(request.get("block") or ""),
    )


def _top(workspace: "Workspace", person: Person) -> View:
    view = workspace.modals.top(person.id)
    if view is None:
        message = f"{person.real_name} has no dialog open."
        raise ActRefused(message)
    return view


_ACTS: Mapping[str, Callable[["Workspace", Person, Request], Delivery | None]] = {
    "click": _click,
    "close": _close,
    "command": _command,
    "open_home": _open_home,
    "select": _select,
    "shortcut": _shortcut,
    "submit": _submit,
}
