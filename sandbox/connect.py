"""Slack Connect: a channel that two organisations share, and one that they share no longer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox import events, places, sight
from sandbox.ids import TEAM_ID
from sandbox.records import Channel, Person
from sandbox.refusals import ActRefused

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def share(workspace: "Workspace", person: Person, request: Mapping[str, Any]) -> None:
    """`{"do": "share", "channel": …, "user": …}`: share a channel with the organisation of somebody outside.

    They come into the channel; the app hears `channel_shared` and then that they joined. ActRefused when the channel
    cannot be shared: a direct conversation, an archived one, or one that a guest wants to share.
    """
    channel, guest = _named(workspace, person, request)
    if person.team_id != TEAM_ID or person.is_restricted:
        message = f"{person.real_name} cannot share a channel: only members of this workspace can."
        raise ActRefused(message)
    if channel.is_archived or channel.is_general:
        why = "archived" if channel.is_archived else "for everyone here"
        message = f"#{channel.name} cannot be shared: it is {why}."
        raise ActRefused(message)
    if guest.id in channel.members:
        message = f"#{channel.name} is shared with {guest.real_name} already."
        raise ActRefused(message)
    places.add_member(workspace, channel, guest, inviter=person)


def unshare(workspace: "Workspace", person: Person, request: Mapping[str, Any]) -> None:
    """`{"do": "unshare", "channel": …, "user": …}`: end the sharing; everybody of that organisation leaves."""
    channel, guest = _named(workspace, person, request)
    leaving = [one for one in _outsiders(workspace, channel) if one.team_id == guest.team_id]
    if not leaving:
        message = f"#{channel.name} is not shared with {guest.real_name}."
        raise ActRefused(message)
    for one in leaving:
        places.remove_member(workspace, channel, one)
    channel.other_teams.remove(guest.team_id)
    channel.is_ext_shared = bool(channel.other_teams)
    events.unshared(workspace, channel, team=guest.team_id)


def _named(workspace: "Workspace", person: Person, request: Mapping[str, Any]) -> tuple[Channel, Person]:
    channel = sight.channel_named(workspace, str(request.get("channel", "")), person)
    guest = sight.person_named(workspace, str(request.get("user", "")))
    if channel.is_im or guest.team_id == TEAM_ID:
        message = "A channel is shared with somebody of another organisation: say which channel, and whom as 'user'."
        raise ActRefused(message)
    return channel, guest


def _outsiders(workspace: "Workspace", channel: Channel) -> list[Person]:
    people = (workspace.people[member] for member in channel.members)
    return [person for person in people if person.team_id != TEAM_ID]
