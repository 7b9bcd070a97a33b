"""What the Events API tells the app: only what its manifest subscribes to, where it can see."""

from typing import TYPE_CHECKING

from sandbox.answers import channel_answer, message_answer, person_answer, view_answer
from sandbox.deliveries import DeliveryKind
from sandbox.ids import APP_ID, TEAM_ID, VERIFICATION
from sandbox.records import Channel, Json, Message, Person, View

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def emit(workspace: "Workspace", event: Json, *, subscription: str, channel: Channel | None = None) -> None:
    """Queue `event` if the manifest lists `subscription` and the app is in `channel`, when there is one."""
    if subscription not in workspace.manifest.events or workspace.revoked:
        return
    if channel is not None and workspace.bot.id not in channel.members:
        return
    shared = channel is not None and channel.is_ext_shared
    workspace.send(kind=DeliveryKind.EVENT, payload=wrapped(workspace, event, shared=shared))


def wrapped(workspace: "Workspace", event: Json, *, shared: bool = False) -> Json:
    """The outer event callback around `event`."""
    number = workspace.ids.number()
    return {
        "token": VERIFICATION,
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number:09d}",
        "event_time": workspace.unix(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": f"4-sandbox-{number:09d}",
    }


def message_posted(workspace: "Workspace", channel: Channel, message: Message) -> None:
    """`message`, for whatever was said or announced in a channel."""
    event = message_answer(workspace, message) | _place(channel, message.ts)
    emit(workspace, event, subscription=_message_subscription(channel), channel=channel)


def message_changed(workspace: "Workspace", channel: Channel, message: Message, previous: Json) -> None:
    """`message_changed`, after an edit."""
    ts = workspace.ts()
    event = {
        "type": "message",
        "subtype": "message_changed",
        "message": message_answer(workspace, message),
        "previous_message": previous,
        "hidden": True,
        "ts": ts,
        **_place(channel, ts),
    }
    emit(workspace, event, subscription=_message_subscription(channel), channel=channel)


def message_deleted(workspace: "Workspace", channel: Channel, message: Message) -> None:
    """`message_deleted`, after somebody deleted one."""
    ts = workspace.ts()
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": message_answer(workspace, message),
        "deleted_ts": message.ts,
        "hidden": True,
        "ts": ts,
        **_place(channel, ts),
    }
    emit(workspace, event, subscription=_message_subscription(channel), channel=channel)


def membership(workspace: "Workspace", channel: Channel, person: Person, *, joined: bool, inviter: str | None) -> None:
    """`member_joined_channel` or `member_left_channel`."""
    name = "member_joined_channel" if joined else "member_left_channel"
    event: Json = {
        "type": name,
        "user": person.id,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": person.team_id,
        "event_ts": workspace.ts(),
    }
    if inviter is not None:
        event["inviter"] = inviter
    emit(workspace, event, subscription=name, channel=channel)


def archived(workspace: "Workspace", channel: Channel, *, by: str) -> None:
    """`channel_archive` or `group_archive`."""
    name = "group_archive" if channel.is_private else "channel_archive"
    event = {"type": name, "channel": channel.id, "user": by, "is_moved": 0, "event_ts": workspace.ts()}
    emit(workspace, event, subscription=name, channel=channel if channel.is_private else None)


def shared(workspace: "Workspace", channel: Channel, *, team: str) -> None:
    """`channel_shared`: the organisation `team` now shares this channel."""
    event = {"type": "channel_shared", "connected_team_id": team, "channel": channel.id, "event_ts": workspace.ts()}
    emit(workspace, event, subscription="channel_shared", channel=channel)


def unshared(workspace: "Workspace", channel: Channel, *, team: str) -> None:
    """`channel_unshared`: the organisation `team` no longer shares this channel."""
    event: Json = {
        "type": "channel_unshared",
        "previously_connected_team_id": team,
        "channel": channel.id,
        "is_ext_shared": channel.is_ext_shared,
        "event_ts": workspace.ts(),
    }
    emit(workspace, event, subscription="channel_unshared", channel=channel)


def renumbered(workspace: "Workspace", channel: Channel, *, was: str) -> None:
    """`channel_id_changed`: a private channel that is shared with another organisation goes by another id."""
    event: Json = {
        "type": "channel_id_changed",
        "old_channel_id": was,
        "new_channel_id": channel.id,
        "event_ts": workspace.ts(),
    }
    emit(workspace, event, subscription="channel_id_changed", channel=channel)


def renamed(workspace: "Workspace", channel: Channel) -> None:
    """`channel_rename` or `group_rename`."""
    name = "group_rename" if channel.is_private else "channel_rename"
    shown = channel_answer(channel, viewer=workspace.bot.id)
    keys = ("id", "name", "name_normalized", "created", "is_channel", "is_mpim")
    event = {"type": name, "channel": {key: shown[key] for key in keys}, "event_ts": workspace.ts()}
    emit(workspace, event, subscription=name, channel=channel if channel.is_private else None)


def person_changed(workspace: "Workspace", person: Person, *, joined: bool = False) -> None:
    """`team_join` or `user_change`."""
    name = "team_join" if joined else "user_change"
    event: Json = {"type": name, "user": person_answer(workspace, person), "event_ts": workspace.ts()}
    if not joined:
        event["cache_ts"] = workspace.unix()
    emit(workspace, event, subscription=name)


def reaction(workspace: "Workspace", channel: Channel, message: Message, *, person: str, name: str, kind: str) -> None:
    """`reaction_added` or `reaction_removed`, which `kind` names."""
    event = {
        "type": kind,
        "user": person,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user,
        "event_ts": workspace.ts(),
    }
    emit(workspace, event, subscription=kind, channel=channel)


def pin(workspace: "Workspace", channel: Channel, message: Message, *, person: str, kind: str) -> None:
    """`pin_added` or `pin_removed`, which `kind` names."""
    event = {
        "type": kind,
        "user": person,
        "channel_id": channel.id,
        "item": {
            "type": "message",
            "created": workspace.unix(),
            "created_by": person,
            "channel": channel.id,
            "message": message_answer(workspace, message),
        },
        "item_user": message.user,
        "pin_count": len(channel.pins),
        "event_ts": workspace.ts(),
    }
    emit(workspace, event, subscription=kind, channel=channel)


def home_opened(workspace: "Workspace", person: Person, channel: Channel, *, view: View | None) -> None:
    """`app_home_opened`; it carries the view once one was published."""
    event: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": channel.id,
        "tab": "home",
        "event_ts": workspace.ts(),
    }
    if view is not None:
        event["view"] = view_answer(workspace, view)
    emit(workspace, event, subscription="app_home_opened")


def tokens_revoked(workspace: "Workspace") -> None:
    """`tokens_revoked`, followed by `app_uninstalled`."""
    emit(
        workspace,
        {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [workspace.bot.id]}, "event_ts": workspace.ts()},
        subscription="tokens_revoked",
    )
    emit(workspace, {"type": "app_uninstalled", "event_ts": workspace.ts()}, subscription="app_uninstalled")


def _place(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "channel_type": channel.kind, "event_ts": ts}


def _message_subscription(channel: Channel) -> str:
    return {"im": "message.im", "mpim": "message.mpim", "group": "message.groups"}.get(channel.kind, "message.channels")
