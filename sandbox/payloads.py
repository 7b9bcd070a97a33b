"""The payloads Slack sends when people act: commands, presses, submissions, shortcuts."""

from typing import TYPE_CHECKING

from sandbox.answers import message_answer, view_answer
from sandbox.ids import APP_ID, TEAM_ID, VERIFICATION
from sandbox.methods.auth import TEAM_DOMAIN
from sandbox.records import Channel, Json, Message, Person, View

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def slash_command(
    workspace: "Workspace", *, person: Person, channel: Channel, command: str, text: str, response_url: str
) -> Json:
    """The payload of a slash command typed by `person` in `channel`."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.handle,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": workspace.modals.trigger(person=person.id),
    }


def message_action(
    workspace: "Workspace", *, person: Person, channel: Channel, message: Message, action: Json, response_url: str
) -> Json:
    """`block_actions` for a press in a message; a private answer comes without its `message`."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = _interaction(person, "block_actions") | {
        "container": container,
        "trigger_id": workspace.modals.trigger(person=person.id),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": message.state},
        "response_url": response_url,
        "actions": [action | {"action_ts": workspace.ts()}],
    }
    if message.ephemeral_to is None:
        payload["message"] = message_answer(workspace, message)
    return payload


def view_action(workspace: "Workspace", *, person: Person, view: View, action: Json) -> Json:
    """`block_actions` for a press in a modal or App Home."""
    return _interaction(person, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": workspace.modals.trigger(person=person.id, view_id=view.id),
        "view": view_answer(workspace, view),
        "actions": [action | {"action_ts": workspace.ts()}],
    }


def view_submission(workspace: "Workspace", *, person: Person, view: View) -> Json:
    """The payload of a submitted modal."""
    return _interaction(person, "view_submission") | {
        "trigger_id": workspace.modals.trigger(person=person.id, view_id=view.id),
        "view": view_answer(workspace, view),
        "response_urls": [],
    }


def view_closed(workspace: "Workspace", *, person: Person, view: View, is_cleared: bool) -> Json:
    """The payload of a modal that was put away."""
    shown = view_answer(workspace, view)
    return _interaction(person, "view_closed") | {"view": shown, "is_cleared": is_cleared}


def message_shortcut(
    workspace: "Workspace", *, person: Person, channel: Channel, message: Message, callback_id: str, response_url: str
) -> Json:
    """The payload of a message shortcut."""
    shared = _interaction(person, "message_action")
    del shared["api_app_id"], shared["user"]["username"]
    return shared | {
        "callback_id": callback_id,
        "action_ts": workspace.ts(),
        "trigger_id": workspace.modals.trigger(person=person.id),
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": message_answer(workspace, message),
    }


def global_shortcut(workspace: "Workspace", *, person: Person, callback_id: str) -> Json:
    """The payload of a global shortcut."""
    return _interaction(person, "shortcut") | {
        "callback_id": callback_id,
        "action_ts": workspace.ts(),
        "trigger_id": workspace.modals.trigger(person=person.id),
    }


def channel_name(channel: Channel) -> str:
    """The name payloads give a conversation; private ones are not named."""
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def action_of(element: Json, block_id: str, chosen: Json | None) -> Json:
    """The entry in `actions` for a press; `chosen` is the state entry of an element that holds one."""
    action = {key: element[key] for key in ("type", "action_id") if key in element} | {"block_id": block_id}
    for key in ("text", "value", "style", "url", "confirm", "placeholder"):
        if key in element:
            action[key] = element[key]
    return action | (chosen or {})


def _interaction(person: Person, kind: str) -> Json:
    return {
        "type": kind,
        "user": {"id": person.id, "username": person.handle, "name": person.handle, "team_id": person.team_id},
        "api_app_id": APP_ID,
        "token": VERIFICATION,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }
