"""views.*: modals and App Home."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sandbox.answers import view_answer
from sandbox.methods.registry import Call, web_method
from sandbox.records import Json
from sandbox.refusals import Refusal, invalid_arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


@web_method("views.open")
def open_view(workspace: "Workspace", call: Call) -> Json:
    """Open a modal with a trigger."""
    view = workspace.modals.open(trigger_id=_trigger(call), body=_body(call))
    return {"view": view_answer(workspace, view)}


@web_method("views.push")
def push(workspace: "Workspace", call: Call) -> Json:
    """Put a modal on top of the open one."""
    view = workspace.modals.push(trigger_id=_trigger(call), body=_body(call))
    return {"view": view_answer(workspace, view)}


@web_method("views.update")
def update(workspace: "Workspace", call: Call) -> Json:
    """Redraw an open view."""
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id and not external_id:
        sentence = "missing required field: view_id"
        raise invalid_arguments(sentence)
    view = workspace.modals.update(
        view_id=view_id, external_id=external_id, expected_hash=call.text("hash"), body=_body(call)
    )
    return {"view": view_answer(workspace, view)}


@web_method("views.publish")
def publish(workspace: "Workspace", call: Call) -> Json:
    """Draw a person's App Home."""
    person = workspace.people.get(call.required("user_id"))
    if person is None:
        raise Refusal("user_not_found", rule="the user exists")
    if not workspace.manifest.home_tab:
        raise Refusal("not_enabled", rule="the manifest enables the Home tab before a view is published")
    view = workspace.modals.publish(person=person.id, expected_hash=call.text("hash"), body=_body(call))
    return {"view": view_answer(workspace, view)}


def _trigger(call: Call) -> str:
    return call.required("trigger_id")


def _body(call: Call) -> Json:
    body = call.args.get("view")
    if not isinstance(body, Mapping):
        sentence = "missing required field: view"
        raise invalid_arguments(sentence)
    return dict(body)
