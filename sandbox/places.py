"""Channels as places: finding them, who sits in them, opening, joining, leaving, archiving."""

import re
from typing import TYPE_CHECKING

from sandbox import events, posting
from sandbox.ids import TEAM_ID
from sandbox.records import Channel, Person
from sandbox.refusals import Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

NAME_LENGTH = 80
TOPIC_LENGTH = 250


def for_app(workspace: "Workspace", channel_id: str, *, active: bool = False, member: bool = False) -> Channel:
    """The channel the app names by id; raises `channel_not_found`, `not_in_channel` or `is_archived`.

    A private channel or DM the app is not in does not exist for it.
    """
    channel = workspace.channels.get(channel_id)
    if channel is None:
        raise Refusal("channel_not_found", rule=f"the channel {channel_id!r} exists")
    inside = workspace.bot.id in channel.members
    if not inside and channel.kind != "channel":
        raise Refusal("channel_not_found")
    if active and channel.is_archived:
        raise Refusal("is_archived")
    if member and not inside:
        raise Refusal("not_in_channel")
    return channel


def scope_family(channel: Channel, *, action: str) -> tuple[str, ...]:
    """The scopes any of which allows `action` (read, history, manage) in this kind of channel."""
    family = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}[channel.kind]
    if action == "manage":
        return ("channels:manage",) if family == "channels" else (f"{family}:write",)
    return (f"{family}:{action}",)


def checked_name(workspace: "Workspace", name: str) -> str:
    """A name Slack accepts for a new channel; raises Slack's `invalid_name_…` or `name_taken`."""
    if not name:
        raise Refusal("invalid_name_required", rule="a channel needs a name")
    if len(name) > NAME_LENGTH:
        raise Refusal("invalid_name_maxlength", rule=f"a channel name has at most {NAME_LENGTH} characters")
    if not re.search(r"[^\W_]", name):
        raise Refusal("invalid_name_punctuation", rule="a channel name is not punctuation only")
    if not re.fullmatch(r"(?:[a-z0-9_-]|[^\W\dA-Z_])+", name) or name != name.lower():
        raise Refusal("invalid_name_specials", rule="a channel name has lowercase letters, digits, - and _")
    if any(channel.name == name for channel in workspace.channels.values() if channel.name):
        raise Refusal("name_taken")
    return name


def create(workspace: "Workspace", *, name: str, creator: Person, is_private: bool) -> Channel:
    """Make a channel with its creator in it."""
    channel = Channel(
        id=workspace.ids.new("C"),
        name=name,
        creator=creator.id,
        created=workspace.unix(),
        is_private=is_private,
        updated=workspace.unix() * 1000,
    )
    workspace.channels[channel.id] = channel
    add_member(workspace, channel, creator)
    return channel


def add_member(workspace: "Workspace", channel: Channel, person: Person, *, inviter: Person | None = None) -> None:
    """Put somebody into a channel, with Slack's own line about it."""
    if person.team_id not in (TEAM_ID, *channel.other_teams):
        _open_to(workspace, channel, team=person.team_id)
    channel.members.append(person.id)
    extra = {"inviter": inviter.id} if inviter is not None else {}
    subtype = "group_join" if channel.is_private else "channel_join"
    text = f"<@{person.id}> has joined the channel"
    posting.system_line(workspace, channel, user=person.id, subtype=subtype, text=text, **extra)
    events.membership(workspace, channel, person, joined=True, inviter=inviter.id if inviter else None)


def _open_to(workspace: "Workspace", channel: Channel, *, team: str) -> None:
    """Let another organisation in: a private channel that was nobody else's gets another id for good."""
    if channel.is_private and not channel.is_ext_shared:
        renumber(workspace, channel)
    channel.is_ext_shared = True
    channel.other_teams.append(team)
    events.shared(workspace, channel, team=team)


def renumber(workspace: "Workspace", channel: Channel) -> None:
    """Give a channel another id; under the old one it does not exist any more."""
    was = channel.id
    del workspace.channels[was]
    channel.id = workspace.ids.new("C")
    workspace.channels[channel.id] = channel
    for message in channel.messages:
        message.channel = channel.id
    for address in workspace.response_addresses.values():
        address.channel = channel.id if address.channel == was else address.channel
    events.renumbered(workspace, channel, was=was)


def convert(workspace: "Workspace", channel: Channel, *, by: Person, is_private: bool) -> None:
    """Make a channel private or public, with Slack's own line about it; its id stays."""
    channel.is_private = is_private
    reach = "Now, it can only be viewed or joined by invitation" if is_private else "Anybody here can see and join it"
    kind = "private" if is_private else "public"
    text = f"made this channel *{kind}*. {reach}."
    posting.system_line(workspace, channel, user=by.id, subtype=f"channel_convert_to_{kind}", text=text)


def remove_member(workspace: "Workspace", channel: Channel, person: Person) -> None:
    """Let somebody leave a channel."""
    events.membership(workspace, channel, person, joined=False, inviter=None)
    channel.members.remove(person.id)
    subtype = "group_leave" if channel.is_private else "channel_leave"
    text = f"<@{person.id}> has left the channel"
    posting.system_line(workspace, channel, user=person.id, subtype=subtype, text=text)


def archive(workspace: "Workspace", channel: Channel, *, by: Person) -> None:
    """Archive a channel; nobody can write there any more."""
    subtype = "group_archive" if channel.is_private else "channel_archive"
    text = f"<@{by.id}> archived the channel"
    posting.system_line(workspace, channel, user=by.id, subtype=subtype, text=text)
    channel.is_archived = True
    events.archived(workspace, channel, by=by.id)


def rename(workspace: "Workspace", channel: Channel, *, name: str) -> None:
    """Give a channel another name, as people do."""
    fresh = checked_name(workspace, name)
    channel.previous_names.append(channel.name)
    channel.name = fresh
    events.renamed(workspace, channel)


def set_topic(workspace: "Workspace", channel: Channel, *, by: Person, topic: str) -> None:
    """Write the topic, with Slack's own line about it."""
    channel.topic, channel.topic_by, channel.topic_at = topic, by.id, workspace.unix()
    text = f"<@{by.id}> set the channel topic: {topic}"
    subtype = "group_topic" if channel.is_private else "channel_topic"
    posting.system_line(workspace, channel, user=by.id, subtype=subtype, text=text, topic=topic)


def direct(workspace: "Workspace", *people: Person) -> tuple[Channel, bool]:
    """The direct conversation of these people, and whether it was already open."""
    ids = sorted({person.id for person in people})
    for channel in workspace.channels.values():
        if (channel.is_im or channel.is_mpim) and sorted(channel.members) == ids:
            return channel, True
    group = len(ids) > 2  # noqa: PLR2004  (a direct message has two ends)
    channel = Channel(
        id=workspace.ids.new("C" if group else "D"),
        name=f"mpdm-{'--'.join(person.handle for person in people)}-1" if group else "",
        creator=people[0].id,
        created=workspace.unix(),
        is_im=not group,
        is_mpim=group,
        is_private=group,
        members=ids,
        updated=workspace.unix() * 1000,
    )
    workspace.channels[channel.id] = channel
    return channel, False


def bucket_of(workspace: "Workspace", name: str) -> str:
    """The channel whose posting limit a call counts against, whether it names an id, a name or a person."""
    person = workspace.people.get(name)
    for channel in workspace.channels.values():
        if person is not None and channel.is_im and {person.id, workspace.bot.id} == set(channel.members):
            return channel.id
        if channel.name and channel.name == name.removeprefix("#"):
            return channel.id
    return name


def unread(channel: Channel, person: Person) -> tuple[int, int]:
    """How many messages `person` has not read here, and how many of them mention them (all do in a DM)."""
    seen = channel.last_read.get(person.id, "")
    fresh = [
        message
        for message in channel.messages
        if message.ts > seen and message.user != person.id and message.ephemeral_to in (None, person.id)
    ]
    direct_words = channel.is_im or channel.is_mpim
    mention = f"<@{person.id}>"
    mentions = [message for message in fresh if direct_words or mention in f"{message.text}{message.blocks}"]
    return len(fresh), len(mentions)


def mark_read(channel: Channel, person: Person) -> None:
    """Note that `person` has seen everything here."""
    channel.last_read[person.id] = max((message.ts for message in channel.messages), default="")
