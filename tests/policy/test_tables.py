"""The other tables of GOV-001, cell by cell, as shipped."""

from datetime import timedelta
from itertools import product

import pytest

from bot.policy.load import FILES, load
from bot.policy.rulebook import Activity, Family, Party, Phase, PhasesRun, Readers
from bot.words import Classification, Severity

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

RACI = [
    # activity, commander, SRE, ML engineer, data engineer, governance
    (Activity.DECLARE, "A", "R", "I", "I", "I"),
    (Activity.EXECUTE_RUNBOOK, "I", "R", "C", "C", "I"),
    (Activity.ROLLBACK, "A", "R", "C", "I", "I"),
    (Activity.STAKEHOLDER_COMMUNICATIONS, "R", "C", "I", "I", "I"),
    (Activity.POSTMORTEM, "C", "R", "C", "C", "I"),
    (Activity.RUNBOOK_CHANGE, "I", "C", "C", "I", "A/R"),
    (Activity.COMPLIANCE_REPORTING, "I", "C", "I", "I", "R"),
    (Activity.CLASSIFICATION, "I", "I", "C", "R", "A"),
    (Activity.BREAK_GLASS, "A", "R", "I", "I", "A"),
]

TYPES = {
    # P1 and D11, with what GOV-001 names; floor and least classification
    "data_exposure": (Severity.SEV2, Classification.RESTRICTED),
    "unusual_access": (Severity.SEV3, Classification.CONFIDENTIAL),
    "unconsented_data_flow": (Severity.SEV2, Classification.CONFIDENTIAL),
    "harmful_output": (Severity.SEV2, Classification.CONFIDENTIAL),
    "unexpected_output": (Severity.SEV4, Classification.INTERNAL),
    "model_drift": (Severity.SEV4, Classification.INTERNAL),
    "model_degradation": (Severity.SEV4, Classification.INTERNAL),
    "data_quality": (Severity.SEV4, Classification.INTERNAL),
    "pipeline_failure": (Severity.SEV4, Classification.INTERNAL),
    "llm_cost_spike": (Severity.SEV4, Classification.INTERNAL),
    "provider_outage": (Severity.SEV2, Classification.INTERNAL),
    "poisoned_data": (Severity.SEV2, Classification.CONFIDENTIAL),
    "membership_inference": (Severity.SEV2, Classification.CONFIDENTIAL),
    "attribute_inference": (Severity.SEV2, Classification.CONFIDENTIAL),
    "training_data_leakage": (Severity.SEV2, Classification.RESTRICTED),
    "re_identification": (Severity.SEV2, Classification.RESTRICTED),
    "cross_contamination": (Severity.SEV2, Classification.CONFIDENTIAL),
    "service": (Severity.SEV4, Classification.INTERNAL),
    "unauthorised_access": (Severity.SEV3, Classification.CONFIDENTIAL),
}

SLOS = [
    ("api_errors", "below 1 %", "28d", "tocsin"),
    ("api_latency", "below 2 s", "28d", "tocsin"),
    ("prediction_accuracy", "at least 92 %", "7d", "source"),
    ("etl_completion", "at least 99 %", "7d", "source"),
    ("sev1_acknowledged", "at least 100 %", "month", "tocsin"),
]

LEVELS = [
    (Classification.PUBLIC, Readers.ANYONE, False, False, "allowed"),
    (Classification.INTERNAL, Readers.MEMBERS, False, True, "allowed"),
    (Classification.CONFIDENTIAL, Readers.INVITED, True, True, "with_approval"),
    (Classification.RESTRICTED, Readers.INVITED, True, True, "with_approval"),
]


@pytest.mark.parametrize(("activity", "cells"), [(row[0], row[1:]) for row in RACI], ids=[row[0] for row in RACI])
def test_duties(policy, activity, cells):
    """Every cell of the duties table is GOV-001's (G2)."""

    duties = policy.raci.activities[activity].duties

    assert cells == tuple("/".join(duties[party]) for party in Party)


@pytest.mark.parametrize(("row", "party"), list(product(range(len(RACI)), Party)))
def test_who_may_act(policy, row, party):
    """R and A may act, C and I may not (G2.1)."""

    activity, *cells = RACI[row]
    cell = cells[tuple(Party).index(party)]

    assert (cell in {"R", "A", "A/R"}) == policy.raci.may_act(activity=activity, party=party)


def test_declaring(policy):
    """The row on declaring speaks of SEV-1 and SEV-2 only (G2)."""

    assert (Severity.SEV1, Severity.SEV2) == policy.raci.activities[Activity.DECLARE].severities


def test_parties(policy):
    """The commander is a role of the incident, every other party a group of people."""

    parties = policy.raci.parties

    assert "commander" == parties[Party.COMMANDER].role
    assert ["sre", "ml_engineering", "data_engineering", "governance"] == [
        parties[party].group for party in Party if party is not Party.COMMANDER
    ]


@pytest.mark.parametrize("key", TYPES)
def test_types(policy, key):
    """The types GOV-001 and its annexes name are there, with their floors and classifications (P1, D11, G9.1)."""

    kind = policy.types[key]

    assert TYPES[key] == (kind.severity_floor, kind.classification)


def test_every_type_has_its_rows_and_phases(policy):
    """From SEV-1 to its floor, each type says who is mobilised and by when each phase is done (S1, S4)."""

    for kind in policy.types.values():
        severities = tuple(one for one in Severity if one.rank <= kind.severity_floor.rank)

        assert severities == tuple(kind.rows)
        assert [severities] * len(kind.phases) == [tuple(phase.within) for phase in kind.phases]
        assert {Phase.ASSESS, Phase.CONTAIN, Phase.RECOVER, Phase.REVIEW} <= {phase.phase for phase in kind.phases}


def test_what_touches_people_is_notified_and_signed_off(policy):
    """Every type on privacy or security has a phase to notify, owned and signed off by legal counsel (S1, S6)."""

    for kind in policy.types.values():
        if kind.family in {Family.PRIVACY, Family.SECURITY}:
            assert ["legal_counsel"] == [one.owner for one in kind.phases if one.phase is Phase.NOTIFY]
            assert "legal_counsel" in kind.sign_off


@pytest.mark.parametrize(("key", "goal", "over", "source"), SLOS)
def test_objectives(policy, key, goal, over, source):
    """The objectives are GOV-001's (G4.1)."""

    slo = policy.objectives.slos[key]

    assert (goal, over, source) == (str(slo.goal), slo.over, slo.measured_by)


def test_the_error_budget(policy):
    """Under 20 % of a month's allowance deployments are frozen; a provider's outage counts (G4.2, G9.1)."""

    budget = policy.objectives.budget

    assert (0.2, "month", ("restoration", "waiver"), ("provider_outage",)) == (
        budget.freeze_below,
        budget.per,
        budget.lifted_by,
        budget.used_by,
    )


@pytest.mark.parametrize(("level", "handled"), [(row[0], row[1:]) for row in LEVELS])
def test_levels(policy, level, handled):
    """The four levels are handled as GOV-001 says (G6.1, G6.3)."""

    rules = policy.classifications[level]

    assert handled == (
        rules.read_by,
        rules.private,
        rules.encrypted,
        rules.outside_models,
    )


def test_changes(policy):
    """Runbooks take one SRE's approval, infrastructure two reviewers, nobody their own (G5.1, G5.2)."""

    runbooks, infrastructure = policy.governance.runbook_changes, policy.governance.infrastructure_changes

    assert (1, "sre", False) == (runbooks.approvals, runbooks.by, runbooks.own)
    assert (2, False) == (infrastructure.approvals, infrastructure.own)
    assert ("motivation", "risk", "test scenario") == runbooks.needs[1:]
    assert ("security gates", "rollback plan", "staging deployment", "smoke test") == infrastructure.needs


def test_break_glass(policy):
    """In a SEV-1 one SRE may approve; within 72 h the change is made again the normal way; the Board hears (G5.3)."""

    rules = policy.governance.break_glass

    assert ((Severity.SEV1,), 1, "sre", 72 * HOUR, "governance") == (
        rules.severities,
        rules.approvals,
        rules.by,
        rules.reapply_within,
        rules.report_to,
    )


def test_audit(policy):
    """The audit log is kept 90 days at least and is evidence for six SOC 2 controls (G7)."""

    audit = policy.governance.audit

    assert (90 * DAY, 5) == (audit.keep, len(audit.fields))
    assert ["CC6.1", "CC6.2", "CC6.8", "CC7.2", "CC7.4", "CC8.1"] == list(audit.soc2)


def test_the_rest_of_governance(policy):
    """Exceptions, models about people, postmortems, action items, floors, reviews, violations (G1.1, G7.4 to G10.1)."""

    around = policy.governance

    assert ("governance", "legal") == (around.exceptions_by, around.outside_models_by)
    assert {"model version", "fairness figures"} <= set(around.people_models)
    assert ("timeline", "update cadence", "scheduling the postmortem") == around.commander_answers_for
    assert (True, ("owner", "due date", "severity", "ticket")) == (around.blameless, around.action_item_needs)
    assert Severity.SEV3 is around.recurrence.severity
    assert {"provider_outage": Severity.SEV2} == around.severity_floors
    assert 92 * DAY == around.reviewed_every
    assert ("governance", "security@example.com") == (
        around.violations.report_to,
        around.violations.security_mailbox,
    )
    assert 3 == len(around.violations.consequences)


def test_every_role_says_what_to_do_first(policy):
    """Each role and office has duties, instructions and groups to be filled from (S2)."""

    for one in (*policy.roles.values(), *policy.offices.values()):
        assert one.answers_for
        assert one.decides
        assert one.instructions
        assert one.filled_from

    assert {"on_call_engineer", "data_protection_lead"} == set(policy.offices)


def test_what_is_not_gov_001_says_so(shipped):
    """Every file marks what is the product's own choice."""

    silent = {name for name in FILES if "roduct default" not in shipped[name].decode()}

    assert {"slos.yaml"} == silent


def test_a_matrix_that_names_no_default(shipped):
    """Without `default` the first type is it, and without `phases_run` phases run once somebody has set a type."""

    text = shipped["matrix.yaml"].decode()
    bare = "\n".join(line for line in text.splitlines() if not line.startswith(("default:", "phases_run:")))
    found = load({**shipped, "matrix.yaml": bare.encode()})

    assert (next(iter(found.types)), PhasesRun.ONCE_SET) == (found.default_type, found.phases_run)
