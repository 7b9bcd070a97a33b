"""Who else reads an incident's channel, as lines of its timeline."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.incident.history import sharing_events as s
from bot.incident.history.events import Event
from bot.incident.sentences import Sentence


def _moved(event: s.MovedInside) -> Sentence:
    for_whom = f", the one before is shared with {event.names}" if event.names else ""
    return (f"Goes on in a new channel{for_whom}",)


def _unshared(event: s.ChannelUnshared) -> Sentence:
    return ("Channel shared with fewer organisations" if event.is_shared else "Channel no longer shared outside",)


SHARING_LINES: Mapping[type[Event], Callable[[Any], Sentence]] = {
    s.ChannelShared: lambda event: (f"Channel shared with {event.name}: details withheld there",),
    s.ChannelUnshared: _unshared,
    s.ChannelWentPublic: lambda _: ("Private channel made public: details withheld there",),
    s.ChannelWentPrivate: lambda _: ("Channel private again",),
    s.WithholdingKept: lambda _: ("Details stay withheld in the channel",),
    s.MovedInside: _moved,
    s.ChannelIdChanged: lambda _: ("Slack gave the channel another id",),
}
