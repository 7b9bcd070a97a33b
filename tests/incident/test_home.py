"""What somebody's own page shows of an incident: who may know of it, and what it asks of whom."""

import pytest

from bot.incident import commands as c
from bot.incident.model import RoleHolding
from bot.incident.reading.home import asked_of, commands_now, leaders, may_know, people_of
from bot.words import Act, Classification, Role
from tests.incident.life import ADA, IRIS, LENA, MIA, MINUTE, NOOR, SAM, TOMAS, ZOE

ASKED = [
    (NOOR, 0, (Act.TAKE_COMMAND,)),
    (SAM, 0, ()),
    (SAM, 4, (Act.ACKNOWLEDGE,)),
    (MIA, 31, (Act.ACKNOWLEDGE, Act.ON_IT)),
    (ADA, 31, ()),
]


@pytest.mark.parametrize(("person", "minutes", "acts"), ASKED)
def test_what_an_incident_asks_of_whom(sev1, person, minutes, acts):
    """Named commander, paged, called: each is asked for the act that answers, until somebody does."""

    life = sev1.wait(minutes * MINUTE)

    assert acts == asked_of(life.it, person)


def test_what_was_answered_is_asked_no_more(sev1):
    """Acknowledged, commanded, on it: nothing is left to ask."""
    life = sev1.wait(31 * MINUTE)
    life.does(c.Acknowledge(), NOOR)
    life.does(c.AnswerCall(), MIA)

    assert [(), (), ()] == [asked_of(life.it, person) for person in (NOOR, SAM, MIA)]
    assert (True, False) == (commands_now(life.it, NOOR), commands_now(life.it, SAM))


def test_a_named_commander_does_not_command_yet(sev1):
    """Being named is not answering (G8.1)."""

    assert not commands_now(sev1.it, NOOR)


def test_leaders_are_whom_policy_calls_when_mitigation_is_missed(policy, rota):
    """Escalation contacts of every severity, found as people; nobody else."""

    assert frozenset({MIA, LENA, SAM}) == leaders(policy, rota)


def test_a_private_incident_is_known_to_its_people_and_to_leaders(sev1):
    """Who declared it, leads it, holds a role or was called knows of it; others do not, unless they lead."""
    life = sev1.wait(31 * MINUTE)
    scribe = RoleHolding(role=Role.SCRIBE, person=TOMAS, since=life.now, named_by=NOOR)
    private = life.changed(classification=Classification.CONFIDENTIAL, roles=(scribe,)).it

    assert frozenset({ADA, NOOR, SAM, MIA, LENA, TOMAS}) == people_of(private)
    assert (True, False) == (may_know(private, TOMAS, leads=False), may_know(private, IRIS, leads=False))
    assert may_know(private, IRIS, leads=True)


def test_everyone_knows_of_what_is_not_private(sev1):
    """An incident that anyone may see is on everyone's page."""

    assert may_know(sev1.it, ZOE, leads=False)


def test_an_incident_nobody_commands_has_its_declarer(sev1):
    """With nobody on call the declarer is its one person."""

    assert ADA in people_of(sev1.changed(seat=None, pages=()).it)
