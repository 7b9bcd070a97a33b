"""The duties, the levels and the governance agree: somebody may act, and what is private stays private."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise

from bot.policy.reading import Reading
from bot.policy.rulebook import Activity, Governance, Level, Raci, Readers
from bot.policy.source import Spot
from bot.words import Classification

LEAST_AUDIT = timedelta(days=90)
"""G7.2: an audit log is kept at least this long."""

WITH_APPROVAL = "with_approval"


def check_duties(*, reading: Reading, root: Spot, raci: Raci) -> None:
    """Note activities of the duties file at `root` that nobody may do (G2)."""
    for activity, row in raci.activities.items():
        cells = row.duties.values()
        if all(cells) and not any(duty.may_act for cell in cells for duty in cell):
            reading.refuse(root.at("activities", activity), allowed="possible: nobody is R or A, so nobody may act")


def check_levels(*, reading: Reading, root: Spot, levels: Mapping[Classification, Level]) -> None:
    """Note levels of the classification file at `root` that are looser than the one below, or than Tocsin is."""
    for level, rules in levels.items():
        spot = root.at("levels", level)
        if spot:
            _check_level(reading, spot, level, rules)
    readers = tuple(Readers)
    for (_, lower), (level, higher) in pairwise(levels.items()):
        if readers.index(higher.read_by) < readers.index(lower.read_by):
            allowed = f"as narrow as the level below ({lower.read_by})"
            reading.refuse(root.at("levels", level, "read_by"), allowed=allowed)


def _check_level(reading: Reading, spot: Spot, level: Classification, rules: Level) -> None:
    if rules.private is not level.is_private:
        allowed = f"{'yes' if level.is_private else 'no'}: Tocsin keeps CONFIDENTIAL and RESTRICTED private, only these"
        reading.refuse(spot.at("private"), allowed=allowed)
    if level.is_private and rules.read_by is not Readers.INVITED:
        reading.refuse(spot.at("read_by"), allowed="invited, which a private channel is")
    if level.is_private and rules.outside_models != WITH_APPROVAL:
        reading.refuse(spot.at("outside_models"), allowed=f"{WITH_APPROVAL}, which GOV-001 asks for at this level")


def check_governance(*, reading: Reading, root: Spot, governance: Governance, raci: Raci) -> None:
    """Note what in the governance file at `root` falls below GOV-001 or contradicts the duties (G5.3, G7.2)."""
    if governance.audit.keep < LEAST_AUDIT:
        reading.refuse(root.at("audit", "keep"), allowed=f"at least {LEAST_AUDIT.days}d")
    for key in ("runbook_changes", "infrastructure_changes"):
        own = root.at(key, "own")
        if own and own.value == "yes":
            reading.refuse(own, allowed="no: nobody merges their own")
    may = {
        column.group
        for party, column in raci.parties.items()
        if raci.may_act(activity=Activity.BREAK_GLASS, party=party)
    }
    if governance.break_glass.by not in may:
        allowed = "R or A for break_glass in raci.yaml, and so may not approve it"
        reading.refuse(root.at("break_glass", "by"), allowed=allowed)
