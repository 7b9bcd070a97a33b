"""Housing: whether an incident may live in a channel that is there already; an alarm never waits for the answer."""

from bot.incident.commands.housing import Host
from bot.incident.context import Context
from bot.incident.reacting.places import shared_places

INVITE_FIRST = "Tocsin is not in this channel; `/invite` it for the next time"


def why_not_here(host: Host, context: Context, *, is_private: bool = False) -> str:
    """Return why an incident cannot live in `host`, in words that go on a sentence, or "" where it can.

    `context.other` is the incident whose channel it is, if it is one's; `is_private` says that only people invited may
    see what is declared.
    """
    if host.is_conversation:
        return "a direct message cannot hold an incident"
    if not host.is_member:
        return INVITE_FIRST
    if host.is_shared:
        return "this channel is shared with another organisation"
    if host.is_general or host.name in shared_places(context.policy).values():
        return "too many people read this channel"
    if is_private and not host.is_private:
        return "anyone can join this channel, and only people invited may see it"
    other = context.other
    if other and (other.status.is_open or not other.is_hosted):
        return f"this is the channel of {other.ref} already"
    return ""
