"""Shared places: the channels policy names, and nothing for a place that is no channel of policy's."""

from bot.incident.reacting.effects import GOVERNANCE, OPERATORS, broadcast, dm
from bot.incident.reacting.places import channel_name
from bot.words import Severity


def test_a_place_has_the_name_policy_gives_it(policy):
    """Each shared place is called as channels.yaml says; a direct message has no such name."""

    places = (GOVERNANCE, OPERATORS, broadcast(Severity.SEV1), broadcast(Severity.SEV4), dm("U0NOOR"))

    assert ["governance", "ops", "ml-incidents-sev1", "", ""] == [channel_name(place, policy) for place in places]
