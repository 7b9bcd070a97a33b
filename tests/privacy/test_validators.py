"""The checks behind the patterns, one table each."""

import re

import pytest

from bot.privacy import validators
from bot.privacy.kinds import SensitiveKind
from bot.privacy.rules import Rule


@pytest.mark.parametrize(
    ("digits", "expected"),
    [("79927398713", True), ("79927398710", False), ("0", True), ("18", True), ("4111111111111111", True)],
)
def test_the_check_digit(digits: str, *, expected: bool) -> None:
    """The Luhn sum decides."""

    assert expected == validators.passes_luhn(digits)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("14155552671", True), ("11155552671", False), ("1415555267", False), ("79123456789", True),
        ("7912345678", False), ("442079460958", True), ("4420794", False), ("35386123", True),
        ("999123456789", False), ("4420794609581234", False), ("4420700000", False),
    ],
)  # fmt: skip
def test_an_international_number(digits: str, *, expected: bool) -> None:
    """A known calling code, a possible length, and not a round figure."""

    assert expected == validators.is_phone(digits)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("10.0.0.5", True), ("256.0.0.1", False), ("127.0.0.1", False), ("0.0.0.0", False), ("255.255.0.0", False)],  # noqa: S104
)
def test_an_ipv4_address_of_somebody(address: str, *, expected: bool) -> None:
    """Octets are at most 255; loopback, the unspecified address and masks are nobody's."""

    assert expected == validators.is_personal_ipv4(address)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("9f8e7d6c", True), ("9f8e7d6", False), ("sha256", False), ("2.41.0-rc1", False), ("12345678", False),
        ("prod/db-2", False), ("qWeRtYuIoPaSdFgHjKlZ", True), ("aaaaaaaaaaaaaaaaaaaaaa", False),
        ("+-+-+-+-+-", False), ("authentication-failure-rate", False), ("${TOKEN_12345}", False),
    ],
)  # fmt: skip
def test_a_value_that_looks_drawn(value: str, *, expected: bool) -> None:
    """Machine-made values are told from words, versions, names and placeholders."""

    assert expected == validators.is_random(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("dXNlcjpwYXNz", True),
        ("authentication", False),
        ("abcdEFGH1234", True),
        ("Python3", False),
        ("cGFzc3dv", False),
    ],
)
def test_a_basic_credential(value: str, *, expected: bool) -> None:
    """It decodes to user and password, or mixes digits and both cases."""

    assert expected == validators.is_basic_credential(value)


def test_a_rule_is_skipped_without_its_hints() -> None:
    """Every rule with hints may not match the empty text; one without always may."""
    rule = Rule(kind=SensitiveKind.EMAIL, pattern=re.compile("@"), hints=("@",))
    always = Rule(kind=SensitiveKind.EMAIL, pattern=re.compile("@"))

    assert [False, True, True] == [rule.may_match(""), rule.may_match("a@b"), always.may_match("")]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("secret", "deadbeef", True), ("api_key", "12345678", True), ("token", "12345678", False),
        ("secret", "deadbee", False), ("token", "${API_TOKEN}", False), ("secret", "prod/db-2", False),
        ("token", "incorrect", False), ("token", "v2.41.0-rc1", False),
    ],
)  # fmt: skip
def test_a_value_set_under_the_name_of_a_key(name: str, value: str, *, expected: bool) -> None:
    """Eight characters are one, unless they are a count, a name, a version or a placeholder."""

    assert expected == validators.is_assigned_key(name, value)
