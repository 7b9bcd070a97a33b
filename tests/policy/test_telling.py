"""Policy is told in plain words."""

from dataclasses import replace

import pytest

from bot.policy.telling import Told, tell, tell_anyone
from bot.words import Severity


def lines(policy, what) -> tuple[str, ...]:
    """Return what is told about `what`."""
    told = tell(policy, what)
    assert isinstance(told, Told)
    return told.lines


@pytest.mark.parametrize("what", ["sev1", "SEV-1", "Sev 1", "sev_1"])
def test_a_severity(policy, what):
    """However it is written, a severity is found; its clocks, calls and rights are told."""

    told = tell(policy, what)
    mark = policy.short_hash

    assert isinstance(told, Told)
    assert "SEV-1, production crisis" == told.title
    assert told.source == (
        f"severity.yaml 2.0.0, owned by Platform Governance, next review 2027-02-01; policy 2.0.0 ({mark})."
    )
    assert (
        "Full outage, more than 10 % of users, an SLO breached for more than 30 min, or confirmed revenue impact.",
        (
            "Clocks: acknowledged within 5 min · a named commander answers within 5 min · mitigated within 30 min · "
            "resolved within 4 h."
        ),
        "Status updates: every 15 min.",
        (
            "Paged until somebody acknowledges: at once primary on call (Noor Haddad), by way 1 · "
            "after 2 min primary on call (Noor Haddad), by way 2 · after 3 min secondary on call (Sam Reyes), by way 1 "
            "· after 5 min ML Platform Lead (Mia Chen), by way 1."
        ),
        "Not mitigated in time: ML Platform Lead (Mia Chen) and VP Engineering (Lena Brandt) are called.",
        "Any other clock missed: ML Platform Lead (Mia Chen) is called.",
        "Told in: #ml-incidents-sev1.",
        "Postmortem: within 48 h, blameless.",
        "Declare SEV-1 / SEV-2: Incident Commander and ML Platform SRE may.",
    ) == told.lines[:9]


def test_the_mildest_severity(policy):
    """What does not hold is left out: SEV-4 has no mitigation, no updates, no broadcast, and anybody declares it."""

    said = " ".join(lines(policy, "sev4"))

    assert "resolved within this sprint or the next." in said
    assert [] == [word for word in ("mitigated", "Status updates", "Told in", "Declare") if word in said]


def test_a_gap(policy):
    """A contact nobody stands behind is told as nobody."""

    contacts = {**policy.people.contacts}
    contacts["secondary"] = replace(contacts["secondary"], person=None)
    gap = replace(policy, people=replace(policy.people, contacts=contacts))

    assert "after 3 min secondary on call (nobody), by way 1" in " ".join(lines(gap, "sev1"))


def test_nobody_is_paged(policy):
    """A severity without a ladder of pages says nothing of one."""

    quiet = replace(policy.rules(Severity.SEV4), pages=())
    calm = replace(policy, severities={**policy.severities, Severity.SEV4: quiet})

    assert "Paged" not in " ".join(lines(calm, "sev4"))


@pytest.mark.parametrize("what", ["provider outage", "provider-outage", "provider_outage"])
def test_a_type(policy, what):
    """A type tells its triggers, floors, rows, phases and who signs off."""

    said = lines(policy, what)

    assert "At least SEV-2, at least INTERNAL." in said
    assert "Runbook: none yet." in said
    assert (
        "Contain within SEV-1 30 min, SEV-2 2 h: on-call engineer; fallback, cache or circuit breaker in force." in said
    )
    assert "Goes outside only when signed off by: communications lead." in said
    assert "Vendors concerned are told." in said
    assert "Vendors concerned are told." not in lines(policy, "service")


def test_a_role(policy):
    """A role tells what it answers for, what it decides, who may take it, and what to do first."""

    said = lines(policy, "communications lead")

    assert "Decides: The words and the moment of a status update." in said
    assert "Only those who lead may take it." in said
    assert "SEV-1 needs it filled within 20 min." in said
    assert "1. Ask the commander what may be said." in said
    assert "Any member may take it while it is free." in lines(policy, "scribe")


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("on_call_engineer", "decides: What to try first."),
        ("sre", "members: noor, sam."),
        ("rollback", "ml engineer: C."),
        ("api_errors", "goal: below 1 %."),
        ("restricted", "private: yes."),
        ("Noor Haddad", "way 1: DM."),
        ("ladder", "commander after: 5 min."),
    ],
)
def test_everything_else(policy, what, line):
    """Whatever policy names can be read, as its facts."""

    assert line in lines(policy, what)


@pytest.mark.parametrize(
    ("what", "line"),
    [
        (
            "raci",
            "Authorise rollback: Incident Commander and ML Platform SRE may; asked before: ML Engineer; told after",
        ),
        ("roles", "Scribe: "),
        ("types", "model drift (model): SEV-4 or worse, INTERNAL or stricter."),
    ],
)
def test_everything_of_a_kind(policy, what, line):
    """A line for each: who may act and who is asked or told, what a role answers for, how mild a type may be."""

    assert [] != [one for one in lines(policy, what) if one.startswith(line)], lines(policy, what)


def test_anyone_hears_no_telephone(policy):
    """Members ask for severities, types and roles; people and their numbers are not told that way."""

    assert isinstance(tell(policy, "Noor Haddad"), Told)
    said = "Policy says nothing about `Noor Haddad`. Ask for sev1 to sev4, raci, roles, types, a role such as scribe, "
    assert f"{said}or one of the types." == tell_anyone(policy, "Noor Haddad")
    assert isinstance(tell_anyone(policy, "SEV-1"), Told)
    assert "The nearest is `model_drift`." in str(tell_anyone(policy, "modeldrif"))


def test_nothing_known(policy):
    """A name nobody knows is answered with the nearest one."""

    assert "Policy says nothing about `modeldrif`: the nearest is `model_drift`." == tell(policy, "modeldrif")


def test_all_severities(policy):
    """Each severity tells whom a missed clock calls (G3.2)."""

    assert [] == [one for one in Severity if not any("missed" in line for line in lines(policy, one))]
