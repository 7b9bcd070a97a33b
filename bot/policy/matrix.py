"""The matrix file: what each type of incident asks for, by severity (P1, S1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.policy.model import PolicyFile
from bot.policy.reading import Kind, Reading
from bot.policy.rulebook import Family, IncidentType, MatrixRow, Phase, PhasesRun, PlaybookPhase
from bot.policy.sheet import HEAD, read_head
from bot.policy.source import Spot
from bot.words import Classification, Severity

FILE = "matrix.yaml"
NONE_YET = "none yet"
"""What `runbook` says, honestly, while nobody has written one."""

_RUNBOOK = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_ASKED = ("name", "family", "triggers", "collect", "classification", "severity_floor", "runbook", "tell_vendors")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixFile:
    """What the matrix file says; `default` is the type of an incident whose type nobody set."""

    head: PolicyFile
    types: Mapping[str, IncidentType]
    default: str
    phases_run: PhasesRun


def read_matrix(*, reading: Reading, root: Spot) -> MatrixFile:
    """Return what the matrix file at `root` says; mistakes are noted in `reading`."""
    at = reading.fields(root, required=(*HEAD, "types"), optional=("default", "phases_run"))
    types = {key: _type(reading, spot) for key, spot in reading.entries(at.get("types")).items()}
    return MatrixFile(
        head=read_head(reading=reading, name=FILE, at=at),
        types=types,
        default=reading.name(at["default"], kind=Kind.TYPE) if "default" in at else next(iter(types), ""),
        phases_run=reading.word(at["phases_run"], kind=PhasesRun) if "phases_run" in at else PhasesRun.ONCE_SET,
    )


def _type(reading: Reading, spot: Spot) -> IncidentType:
    at = reading.fields(spot, required=(*_ASKED, "sign_off", "review_with", "severities", "phases"))
    floor = reading.word(at.get("severity_floor"), kind=Severity)
    return IncidentType(
        name=reading.text(at.get("name"), at_most=40),
        family=reading.word(at.get("family"), kind=Family),
        triggers=reading.texts(at.get("triggers"), most=8),
        collect=reading.texts(at.get("collect"), most=8),
        classification=reading.word(at.get("classification"), kind=Classification),
        severity_floor=floor,
        runbook=_runbook(reading, at.get("runbook")),
        sign_off=reading.names(at.get("sign_off"), kind=Kind.ROLE),
        review_with=reading.names(at.get("review_with"), kind=Kind.GROUP),
        tell_vendors=reading.flag(at.get("tell_vendors")),
        rows=_rows(reading, at.get("severities"), floor),
        phases=tuple(_phase(reading, phase, floor) for phase in reading.items(at.get("phases"), most=len(Phase))),
    )


def from_worst_to(floor: Severity) -> tuple[Severity, ...]:
    """Return the severities a type with this floor may have."""
    return tuple(severity for severity in Severity if severity.rank <= floor.rank)


def _runbook(reading: Reading, spot: Spot | None) -> str | None:
    if spot and spot.value == NONE_YET:
        return None
    name = reading.matching(spot, shape=_RUNBOOK, allowed=f"a runbook's name without .md, or `{NONE_YET}`")
    return reading.name(spot, kind=Kind.RUNBOOK) if name else None


def _rows(reading: Reading, spot: Spot | None, floor: Severity) -> Mapping[Severity, MatrixRow]:
    severities = from_worst_to(floor)
    at = reading.fields(spot, required=severities)
    return {severity: _row(reading, at.get(severity)) for severity in severities}


def _row(reading: Reading, spot: Spot | None) -> MatrixRow:
    at = reading.fields(spot, required=("teams", "roles", "contacts"))
    return MatrixRow(
        teams=reading.names(at.get("teams"), kind=Kind.GROUP),
        roles=reading.names(at.get("roles"), kind=Kind.ROLE),
        contacts=tuple(reading.contact(contact) for contact in reading.items(at.get("contacts"))),
    )


def _phase(reading: Reading, spot: Spot, floor: Severity) -> PlaybookPhase:
    at = reading.fields(spot, required=("phase", "owner", "within", "artifacts"))
    return PlaybookPhase(
        phase=reading.word(at.get("phase"), kind=Phase),
        owner=reading.name(at.get("owner"), kind=Kind.ROLE),
        within=_within(reading, at.get("within"), floor),
        artifacts=reading.texts(at.get("artifacts"), most=8),
    )


def _within(reading: Reading, spot: Spot | None, floor: Severity) -> Mapping[Severity, timedelta]:
    severities = from_worst_to(floor)
    at = reading.fields(spot, required=severities)
    return {severity: reading.duration(at.get(severity)) for severity in severities}
