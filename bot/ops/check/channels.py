"""Whether the channels of channels.yaml are there, let Tocsin post, and stay inside the organisation."""

from collections.abc import Mapping
from typing import Any

from bot.ops.check.asking import Asking
from bot.ops.check.finding import Finding, fail, good, listed, warn
from bot.policy.model import Channels
from bot.words import Severity

KINDS = "public_channel,private_channel"


def named(channels: Channels) -> Mapping[str, str]:
    """Return each channel's name with what policy says there."""
    places = {
        "incidents": channels.incidents,
        "leadership": channels.leadership,
        "governance": channels.governance,
        "operators": channels.operators,
        **{f"broadcast of {Severity(key).label}": name for key, name in channels.broadcasts.items()},
    }
    uses: dict[str, list[str]] = {}
    for use, name in places.items():
        uses.setdefault(name, []).append(use)
    return {name: listed(said) for name, said in uses.items()}


async def look_at_channels(channels: Channels, asking: Asking) -> tuple[Finding, ...]:
    """Return how it stands with every channel that policy names."""
    ours = await asking.rows("users.conversations", "channels", types=KINDS)
    if ours.error:
        mend = "Check again in a minute; without channels:read and groups:read it cannot be known."
        return (warn("Channels", f"cannot be read: {ours.error}.", mend),)
    inside = {str(room["name"]): room for room in ours.rows}
    public = {}
    if named(channels).keys() - inside.keys():
        everything = await asking.rows("conversations.list", "channels", types="public_channel")
        public = {str(room["name"]): room for room in everything.rows}
    return tuple([await _one(name, use, inside, public, asking) for name, use in named(channels).items()])


async def _one(
    name: str,
    use: str,
    inside: Mapping[str, Mapping[str, Any]],
    public: Mapping[str, Mapping[str, Any]],
    asking: Asking,
) -> Finding:
    looked_at, room = f"Channel #{name} ({use})", inside.get(name) or public.get(name)
    if room is None:
        found = "it is not there, or it is private and Tocsin is not in it."
        mend = f"Make #{name} or name another in channels.yaml, and type /invite @Tocsin in it."
        return fail(looked_at, found, mend)
    if room.get("is_archived"):
        return fail(looked_at, "it is archived.", "Unarchive it, or name another in channels.yaml.")
    if name not in inside:
        return fail(looked_at, "Tocsin is not in it.", f"Type /invite @Tocsin in #{name}.")
    return await _of_a_room(looked_at, name, str(room["id"]), asking)


async def _of_a_room(looked_at: str, name: str, channel: str, asking: Asking) -> Finding:
    reply = await asking.ask("conversations.info", channel=channel)
    if reply.error:
        return warn(looked_at, f"Tocsin is in it; more cannot be read ({reply.error}).", "Check again in a minute.")
    room = reply.data.get("channel") or {}
    if room.get("is_read_only"):
        mend = f"Let Tocsin post: #{name}, Settings, Posting permissions."
        return fail(looked_at, "Tocsin may not post in it.", mend)
    if room.get("is_ext_shared") or room.get("is_pending_ext_shared"):
        found = "people of another organisation read what is posted in it."
        return fail(looked_at, found, "Name a channel in channels.yaml that is not shared over Slack Connect.")
    return good(looked_at, "Tocsin is in it and may post.")
