"""What a scenario is made of: rows of a public incident, how sure their times are, and who plays whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Precision(StrEnum):
    """How a row's time is known; a report never presents an invented one as history."""

    MINUTE = "E"
    EXACT = "X"
    APPROXIMATE = "A"
    DATE = "D"
    INVENTED = "I"

    @property
    def caption(self) -> str:
        """Return the precision in words."""
        return _CAPTIONS[self]


_CAPTIONS = {
    Precision.MINUTE: "minute given by the source",
    Precision.EXACT: "exact, from a post or a chat link",
    Precision.APPROXIMATE: "approximate",
    Precision.DATE: "only the date is known",
    Precision.INVENTED: "in no source, placed for the drill",
}


class DrillRole(StrEnum):
    """What somebody was in the incident; sources seldom say who did a thing, so this is a casting, not a fact."""

    CHANGE_AUTHOR = "change_author"
    CI = "ci"
    COMMS = "comms"
    CUSTOMER = "customer"
    CUSTOMER_LEAD = "customer_lead"
    EXECUTIVE = "exec"
    INCIDENT_LEAD = "incident_lead"
    ML_LEAD = "ml_lead"
    MONITORING = "monitoring"
    ON_CALL = "on_call"
    PRIVACY_LEAD = "privacy_lead"
    REGULATOR = "regulator"
    RESPONDER = "responder"
    SERVICE_OWNER = "service_owner"
    UPSTREAM_MAINTAINER = "upstream_maintainer"

    @property
    def words(self) -> str:
        """Return the role as people say it, such as "the customer lead"."""
        return _SPOKEN.get(self) or f"the {self.value.replace('_', ' ')}"


_SPOKEN = {
    DrillRole.CI: "the build pipeline",
    DrillRole.EXECUTIVE: "the executive",
    DrillRole.MONITORING: "monitoring",
    DrillRole.ON_CALL: "the engineer on call",
}


class RowKind(StrEnum):
    """What happened in a row."""

    ACK = "ack"
    ACTION_ITEM = "action_item"
    ALERT = "alert"
    ASSIGN = "assign"
    COMMAND = "command"
    COMMS = "comms"
    DECISION = "decision"
    DECLARE = "declare"
    ESCALATE = "escalate"
    MITIGATE = "mitigate"
    NOTE = "note"
    RESOLVE = "resolve"
    SEVERITY = "severity"
    UPDATE = "update"


DECLARING = (RowKind.DECLARE, RowKind.SEVERITY, RowKind.ALERT)
"""Kinds that can stand for the declaration, the best first: few sources say when an incident was declared."""


NAMING = frozenset({RowKind.ASSIGN, RowKind.COMMAND, RowKind.ESCALATE})
"""Kinds whose text may open with the @handle of whom they are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that happened, `at` whole minutes from the scenario's T0."""

    at: int
    precision: Precision
    role: DrillRole
    kind: RowKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A public incident in rows, ordered by time.

    `t0` is the first row's moment (aware, UTC), `sources` are the addresses the rows were taken from, and `personas`
    says which handle of the sandbox plays a role where the usual casting does not fit. `is_private` says that only
    people invited see it, from its declaration on.
    """

    id: str
    title: str
    sources: tuple[str, ...]
    t0: datetime
    rows: tuple[Row, ...]
    personas: Mapping[DrillRole, str]
    is_private: bool = False
