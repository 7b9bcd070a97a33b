"""What a person does on the page, as acts of the sandbox: forms in, requests for `Sandbox.act` out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from multidict import MultiMapping

from sandbox import acts, sight
from sandbox.page.dialog import showing
from sandbox.page.elements import LOCAL_FORM, read_target, target_of
from sandbox.page.reader import Reader
from sandbox.records import Json, View
from sandbox.refusals import ActRefused
from sandbox.sight import Control

_MANY = frozenset({"checkboxes"})
_SIMPLE = frozenset({"archive", "delete", "invite", "join", "leave", "pin", "react", "read", "shortcut"})


_GIVEN = ("channel", "ts", "emoji", "callback_id", "user", "remove")


@dataclass(frozen=True, slots=True)
class Form:
    """A posted form: names that may come several times; files are left out."""

    fields: MultiMapping[Any]

    def get(self, name: str, otherwise: str = "") -> str:
        """The first value of a name."""
        value = self.fields.get(name, otherwise)
        return value if isinstance(value, str) else otherwise

    def every(self, name: str) -> list[str]:
        """Every value of a name, empty ones left out."""
        return [value for value in self.fields.getall(name, []) if isinstance(value, str) and value]


def request_of(reader: Reader, form: Form) -> Json:
    """The act a form asks for; raises ActRefused with a sentence when it asks for none.

    What was typed into a modal is kept in it first, as Slack's client keeps it.
    """
    who = reader.person.handle
    if form.get("press"):
        return {"as": who, **_press(reader, form)}
    match form.get("do") or ("shortcut" if form.get("callback_id") else ""):
        case "say":
            return {"as": who, **_say(form)}
        case "submit":
            return {"as": who, "do": "submit", "values": _typed(reader, _view(reader, form), form)}
        case "close" | "back":
            return {"as": who, "do": "close"}
        case word if word in _SIMPLE:
            return {"as": who, "do": word, **{name: form.get(name) for name in _GIVEN if form.get(name)}}
        case other:
            message = f"The page knows no act {other!r}."
            raise ActRefused(message)


def _say(form: Form) -> Json:
    text = form.get("text").strip()
    if not text:
        message = "There is nothing to send yet."
        raise ActRefused(message)
    said: Json = {"do": "command" if text.startswith("/") else "message", "channel": form.get("channel"), "text": text}
    if form.get("thread_ts"):
        said["thread_ts"] = form.get("thread_ts")
    return said


def _press(reader: Reader, form: Form) -> Json:
    target = form.get("press")
    block_id, action_id, option = read_target(target)
    asked: Json = {"do": "click", "action_id": action_id, "block": block_id}
    if form.get("view"):
        view = _view(reader, form)
        _keep(reader, view, form)
        control = sight.find_control(reader.workspace, reader.person, action_id, view=view.id, block=block_id)
        asked["view"] = view.id
    else:
        channel = sight.channel_named(reader.workspace, form.get("channel"), reader.person)
        control = sight.find_control(
            reader.workspace, reader.person, action_id, channel=channel, ts=form.get("ts"), block=block_id
        )
        asked |= {"channel": channel.id, "ts": form.get("ts")}
    if option:
        return {**asked, "option": option}
    if control.element["type"] != "button":
        return {**asked, "do": "select", "value": _value(reader, control, form)}
    return asked


def _typed(reader: Reader, view: View, form: Form) -> Json:
    """What the fields of a view hold, by block_id."""
    return {control.block["block_id"]: _value(reader, control, form) for control in _fields(view, form)}


def _keep(reader: Reader, view: View, form: Form) -> None:
    for control in _fields(view, form):
        entry = acts.filled(reader.workspace, reader.person, control, _value(reader, control, form))
        view.state.setdefault(control.block["block_id"], {})[control.element["action_id"]] = entry


def _fields(view: View, form: Form) -> list[Control]:
    """The inputs of a view that the form was drawn with.

    An app may redraw the view while the person types; an input the form does not have was not emptied by anybody, and
    keeps what it is drawn with.
    """
    inputs = (control for control in sight.controls_in(view) if control.block["type"] == "input")
    return [control for control in inputs if _name(control) in form.fields]


def _name(control: Control) -> str:
    return f"f/{target_of(control.block['block_id'], control.element['action_id'])}"


def _value(reader: Reader, control: Control, form: Form) -> object:
    kind, name = control.element["type"], _name(control)
    if kind in _MANY or kind.startswith("multi_"):
        return form.every(name)
    value = form.get(name)
    if kind == "datetimepicker" and value:
        moment = datetime.strptime(value[:16], LOCAL_FORM).replace(tzinfo=reader.zone)
        return int(moment.timestamp())
    return value.replace("\r\n", "\n") or None


def _view(reader: Reader, form: Form) -> View:
    view = showing(reader, form.get("view"))
    if view is None:
        message = "This dialog is no longer open."
        raise ActRefused(message)
    return view
