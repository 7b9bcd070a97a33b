"""conversations.* that make, name and end channels."""

from typing import TYPE_CHECKING

from sandbox import places
from sandbox.answers import channel_answer
from sandbox.methods.registry import Call, web_method
from sandbox.records import Channel, Json
from sandbox.refusals import Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

FAMILIES = {
    "public_channel": ("channel", "channels:read"),
    "private_channel": ("group", "groups:read"),
    "im": ("im", "im:read"),
    "mpim": ("mpim", "mpim:read"),
}
MOST_LISTED = 1000


@web_method("conversations.create")
def create(workspace: "Workspace", call: Call) -> Json:
    """Make a channel; the app is its creator and first member."""
    is_private = call.flag("is_private")
    workspace.require_scope("groups:write" if is_private else "channels:manage")
    name = places.checked_name(workspace, call.text("name"))
    channel = places.create(workspace, name=name, creator=workspace.bot, is_private=is_private)
    return _channel(workspace, channel)


@web_method("conversations.archive")
def archive(workspace: "Workspace", call: Call) -> Json:
    """Archive a channel the app is in."""
    channel = places.for_app(workspace, call.required("channel"), member=True)
    workspace.require_scope(*places.scope_family(channel, action="manage"))
    if channel.is_archived:
        raise Refusal("already_archived")
    if channel.is_general:
        raise Refusal("cant_archive_general", rule="the general channel is never archived")
    places.archive(workspace, channel, by=workspace.bot)
    return {}


@web_method("conversations.unarchive")
def unarchive(_workspace: "Workspace", _call: Call) -> Json:
    """Refuse: a bot token cannot unarchive (a Slack limit)."""
    raise Refusal("not_allowed_token_type", rule="a bot token cannot unarchive a channel")


@web_method("conversations.setTopic")
def set_topic(workspace: "Workspace", call: Call) -> Json:
    """Write a channel's topic, at most 250 characters."""
    channel = places.for_app(workspace, call.required("channel"), active=True, member=True)
    scopes = places.scope_family(channel, action="manage")
    workspace.require_scope(*scopes, *(["channels:write.topic"] if channel.kind == "channel" else []))
    topic = call.text("topic")
    if len(topic) > places.TOPIC_LENGTH:
        raise Refusal("too_long", rule=f"a topic has at most {places.TOPIC_LENGTH} characters")
    places.set_topic(workspace, channel, by=workspace.bot, topic=topic)
    return _channel(workspace, channel)


@web_method("conversations.join", scopes=("channels:join",))
def join(workspace: "Workspace", call: Call) -> Json:
    """Let the app into a public channel."""
    channel = places.for_app(workspace, call.required("channel"), active=True)
    if channel.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type", rule="only public channels are joined")
    if workspace.bot.id in channel.members:
        return _channel(workspace, channel) | {"warning": "already_in_channel"}
    places.add_member(workspace, channel, workspace.bot)
    return _channel(workspace, channel)


@web_method("conversations.info")
def show(workspace: "Workspace", call: Call) -> Json:
    """Describe a channel."""
    channel = places.for_app(workspace, call.required("channel"))
    workspace.require_scope(*places.scope_family(channel, action="read"))
    answer = _channel(workspace, channel)
    if not channel.is_im:
        answer["channel"]["is_read_only"] = channel.is_read_only
    if call.flag("include_num_members"):
        answer["channel"]["num_members"] = len(channel.members)
    return answer


@web_method("conversations.list")
def listing(workspace: "Workspace", call: Call) -> Json:
    """List the channels the app may know of."""
    return _listed(workspace, call, [channel for channel in workspace.channels.values() if _known(workspace, channel)])


@web_method("users.conversations")
def of_user(workspace: "Workspace", call: Call) -> Json:
    """List the channels a person (by default the app) is in, as far as the app may know of them."""
    person = call.text("user") or workspace.bot.id
    if person not in workspace.people:
        raise Refusal("user_not_found", rule=f"the user {person!r} exists")
    inside = [channel for channel in workspace.channels.values() if person in channel.members]
    answer = _listed(workspace, call, [channel for channel in inside if _known(workspace, channel)])
    for channel in answer["channels"]:
        channel.pop("is_member", None)
    return answer


def page(rows: list[Json], call: Call, *, default: int, most: int) -> tuple[list[Json], str]:
    """One page of `rows` and the cursor of the next; raises `invalid_limit` or `invalid_cursor`."""
    limit = call.number("limit", default=default)
    if not 0 < limit <= most:
        raise Refusal("invalid_limit", rule=f"limit is 1 to {most}")
    cursor = call.text("cursor")
    if cursor and not cursor.removeprefix("next:").isdigit():
        raise Refusal("invalid_cursor", rule="a cursor comes from Slack")
    start = int(cursor.removeprefix("next:") or 0)
    following = f"next:{start + limit}" if start + limit < len(rows) else ""
    return rows[start : start + limit], following


def _listed(workspace: "Workspace", call: Call, channels: list[Channel]) -> Json:
    kinds = call.names("types") or ["public_channel"]
    for kind in kinds:
        if kind not in FAMILIES:
            raise Refusal("invalid_types", rule=f"{kind!r} is no type of conversation")
        workspace.require_scope(FAMILIES[kind][1])
    families = {FAMILIES[kind][0] for kind in kinds}
    shown = [
        channel_answer(channel, viewer=workspace.bot.id)
        for channel in channels
        if channel.kind in families and not (call.flag("exclude_archived") and channel.is_archived)
    ]
    rows, following = page(shown, call, default=100, most=MOST_LISTED)
    return {"channels": rows, "response_metadata": {"next_cursor": following}}


def _known(workspace: "Workspace", channel: Channel) -> bool:
    return channel.kind == "channel" or workspace.bot.id in channel.members


def _channel(workspace: "Workspace", channel: Channel) -> Json:
    return {"channel": channel_answer(channel, viewer=workspace.bot.id)}
