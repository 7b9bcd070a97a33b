"""Shared places: the channels policy speaks to, by the names it gives them."""

from collections.abc import Mapping

from bot.incident.reacting.effects import GOVERNANCE, INCIDENTS, LEADERSHIP, OPERATORS, Place, broadcast
from bot.policy.model import Policy


def shared_places(policy: Policy) -> Mapping[str, str]:
    """Return every shared place, as one word, with the channel's name; empty for one policy gives no name."""
    channels = policy.channels
    return {
        str(INCIDENTS): channels.incidents,
        str(LEADERSHIP): channels.leadership,
        str(GOVERNANCE): channels.governance,
        str(OPERATORS): channels.operators,
        **{str(broadcast(severity)): name for severity, name in channels.broadcasts.items()},
    }


def channel_name(place: Place, policy: Policy) -> str:
    """Return the name policy gives a shared place, or nothing for a place that has none."""
    return shared_places(policy).get(str(place), "")
