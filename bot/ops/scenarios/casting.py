"""Who of the sandbox's people plays which role of a scenario."""

from collections.abc import Mapping

from bot.ops.scenarios.loading import named
from bot.ops.scenarios.model import DrillRole, RowKind, Scenario

PRIMARY = "noor"
"""The primary on call of the shipped policy: named commander by every declaration."""

RELAY = "ada"
"""Who passes on what people outside the company say."""

ON_LIST = frozenset({"noor", "sam"})
"""Whom the shipped policy lets mitigate and resolve besides the commander: its SREs (G2)."""

OUTSIDE = frozenset(
    {
        DrillRole.CHANGE_AUTHOR,
        DrillRole.CI,
        DrillRole.CUSTOMER,
        DrillRole.REGULATOR,
        DrillRole.UPSTREAM_MAINTAINER,
    }
)
"""Roles that take no part in the response: what they say is background."""

USUAL: Mapping[DrillRole, str] = {
    DrillRole.CUSTOMER_LEAD: "iris",
    DrillRole.EXECUTIVE: "lena",
    DrillRole.ML_LEAD: "ada",
    DrillRole.MONITORING: "ada",
    DrillRole.ON_CALL: PRIMARY,
    DrillRole.PRIVACY_LEAD: "tomas",
    DrillRole.RESPONDER: "sam",
    DrillRole.SERVICE_OWNER: "ada",
}


def player(role: DrillRole, scenario: Scenario, *, commander: str) -> str:
    """Return the handle that plays `role` while `commander` holds the seat; whom the scenario casts comes first."""
    if role in scenario.personas:
        return scenario.personas[role]
    if role in OUTSIDE:
        return RELAY
    if role is DrillRole.COMMS:
        return commander
    if role is DrillRole.INCIDENT_LEAD:
        return _lead(scenario)
    return USUAL[role]


def _lead(scenario: Scenario) -> str:
    """Return who the scenario's first `command` row puts in the seat, else the primary on call."""
    row = next((row for row in scenario.rows if row.kind is RowKind.COMMAND), None)
    if row is None:
        return PRIMARY
    return named(row) or scenario.personas.get(row.role) or USUAL.get(row.role, PRIMARY)
