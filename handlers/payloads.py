"""Reading what Slack sends when a person acts: who, where, with which key a repeat is known again."""

from collections.abc import Mapping
from typing import Any

from bot.ports import Sent
from bot.usecases.asked import Pressed, Principal
from bot.words import ActorKind

Payload = Mapping[str, Any]


def slash_principal(body: Payload) -> Principal:
    """Return who typed the slash.

    Its payload names one workspace, that where it was typed; Slack lets outsiders of a shared channel type none of
    ours, and the member table knows them besides.
    """
    return _person(body.get("user_id"), body.get("team_id"))


def interaction_principal(body: Payload) -> Principal:
    """Return who pressed or submitted: the workspace is the person's own, not that of the channel."""
    user = body.get("user") or {}
    return _person(user.get("id"), user.get("team_id"))


def _person(user_id: object, team_id: object) -> Principal:
    return Principal(kind=ActorKind.PERSON, id=str(user_id or ""), team=str(team_id or ""))


def slash_key(body: Payload) -> str:
    """Return the key of a slash: Slack makes one trigger for each."""
    return f"slash:{body['trigger_id']}"


def press_key(body: Payload) -> str:
    """Return the key of a press."""
    return f"act:{body['trigger_id']}"


def submission_key(body: Payload) -> str:
    """Return the key of a submitted form."""
    return f"view:{body['trigger_id']}"


def shortcut_key(body: Payload) -> str:
    """Return the key of a shortcut."""
    return f"shortcut:{body['trigger_id']}"


def message_link(body: Payload) -> str:
    """Return the address of the message a shortcut was used on, as Slack makes it, replies in their thread.

    Where Slack does not say the workspace's domain, its common one leads on to it.
    """
    message, channel, domain = body["message"], body["channel"]["id"], (body.get("team") or {}).get("domain")
    host = f"{domain}.slack.com" if domain else "slack.com"
    address = f"https://{host}/archives/{channel}/p{message['ts'].replace('.', '')}"
    thread = message.get("thread_ts")
    return f"{address}?thread_ts={thread}&cid={channel}" if thread and thread != message["ts"] else address


def event_key(body: Payload) -> str:
    """Return the key of a Slack event, which is the same in every redelivery."""
    return f"event:{body.get('event_id', '')}"


def pressed(body: Payload) -> Pressed:
    """Return the press: the handle it carried, and the message it hung on (none inside a view)."""
    action, container = action_of(body), body.get("container") or {}
    in_message = container.get("type") == "message"
    return Pressed(
        key=press_key(body),
        who=interaction_principal(body),
        token=str(action.get("value") or (action.get("selected_option") or {}).get("value") or ""),
        at=Sent(channel=container["channel_id"], ts=container["message_ts"]) if in_message else None,
        ephemeral=bool(container.get("is_ephemeral")),
        respond_url=str(body.get("response_url") or ""),
    )


def action_of(body: Payload) -> Payload:
    """Return the one action of a press."""
    action: Payload = body["actions"][0]
    return action


def in_home(body: Payload) -> bool:
    """Return whether a press was made on somebody's own page."""
    return (body.get("view") or {}).get("type") == "home"


def modal_of(body: Payload) -> str | None:
    """Return the id of the modal a press was made in, or None."""
    view = body.get("view") or {}
    return str(view["id"]) if view.get("type") == "modal" else None
