"""The channels file: where policy speaks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.policy.model import Channels, PolicyFile
from bot.policy.reading import Reading
from bot.policy.sheet import HEAD, read_head
from bot.policy.source import Spot
from bot.words import Severity

FILE = "channels.yaml"

_CHANNEL = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_BRIDGE = re.compile(r"https://[^\s{}]*\{number\}[^\s{}]*|")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelsFile:
    """What the channels file says."""

    head: PolicyFile
    channels: Channels


def read_channels(*, reading: Reading, root: Spot) -> ChannelsFile:
    """Return what the channels file at `root` says; mistakes are noted in `reading`."""
    places = ("incidents", "leadership", "governance", "operators")
    at = reading.fields(root, required=(*HEAD, *places, "broadcasts", "bridge"), optional=("zone",))
    return ChannelsFile(
        head=read_head(reading=reading, name=FILE, at=at),
        channels=Channels(
            incidents=_channel(reading, at.get("incidents")),
            leadership=_channel(reading, at.get("leadership")),
            governance=_channel(reading, at.get("governance")),
            operators=_channel(reading, at.get("operators")),
            broadcasts=_broadcasts(reading, at.get("broadcasts")),
            bridge=reading.matching(
                at.get("bridge"), shape=_BRIDGE, allowed="an https address with {number} in it (or empty, for none)"
            ),
            zone=reading.zone(at["zone"]) if "zone" in at else "UTC",
        ),
    )


def _broadcasts(reading: Reading, spot: Spot | None) -> Mapping[str, str]:
    at = reading.fields(spot, required=(), optional=tuple(Severity))
    return {severity: _channel(reading, name) for severity, name in at.items()}


def _channel(reading: Reading, spot: Spot | None) -> str:
    """Return a channel's name; its shape is a Slack limit."""
    return reading.matching(spot, shape=_CHANNEL, allowed="a channel name without # (like ml-incidents-sev1)")
