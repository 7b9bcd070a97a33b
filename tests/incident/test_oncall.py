"""Who is on call: which team is meant, who stands behind its turns, and what they may expect."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.incident.reading.oncall import Duty, duties, ends, find_team, on_duty, turns
from bot.incident.refusing.oncall_refusals import no_such_team, no_ways, nobody_on_call, paged_lately
from bot.policy.model import Team
from tests.incident.life import ADA, IRIS, MIA, NOOR, SAM, START, ZOE, read, rota_of

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
ML, DATA = "ML Platform", "Data Platform"


@pytest.mark.parametrize(
    ("typed", "team"),
    [
        ("", ML),
        ("ML Platform", ML),
        ("ml platform", ML),
        ("data", DATA),
        ("data-platform", DATA),
        ("data_platform", DATA),
        ("  Data   Platform ", DATA),
        ("platform", None),
        ("search", None),
    ],
)
def test_which_team(policy, typed, team):
    """A team is meant by its name or its beginning; nothing typed means the one that incidents page."""

    found = find_team(policy.people, typed)

    assert team == (found.name if found else None)


def test_the_turns_of_a_team(policy, rota):
    """Each turn has its person and account, whether these are quiet hours, and Do Not Disturb as Slack has it."""

    until = START + timedelta(hours=3)
    found = turns(policy.people.teams[0], rota, now=START, quiet={SAM: until})

    assert [("primary", NOOR), ("secondary", SAM), ("commander", MIA)] == [(one.label, one.account) for one in found]
    assert [False, False, True] == [one.is_quiet for one in found]
    assert [None, until, None] == [one.disturb_until for one in found]


def test_gaps(policy):
    """A turn nobody holds, and one whose person has no account here, are gaps to be seen."""

    rota = rota_of(policy, without=(ADA,))
    found = turns(policy.people.teams[1], rota, now=START, quiet={})

    assert [("primary", "ada", ""), ("secondary", None, "")] == [
        (one.label, one.person.key if one.person else None, one.account) for one in found
    ]
    assert () == on_duty(policy.people.teams[1], rota)


def test_who_is_asked_about(policy, rota):
    """Everybody on call is asked about once; offices are none."""

    team = policy.people.teams[0]
    twice = replace(team, contacts={**team.contacts, "second": replace(team.contacts["secondary"], person="noor")})

    assert (NOOR, SAM, MIA) == on_duty(team, rota) == on_duty(twice, rota)


def test_when_turns_end(policy):
    """Turns end at the team's next hand-off, or nobody says when."""

    assert MONDAY == ends(policy.people.teams[0], now=START)
    assert ends(Team(name="Search", contacts={}), now=START) is None


@pytest.mark.parametrize(
    ("person", "held"),
    [
        (NOOR, (Duty(team=ML, turns=("primary",), until=MONDAY),)),
        (SAM, (Duty(team=ML, turns=("secondary",), until=MONDAY),)),
        (MIA, (Duty(team=ML, turns=("commander",), until=MONDAY),)),
        (ADA, (Duty(team=DATA, turns=("primary",), until=MONDAY),)),
        (IRIS, ()),
        (ZOE, ()),
    ],
)
def test_turns_on_call(rota, person, held):
    """A turn on call is a contact that says so, in any team; an office is none."""

    assert held == duties(rota, person, now=START)


def test_refusals(policy):
    """Each refusal says what can be done instead, and gives back nothing but letters of what was typed."""

    teams = policy.people.teams

    assert "There is no team `search`. Teams: ML Platform, Data Platform." == read(
        no_such_team("search", teams).sentence
    )
    assert "There is no team `…`." in read(no_such_team("<!here>", teams).sentence).replace("`here`", "`…`")
    assert "There is no team `…`." in read(no_such_team("🔥", teams).sentence)
    assert read(nobody_on_call(teams[1]).sentence) == (
        "Team Data Platform has nobody on call now. Page a person: `/incident page @name why`. "
        "Governance is told of the gap."
    )
    assert read(no_ways(owner="Platform Governance").sentence) == (
        "You are not in `people.yaml`, so there is no way to test. Platform Governance keeps that list."
    )
    assert read(paged_lately(timedelta(minutes=4), every=timedelta(minutes=10)).sentence) == (
        "You tested your page 4 min ago. The next test is possible in 6 min; nothing was sent."
    )
