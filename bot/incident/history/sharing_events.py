"""Events about who else reads an incident's channel, and about the channel it gets instead."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.incident.history.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelShared(Event):
    """Another organisation reads the channel from now on; `person` is asked what to do, None when there is nobody."""

    action = "incident.channel_shared"
    channel: str
    team: str
    name: str
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelUnshared(Event):
    """That organisation reads it no more; `is_shared` says that others still do."""

    action = "incident.channel_unshared"
    channel: str
    team: str
    is_shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelWentPublic(Event):
    """The channel of a private incident can be read by everybody here; `person` is asked what to do."""

    action = "incident.channel_went_public"
    channel: str
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelWentPrivate(Event):
    """It can be read by its members only again."""

    action = "incident.channel_went_private"
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithholdingKept(Event):
    """Somebody chose to stay in a channel that others read, and that details are withheld there."""

    action = "incident.withholding_kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedInside(Event):
    """It goes on in a new channel that only people of this workspace read; `names` are whom it was kept from.

    `is_host_left` says that the channel it `left` was there before it.
    """

    action = "incident.moved_inside"
    left: str
    left_name: str
    names: str
    is_host_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelIdChanged(Event):
    """Slack gave its channel another id: `was` finds nothing any more."""

    action = "incident.channel_id_changed"
    was: str
    now: str


SHARINGS: Mapping[str, type[Event]] = {
    kind.action: kind
    for kind in (
        *(ChannelShared, ChannelUnshared, ChannelWentPublic, ChannelWentPrivate),
        *(WithholdingKept, MovedInside, ChannelIdChanged),
    )
}
