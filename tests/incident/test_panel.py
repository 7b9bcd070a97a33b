"""The control panel, and who may see an incident at all."""

from dataclasses import replace

import pytest

from bot.incident import commands as c
from bot.incident.context import CLOCK
from bot.incident.model import RoleHolding
from bot.incident.reading.panel import following, offers, roles_of
from bot.incident.sight import may_see, people_in
from bot.words import Act, Classification, Role, Status
from tests.incident.life import ADA, IRIS, NOOR, SAM, START, TOMAS, ZOE, Life, person


def offered(life: Life, who: str) -> list[Act]:
    """Return what `who` may press."""
    return [one.act for one in offers(life.it, life.context(person(who))) if not one.why_not]


def hidden(life: Life, who: str) -> dict[Act, str]:
    """Return what `who` may not press, and why."""
    return {one.act: one.why_not for one in offers(life.it, life.context(person(who))) if one.why_not}


def test_declared(sev1):
    """Who is called answers, anybody escalates and pages; who leads ends it; who declared calls it off."""

    called = "for its teams and who is on call"
    assert [Act.ESCALATE, Act.PAGE_PERSON] == offered(sev1, ZOE)
    assert {
        Act.ACKNOWLEDGE: called,
        Act.TAKE_COMMAND: called,
        Act.POST_UPDATE: "for the commander",
        Act.MITIGATE: "for who leads",
        Act.RESOLVE: "for who leads",
        Act.HAND_OVER: "for the commander",
        Act.CHANGE_SEVERITY: "for who leads",
        Act.CANCEL: "for its declarer and who leads",
        Act.CONFIRM_SEVERITY: "for those on its list",
    } == hidden(sev1, ZOE)
    assert Act.CONFIRM_SEVERITY in offered(sev1, SAM)
    assert Act.ACKNOWLEDGE in offered(sev1, TOMAS)
    assert Act.CANCEL in offered(sev1, ADA)
    assert Act.CANCEL in offered(sev1, SAM)


def test_commanded(sev1):
    """The commander has everything but what is done; others hear who holds the seat."""

    sev1.does(c.TakeCommand())
    sev1.does(c.ConfirmSeverity())

    assert {
        Act.ACKNOWLEDGE: "already acknowledged",
        Act.TAKE_COMMAND: "you command already",
        Act.CONFIRM_SEVERITY: "nothing to confirm",
    } == hidden(sev1, NOOR)
    assert "the commander holds it" == hidden(sev1, ZOE)[Act.TAKE_COMMAND]
    assert Act.TAKE_COMMAND in offered(sev1, SAM)


def test_nobody_commands(sev1):
    """With the seat empty, updates wait for somebody to take it."""

    sev1.does(c.TakeCommand())
    sev1.gives_back()

    assert "nobody commands" == hidden(sev1, ZOE)[Act.POST_UPDATE]


def test_mitigated_and_resolved(sev1):
    """What was mitigated was real; what is resolved takes nothing more."""

    sev1.does(c.TakeCommand())
    sev1.does(c.Mitigate(words="Rolled back"))
    assert "it was real" == hidden(sev1, NOOR)[Act.CANCEL]
    sev1.does(c.Resolve(words="Pool raised"))

    assert [] == offered(sev1, NOOR)
    assert {"already resolved"} == set(hidden(sev1, NOOR).values())


def test_roles_are_named(sev1):
    """Somebody may hold several."""

    sev1.changed(roles=(RoleHolding(role=Role.SCRIBE, person=NOOR, since=START, named_by=ADA),))

    assert (Role.COMMANDER, Role.SCRIBE) == roles_of(sev1.it, NOOR)
    assert () == roles_of(sev1.it, ZOE)


SEEING = [(ADA, True), (NOOR, True), (IRIS, True), (ZOE, False)]


@pytest.mark.parametrize(("who", "sees"), SEEING)
def test_a_private_incident_is_for_those_in_it(sev1, who, sees):
    """Declarer, commander and role holders see it; for others it does not exist, unless they are in its channel."""

    deputy = RoleHolding(role=Role.DEPUTY, person=IRIS, since=START, named_by=ADA)
    assert may_see(sev1.it, person(who))
    sev1.changed(classification=Classification.CONFIDENTIAL, roles=(deputy,))

    assert sees == may_see(sev1.it, person(who))
    assert may_see(sev1.it, person(who), here=True)
    assert may_see(sev1.it, CLOCK)
    assert {ADA, NOOR, IRIS} == people_in(sev1.it)


def test_following(sev1):
    """Whoever does not follow may begin to, whoever does may end it; once it is over for good nobody begins."""

    started = following(sev1.it, sev1.context(person(ZOE)))
    sev1.does(c.Follow(), ZOE)
    while_following = following(sev1.it, sev1.context(person(ZOE)))
    closed = replace(sev1.it, status=Status.CLOSED, followers=())

    assert ((Act.FOLLOW,), (Act.UNFOLLOW,), ()) == (
        started,
        while_following,
        following(closed, sev1.context(person(ZOE))),
    )
