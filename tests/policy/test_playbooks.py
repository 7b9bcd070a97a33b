"""What the matrix asks for is found by the names people write, for every type and severity."""

import pytest

from bot.policy.playbooks import (
    find_type,
    nearest_type,
    role_label,
    role_of,
    row_of,
    stricter,
    worse,
)
from bot.words import Classification, Role, Severity


@pytest.mark.parametrize("written", ["model_drift", "Model Drift", "model-drift", "MODELDRIFT", " model  drift "])
def test_types_are_found_as_people_write_them(policy, written):
    """Hyphens, spaces and case part nobody from a type."""

    assert "model_drift" == find_type(policy, written)


def test_every_type_is_found_by_key_and_name(policy):
    """All 26 of them."""

    assert 26 == len(policy.types)
    assert list(policy.types) == [find_type(policy, kind.name) for kind in policy.types.values()]
    assert list(policy.types) == [find_type(policy, key) for key in policy.types]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("modle drift", "model_drift"),
        ("data expo", "data_exposure"),
        ("outage", "provider_outage"),
        ("xyzzy", None),
        ("", None),
    ],
)
def test_a_misspelt_type_has_a_nearest_one(policy, typed, near):
    """What is close, or begins as one does, is offered; what is far from any is not."""

    assert find_type(policy, typed) is None
    assert near == nearest_type(policy, typed)


def test_the_row_of_every_type_and_severity(policy):
    """What is asked for comes from the row of the severity; milder than the floor, from the floor's."""

    for kind in policy.types.values():
        for severity in Severity:
            row = kind.rows.get(severity, kind.rows[kind.severity_floor])

            assert row == row_of(kind, severity)


def test_roles_and_offices_have_names(policy):
    """Roles and offices are said as people say them."""

    assert (Role.COMMUNICATIONS_LEAD, None) == (role_of("communications_lead"), role_of("on_call_engineer"))
    assert "communications lead" == role_label(policy, "communications_lead")
    assert "on-call engineer" == role_label(policy, "on_call_engineer")


def test_the_worse_and_the_stricter_hold():
    """Of two severities the worse, of two classifications the one fewer may see."""

    assert Severity.SEV2 is worse(Severity.SEV3, Severity.SEV2) is worse(Severity.SEV2, Severity.SEV4)
    assert Classification.RESTRICTED is stricter(Classification.RESTRICTED, Classification.PUBLIC)
    assert Classification.CONFIDENTIAL is stricter(Classification.INTERNAL, Classification.CONFIDENTIAL)
