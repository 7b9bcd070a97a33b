"""People, channels, messages and views in the JSON shapes Slack answers with."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sandbox.ids import APP_ID, OTHER_APP_ID, TEAM_ID
from sandbox.records import Channel, Json, Message, Person, View

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def person_answer(workspace: "Workspace", person: Person) -> Json:
    """A user object as users.info gives it."""
    answer: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.handle,
        "deleted": person.deleted,
        "profile": _profile(workspace, person),
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    if person.deleted:
        return answer
    offset = workspace.clock.now().astimezone(ZoneInfo(person.tz)).utcoffset()
    answer |= {
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "color": "9f69e7",
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": False,
        "is_email_confirmed": not person.is_bot,
    }
    if person.team_id != TEAM_ID:
        answer["is_stranger"] = person.is_stranger
    return answer


def _profile(workspace: "Workspace", person: Person) -> Json:
    first, _, last = person.real_name.partition(" ")
    profile: Json = {
        "title": person.title,
        "phone": "",
        "skype": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.handle,
        "display_name_normalized": person.handle,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "first_name": first,
        "last_name": last,
        "team": person.team_id,
    }
    if person.bot_id is not None:
        profile |= {"bot_id": person.bot_id, "api_app_id": APP_ID if person is workspace.bot else OTHER_APP_ID}
    elif "users:read.email" in workspace.manifest.scopes:
        profile["email"] = person.email
    return profile


def channel_answer(channel: Channel, *, viewer: str) -> Json:
    """A channel object as conversations.info gives it to `viewer` (a user id)."""
    if channel.is_im:
        other = next((member for member in channel.members if member != viewer), viewer)
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": False,
            "is_im": True,
            "is_org_shared": False,
            "user": other,
            "updated": channel.updated,
            "is_open": True,
            "priority": 0,
            "context_team_id": TEAM_ID,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private and not channel.is_mpim,
        "is_group": channel.is_private and not channel.is_mpim,
        "is_im": False,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private or channel.is_mpim,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "is_member": viewer in channel.members,
        "created": channel.created,
        "creator": channel.creator,
        "updated": channel.updated,
        "unlinked": 0,
        "context_team_id": TEAM_ID,
        "shared_team_ids": [TEAM_ID, *channel.other_teams],
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "previous_names": list(channel.previous_names),
        "topic": {"value": channel.topic, "creator": channel.topic_by, "last_set": channel.topic_at},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
    }


def message_answer(workspace: "Workspace", message: Message, *, all_metadata: bool = True) -> Json:
    """A message object as conversations.history gives it."""
    answer: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    optional: Json = {
        "subtype": message.subtype,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "thread_ts": message.thread_ts,
        "edited": {"user": message.user, "ts": message.edited_ts} if message.edited_ts else None,
        "metadata": _metadata(message, whole=all_metadata),
        "reactions": [
            {"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()
        ],
    }
    answer |= _author(workspace, message)
    return answer | {key: value for key, value in optional.items() if value} | message.extra


def _author(workspace: "Workspace", message: Message) -> Json:
    if message.bot_id:
        profile = bot_profile(workspace)
        return {"bot_id": message.bot_id, "team": TEAM_ID, "app_id": APP_ID, "bot_profile": profile}
    if message.client_msg_id:
        return {"client_msg_id": message.client_msg_id, "team": workspace.people[message.user].team_id}
    return {}


def _metadata(message: Message, *, whole: bool) -> Json | None:
    if message.metadata is None or whole:
        return message.metadata
    return {"event_type": message.metadata["event_type"]}


def bot_profile(workspace: "Workspace") -> Json:
    """The app's bot as messages carry it."""
    return {
        "id": workspace.bot.bot_id,
        "deleted": False,
        "name": workspace.bot.real_name,
        "updated": workspace.bot.updated,
        "app_id": APP_ID,
        "icons": {},
        "team_id": TEAM_ID,
    }


def view_answer(workspace: "Workspace", view: View) -> Json:
    """A view object as views.open gives it, with the state of its inputs."""
    body = view.body
    return {
        "id": view.id,
        "team_id": TEAM_ID,
        "type": view.type,
        "title": body.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "submit": body.get("submit"),
        "close": body.get("close"),
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "external_id": body.get("external_id", ""),
        "state": {"values": view.state},
        "hash": view.hash,
        "clear_on_close": bool(body.get("clear_on_close", False)),
        "notify_on_close": bool(body.get("notify_on_close", False)),
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "app_id": APP_ID,
        "app_installed_team_id": TEAM_ID,
        "bot_id": workspace.bot.bot_id,
    }


def iso(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC."""
    return moment.isoformat()
