"""The groups of the people file: the offices GOV-001 names, the people behind them, and who is asked after them."""

import re
from collections.abc import Mapping

from bot.policy.reading import Kind, Reading
from bot.policy.rulebook import Group
from bot.policy.source import Spot

_USER_GROUP = re.compile(r"S[A-Z0-9]{2,20}|@[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_ALLOWED = 'a Slack user group\'s id, or its handle in quotation marks (like "@ml-sre")'


def read_groups(*, reading: Reading, spot: Spot | None) -> Mapping[str, Group]:
    """Return the groups that stand at `spot`, by key; mistakes are noted in `reading`."""
    return {key: _group(reading, entry) for key, entry in reading.entries(spot).items()}


def _group(reading: Reading, spot: Spot) -> Group:
    at = reading.fields(spot, required=("label", "members"), optional=("escalates_to", "user_group"))
    return Group(
        label=reading.text(at.get("label"), at_most=80),
        members=reading.names(at.get("members"), kind=Kind.PERSON),
        escalates_to=reading.name(at["escalates_to"], kind=Kind.GROUP) if "escalates_to" in at else None,
        user_group=reading.matching(at["user_group"], shape=_USER_GROUP, allowed=_ALLOWED)
        if "user_group" in at
        else "",
    )
