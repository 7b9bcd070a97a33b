"""The governance file: what GOV-001 asks of the organisation around the incidents (G1, G5 to G10)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.policy.model import PolicyFile
from bot.policy.people import EMAIL
from bot.policy.reading import Kind, Reading
from bot.policy.rulebook import Approval, AuditRules, BackAndForth, BreakGlass, Governance, Recurrence, Violations
from bot.policy.sheet import HEAD, read_head
from bot.policy.source import Spot
from bot.words import Severity

FILE = "governance.yaml"

_PARTS = (
    "exceptions",
    "runbook_changes",
    "infrastructure_changes",
    "break_glass",
    "outside_models",
    "audit",
    "people_models",
    "commander",
    "postmortem",
    "action_item_needs",
    "severity_floors",
    "reviewed_every",
    "violations",
)
USUAL = BackAndForth(turns=6, within=timedelta(hours=1))
_CONTROL = re.compile(r"CC[0-9]\.[0-9]{1,2}")
_PLACE = re.compile(r"governance|leadership|operators|incidents")


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceFile:
    """What the governance file says."""

    head: PolicyFile
    governance: Governance


def read_governance(*, reading: Reading, root: Spot) -> GovernanceFile:
    """Return what the governance file at `root` says; mistakes are noted in `reading`."""
    at = reading.fields(root, required=(*HEAD, *_PARTS), optional=("back_and_forth",))
    postmortem = reading.fields(at.get("postmortem"), required=("blameless", "recurrence"))
    return GovernanceFile(
        head=read_head(reading=reading, name=FILE, at=at),
        governance=Governance(
            exceptions_by=_approver(reading, at.get("exceptions")),
            runbook_changes=_approval(reading, at.get("runbook_changes")),
            infrastructure_changes=_approval(reading, at.get("infrastructure_changes")),
            break_glass=_break_glass(reading, at.get("break_glass")),
            outside_models_by=_approver(reading, at.get("outside_models")),
            audit=_audit(reading, at.get("audit")),
            people_models=_needs(reading, at.get("people_models"), "records"),
            commander_answers_for=_needs(reading, at.get("commander"), "answers_for"),
            blameless=reading.flag(postmortem.get("blameless")),
            action_item_needs=reading.texts(at.get("action_item_needs")),
            recurrence=_recurrence(reading, postmortem.get("recurrence")),
            severity_floors=_floors(reading, at.get("severity_floors")),
            reviewed_every=reading.duration(at.get("reviewed_every")),
            violations=_violations(reading, at.get("violations")),
            back_and_forth=_back_and_forth(reading, at.get("back_and_forth")),
        ),
    )


def _approver(reading: Reading, spot: Spot | None) -> str:
    at = reading.fields(spot, required=("approved_by",))
    return reading.name(at.get("approved_by"), kind=Kind.GROUP)


def _needs(reading: Reading, spot: Spot | None, key: str) -> tuple[str, ...]:
    return reading.texts(reading.fields(spot, required=(key,)).get(key))


def _approval(reading: Reading, spot: Spot | None) -> Approval:
    at = reading.fields(spot, required=("approvals", "by", "own", "needs"))
    return Approval(
        approvals=reading.number(at.get("approvals"), least=1, most=9),
        by=reading.name(at.get("by"), kind=Kind.GROUP),
        own=reading.flag(at.get("own")),
        needs=reading.texts(at.get("needs")),
    )


def _break_glass(reading: Reading, spot: Spot | None) -> BreakGlass:
    at = reading.fields(spot, required=("severities", "approvals", "by", "reapply_within", "report_to"))
    return BreakGlass(
        severities=reading.words(at.get("severities"), kind=Severity),
        approvals=reading.number(at.get("approvals"), least=1, most=9),
        by=reading.name(at.get("by"), kind=Kind.GROUP),
        reapply_within=reading.duration(at.get("reapply_within")),
        report_to=_place(reading, at.get("report_to")),
    )


def _place(reading: Reading, spot: Spot | None) -> str:
    """Return one of the channels that channels.yaml names."""
    return reading.matching(spot, shape=_PLACE, allowed="a key of channels.yaml (like governance)")


def _audit(reading: Reading, spot: Spot | None) -> AuditRules:
    at = reading.fields(spot, required=("keep", "fields", "hand_over_to", "soc2"))
    controls = at.get("soc2")
    return AuditRules(
        keep=reading.duration(at.get("keep")),
        fields=reading.texts(at.get("fields")),
        hand_over_to=reading.name(at.get("hand_over_to"), kind=Kind.GROUP),
        soc2=_controls(reading, controls),
    )


def _controls(reading: Reading, spot: Spot | None) -> Mapping[str, str]:
    table = spot.value if spot else {}
    if isinstance(table, str | tuple) or not table or not all(map(_CONTROL.fullmatch, table)):
        reading.refuse(spot, allowed="a table of controls (like CC6.1)")
        return {}
    return {control: reading.text(means) for control, means in table.items()}


def _recurrence(reading: Reading, spot: Spot | None) -> Recurrence:
    at = reading.fields(spot, required=("severity", "incidents", "within"))
    return Recurrence(
        severity=reading.word(at.get("severity"), kind=Severity),
        incidents=reading.number(at.get("incidents"), least=2, most=100),
        within=reading.duration(at.get("within")),
    )


def _floors(reading: Reading, spot: Spot | None) -> Mapping[str, Severity]:
    floors = reading.entries(spot)
    for key, floor in floors.items():
        reading.named.append((Kind.TYPE, Spot(file=floor.file, line=floor.line, key=key, value="")))
    return {key: reading.word(floor, kind=Severity) for key, floor in floors.items()}


def _violations(reading: Reading, spot: Spot | None) -> Violations:
    at = reading.fields(spot, required=("report_to", "security_mailbox", "anonymous_route", "consequences"))
    return Violations(
        report_to=_place(reading, at.get("report_to")),
        security_mailbox=reading.matching(at.get("security_mailbox"), shape=EMAIL, allowed="an e-mail address"),
        anonymous_route=reading.text(at.get("anonymous_route")),
        consequences=reading.texts(at.get("consequences")),
    )


def _back_and_forth(reading: Reading, spot: Spot | None) -> BackAndForth:
    """Return what counts as a pattern; six turns within an hour where the file does not say."""
    if spot is None:
        return USUAL
    at = reading.fields(spot, required=("turns", "within"))
    return BackAndForth(
        turns=reading.number(at.get("turns"), least=2, most=100), within=reading.duration(at.get("within"))
    )
