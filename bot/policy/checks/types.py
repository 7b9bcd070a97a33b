"""The types of the matrix keep to the floors, the levels and the order that the rest of the policy sets."""

from collections.abc import Mapping
from itertools import pairwise

from bot.policy.reading import Reading
from bot.policy.rulebook import Governance, IncidentType, Level, Phase
from bot.policy.source import Spot
from bot.words import Classification, Severity

_LED = (Severity.SEV1, Severity.SEV2)
_LEVELS = tuple(Classification)


def check_types(
    *,
    reading: Reading,
    root: Spot,
    types: Mapping[str, IncidentType],
    default: str,
    levels: Mapping[Classification, Level],
    governance: Governance,
) -> None:
    """Note every type of the matrix file at `root` that contradicts itself or the other files.

    A type with a mistake in it is passed over: what it means is not known yet.
    """
    _check_default(reading, root.at("default"), types.get(default))
    for key, kind in types.items():
        spot = root.at("types", key)
        if spot and reading.is_sound(spot):
            _check_floor(reading, spot, kind, levels[kind.classification], governance.severity_floors.get(key))
            _check_level(reading, spot, kind, levels)
            _check_phases(reading, spot, kind)
            _check_owners(reading, spot, kind)


def _check_default(reading: Reading, spot: Spot | None, kind: IncidentType | None) -> None:
    """Note a default type that hides incidents or forbids a severity: nobody chose it, so it holds nobody to it."""
    if kind and (kind.severity_floor is not Severity.SEV4 or kind.classification.is_private):
        reading.refuse(spot, allowed="a type of every severity that everyone may see: nobody chose it")


def _check_floor(reading: Reading, spot: Spot, kind: IncidentType, level: Level, least: Severity | None) -> None:
    """Note a floor milder than governance.yaml (G9.1) or than the type's classification allows."""
    floor = spot.at("severity_floor")
    if least and kind.severity_floor.rank > least.rank:
        reading.refuse(floor, allowed=f"at least {least}, which governance.yaml sets for it")
    if level.severity_floor and kind.severity_floor.rank > level.severity_floor.rank:
        allowed = f"at least {level.severity_floor}, which {kind.classification} asks for"
        reading.refuse(floor, allowed=allowed)


def _check_level(reading: Reading, spot: Spot, kind: IncidentType, levels: Mapping[Classification, Level]) -> None:
    """Note a type classified lower than its family may be."""
    least = next((one for one in _LEVELS if kind.family in levels[one].least_for), None)
    if least and _LEVELS.index(kind.classification) < _LEVELS.index(least):
        reading.refuse(spot.at("classification"), allowed=f"at least {least}, the least for {kind.family}")


def _check_phases(reading: Reading, spot: Spot, kind: IncidentType) -> None:
    """Note phases out of order, due before the phase they follow, or due sooner for a milder severity."""
    order = tuple(Phase)
    phases = spot.at("phases")
    entries = phases.value if phases and isinstance(phases.value, tuple) else ()
    for (earlier, before), (later, after) in pairwise(zip(kind.phases, entries, strict=True)):
        if order.index(later.phase) <= order.index(earlier.phase):
            reading.refuse(after.at("phase"), allowed=f"after {earlier.phase}: {', '.join(order)} is the order")
        for severity in kind.rows:
            if later.within[severity] < earlier.within[severity]:
                due = before.at("within", severity)
                allowed = f"at least {due.value if due else ''}, by which {earlier.phase} is due"
                reading.refuse(after.at("within", severity), allowed=allowed)
    for entry in entries:
        reading.refuse_falling([due for severity in kind.rows if (due := entry.at("within", severity))])


def _check_owners(reading: Reading, spot: Spot, kind: IncidentType) -> None:
    """Note a phase whose owner is not mobilised, and a SEV-1 or SEV-2 that nobody commands (G8.1)."""
    phases = spot.at("phases")
    entries = phases.value if phases and isinstance(phases.value, tuple) else ()
    for severity, row in kind.rows.items():
        roles = spot.at("severities", severity, "roles")
        if severity in _LED and "commander" not in row.roles:
            reading.refuse(roles, allowed="complete without commander")
        for phase, entry in zip(kind.phases, entries, strict=True):
            if phase.owner not in row.roles:
                allowed = f"among the roles of {severity.label}, and owns {phase.phase}"
                reading.refuse(entry.at("owner"), allowed=allowed)
