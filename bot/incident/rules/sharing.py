"""Who else reads an incident's channel: what Slack says of it is written down, and people decide what follows."""

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import Decision
from bot.incident.history import sharing_events as s
from bot.incident.history.sharing import NAMELESS
from bot.incident.model import Incident
from bot.incident.refusing.sharing_refusals import read_by_nobody_else, withheld_already
from bot.incident.showing import lead, why


def record_shared(command: c.RecordShared, incident: Incident, context: Context) -> Decision:
    """Return that another organisation reads the channel; whoever leads is asked what to do. Said twice, it is once."""
    teams = {partner.team for partner in incident.sharing.partners}
    if not _is_its(command.channel, incident) or command.team in teams:
        return ()
    return (
        s.ChannelShared(
            at=context.now,
            by=context.actor.id,
            channel=command.channel,
            team=command.team,
            name=command.name or NAMELESS,
            person=lead(incident),
        ),
    )


def record_unshared(command: c.RecordUnshared, incident: Incident, context: Context) -> Decision:
    """Return that an organisation reads the channel no more; when no other does, details are shown again."""
    if not _is_its(command.channel, incident) or not incident.sharing.partners:
        return ()
    is_shared = command.is_shared and any(one.team != command.team for one in incident.sharing.partners)
    return (
        s.ChannelUnshared(
            at=context.now, by=context.actor.id, channel=command.channel, team=command.team, is_shared=is_shared
        ),
    )


def record_reach(command: c.RecordReach, incident: Incident, context: Context) -> Decision:
    """Return that everybody here reads the channel of a private incident, or only its members again."""
    was = incident.sharing.public_since is not None
    if not _is_its(command.channel, incident) or command.is_public is was:
        return ()
    if not command.is_public:
        return (s.ChannelWentPrivate(at=context.now, by=context.actor.id, channel=command.channel),)
    if not incident.is_private:
        return ()
    return (s.ChannelWentPublic(at=context.now, by=context.actor.id, channel=command.channel, person=lead(incident)),)


def record_channel_id(command: c.RecordChannelId, incident: Incident, context: Context) -> Decision:
    """Return that the incident's channel, or the one it left, goes by another id."""
    if not _is_its(command.was, incident) and incident.room.left != command.was:
        return ()
    return (s.ChannelIdChanged(at=context.now, by=context.actor.id, was=command.was, now=command.now),)


def _is_its(channel: str, incident: Incident) -> bool:
    return incident.channel is not None and incident.channel.id == channel


def move_inside(_: c.MoveInside, incident: Incident, context: Context) -> Decision:
    """Return the incident in a channel of its own again, from those who lead and whoever was asked."""
    if not why(incident):
        return read_by_nobody_else(incident)
    left = incident.channel
    return (
        s.MovedInside(
            at=context.now,
            by=context.actor.id,
            left=left.id if left else "",
            left_name=left.name if left else "",
            names=incident.sharing.names,
            is_host_left=incident.is_hosted,
        ),
    )


def keep_withholding(_: c.KeepWithholding, incident: Incident, context: Context) -> Decision:
    """Return that it stays where it is, with nothing but its number there."""
    if not why(incident):
        return read_by_nobody_else(incident)
    if incident.sharing.kept:
        return withheld_already(incident)
    return (s.WithholdingKept(at=context.now, by=context.actor.id),)
