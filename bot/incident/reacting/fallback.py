"""Where something is said when its place is closed: the next place whose audience may see the incident."""

from typing import assert_never

from bot.incident.model import Incident
from bot.incident.reacting.effects import INCIDENTS, Place, PlaceKind, dm


def next_place(place: Place, incident: Incident) -> Place | None:
    """Return the next place, or None at the end of the chain.

    Public: the incident's channel, the incidents channel, a message to the commander. Private: the channel, then the
    commander; never a channel that outsiders read.
    """
    commander = dm(incident.commander) if incident.commander else None
    match place.kind:
        case PlaceKind.CHANNEL:
            return commander if incident.is_private or incident.is_test else INCIDENTS
        case PlaceKind.LEFT:
            return commander
        case PlaceKind.BROADCAST:
            return INCIDENTS if not incident.is_private else commander
        case PlaceKind.INCIDENTS | PlaceKind.LEADERSHIP:
            return commander
        case PlaceKind.DM | PlaceKind.ASKER | PlaceKind.OUTSIDE | PlaceKind.GOVERNANCE | PlaceKind.OPERATORS:
            return None
        case never:
            assert_never(never)
