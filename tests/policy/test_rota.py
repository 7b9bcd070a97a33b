"""Contacts of policy are resolved to accounts, and only to the accounts of full members."""

from dataclasses import replace

import pytest

from bot.policy.rota import Member, resolve

NOOR = Member(
    id="U0NOOR",
    handle="noor",
    name="Noor Haddad",
    zone="Europe/Berlin",
    is_bot=False,
    deleted=False,
    is_restricted=False,
    is_stranger=False,
    team_id="T0HOME",
)
SAM = replace(NOOR, id="U0SAM", handle="Sam", name="Sam Reyes")
TOMAS = replace(NOOR, id="U0TOMAS", handle="tomas", name="Tomas Vidal")
EVE = replace(NOOR, id="U0EVE", handle="eve", name="Noor Haddad")


@pytest.fixture
def rota(policy):
    """Return the rota of a workspace where only three people of policy are members."""
    return resolve(people=policy.people, members=[NOOR, SAM, TOMAS, EVE])


@pytest.mark.parametrize(
    ("contact", "user_id"),
    [
        ("primary", "U0NOOR"),
        ("secondary", "U0SAM"),
        ("sre_lead", "U0SAM"),
        ("vp", None),
        ("nobody_knows", None),
    ],
)
def test_contacts(rota, contact, user_id):
    """A contact is the account whose handle policy names, in whatever case."""

    assert user_id == rota.contact(contact)


def test_a_gap(policy):
    """A contact nobody stands behind is nobody's account."""

    empty = replace(policy.people.contacts["primary"], person=None)
    people = replace(policy.people, contacts={"primary": empty})

    assert resolve(people=people, members=[NOOR]).contact("primary") is None


@pytest.mark.parametrize(
    ("user_id", "words"),
    [
        ("U0NOOR", "primary on call"),
        ("U0SAM", "secondary on call"),
        ("U0TOMAS", "Legal Counsel"),
        ("U0EVE", ""),
    ],
)
def test_what_people_are_called(rota, user_id, words):
    """People are called by the first contact they stand behind, else by their title."""

    assert words == rota.describe(user_id)


def test_persons(rota, policy):
    """A user id leads back to the person of policy; a namesake is nobody."""

    assert policy.people.persons["sam"] == rota.person("U0SAM")
    assert rota.person("U0EVE") is None


def test_who_is_missing(rota):
    """Everybody whom policy names and the workspace does not know is listed."""

    assert ("ada", "mia", "lena", "iris") == rota.missing


@pytest.mark.parametrize(
    "other",
    [
        replace(NOOR, is_bot=True),
        replace(NOOR, deleted=True),
        replace(NOOR, is_restricted=True),
        replace(NOOR, is_stranger=True),
    ],
    ids=["bot", "leaver", "guest", "stranger"],
)
def test_who_is_never_on_call(policy, other):
    """A bot, a leaver, a guest or a stranger never stands in for a person of policy, by handle or by id."""

    by_id = replace(policy.people, persons={"noor": replace(policy.people.persons["noor"], slack="U0NOOR")})

    assert resolve(people=policy.people, members=[other]).contact("primary") is None
    assert resolve(people=by_id, members=[other]).contact("primary") is None
    assert "U0NOOR" == resolve(people=policy.people, members=[replace(other, id="U0X"), NOOR]).contact("primary")


def test_ids(policy):
    """A user id in policy is compared as an id, never with a handle."""

    people = replace(policy.people, persons={"noor": replace(policy.people.persons["noor"], slack="U0NOOR")})
    impostor = replace(EVE, handle="U0NOOR")

    assert "U0NOOR" == resolve(people=people, members=[impostor, NOOR]).contact("primary")


def test_namesakes(policy):
    """A handle that fits two members fits neither: no page goes to the wrong one."""

    rota = resolve(people=policy.people, members=[NOOR, replace(EVE, handle="NOOR")])

    assert rota.contact("primary") is None
    assert "noor" in rota.missing


def test_what_policy_calls_somebody(rota):
    """The name in people.yaml, and nothing for whom policy does not know."""

    assert ("Noor Haddad", "") == (rota.name_of("U0NOOR"), rota.name_of("U0EVE"))
