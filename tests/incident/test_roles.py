"""Roles other than commander: who takes, gives and leaves them, who hears of it, and what they may do."""

import pytest

from bot.incident import commands as c
from bot.incident.history import role_events as people
from bot.incident.refusing.role_refusals import no_such_role
from bot.incident.rules.forms import refuse_form
from bot.incident.sentences import Who
from bot.words import Act, Classification, Role
from tests.incident.life import ADA, IRIS, MIA, NOOR, SAM, START, ZOE, person, read

SCRIBE, DEPUTY, COMMS = Role.SCRIBE, Role.DEPUTY, Role.COMMUNICATIONS_LEAD


@pytest.fixture
def led(sev1):
    """Return an incident that Noor commands."""
    sev1.does(c.TakeCommand())
    sev1.said.clear()
    return sev1


def holders(life):
    """Return who holds which role."""
    return {held.role: held.person for held in life.it.roles}


def views(life):
    """Return what was said where: place and picture."""
    return [(str(one.place), one.view) for _, one in life.said if one.view]


def test_taking_a_free_role(led):
    """Any member takes a free role; the channel hears it and the duties come by direct message."""

    led.does(c.TakeRole(role=SCRIBE), ZOE)

    assert {SCRIBE: ZOE} == holders(led)
    assert [("channel", "line.role"), (f"dm:{ZOE}", "role.duties")] == views(led)
    assert (ZOE,) == led.said[0][1].people
    assert START == led.it.roles[0].since
    assert led.is_replayed()


def test_giving_a_role(led):
    """The commander gives a role; whoever held it is told that another has it."""

    led.does(c.TakeRole(role=SCRIBE), ZOE)
    led.said.clear()
    led.does(c.GiveRole(role=SCRIBE, person=SAM))

    assert {SCRIBE: SAM} == holders(led)
    assert [("channel", "line.role"), (f"dm:{SAM}", "role.duties"), (f"dm:{ZOE}", "line.role")] == views(led)


def test_taking_over_a_role(led):
    """A leader takes a held role at once; whoever held it is told."""

    led.does(c.TakeRole(role=SCRIBE), ZOE)
    led.said.clear()
    given = led.does(c.TakeRole(role=SCRIBE), MIA)

    assert [(MIA, ZOE)] == [(one.person, one.over) for one in given if isinstance(one, people.RoleGiven)]
    assert (f"dm:{ZOE}", "line.role") in views(led)


def test_giving_back(led):
    """Who leaves a role leaves nobody in it, and the channel hears so."""

    led.does(c.TakeRole(role=SCRIBE), ZOE)
    led.said.clear()
    led.does(c.GiveBackRole(role=SCRIBE), ZOE)

    assert ({}, [("channel", "line.role_empty")]) == (holders(led), views(led))


@pytest.mark.parametrize("role", Role)
def test_policy_says_who_may_take_a_role(policy, led, role):
    """Roles that carry authority are taken by leaders only; the others by any member (S2)."""

    free = policy.anyone_may_take(role)
    if role is Role.COMMANDER:
        return
    decision = led.ask(c.TakeRole(role=role), ZOE)

    assert (role not in {DEPUTY, COMMS}) == free == isinstance(decision, tuple)


REFUSED = [
    (
        c.TakeRole(role=DEPUTY),
        ZOE,
        4,
        "Taking the role of deputy on INC-42 is for UNOOR, USAM or UMIA.",
    ),
    (c.GiveRole(role=SCRIBE, person=SAM), ZOE, 4, "Giving roles on INC-42 is for UNOOR, USAM or UMIA."),
    (
        c.TakeRole(role=SCRIBE),
        ZOE,
        45,
        "UADA is scribe of INC-42. They can give it back, or the commander (UNOOR) can give it to you.",
    ),
    (
        c.TakeRole(role=SCRIBE),
        ADA,
        17,
        "You are scribe of INC-42 already. To give it back: `/incident 42 role scribe back`.",
    ),
    (c.GiveRole(role=SCRIBE, person=ADA), NOOR, 17, "UADA is scribe of INC-42 already."),
    (c.GiveBackRole(role=SCRIBE), ZOE, 17, "You are not scribe of INC-42. Nothing was changed."),
    (c.TakeRole(role=Role.COMMANDER), NOOR, 17, "You command INC-42 already."),
    (c.GiveRole(role=Role.COMMANDER, person=NOOR), SAM, 17, "UNOOR commands INC-42 already."),
    (c.GiveBackRole(role=Role.COMMANDER), SAM, 17, "You do not command INC-42. Nothing was changed."),
]


@pytest.mark.parametrize(("command", "by", "number", "sentence"), REFUSED)
def test_refusals(led, command, by, number, sentence):
    """Each "no" about a role says who can, or what to do; a role named commander is the seat."""

    led.does(c.TakeRole(role=SCRIBE), ADA)
    before = led.it
    refused = led.refused(command, by)

    assert (number, sentence, before) == (refused.number, read(refused.sentence), led.it)


def test_no_such_role():
    """A role there is none of is named back without anything that reads as markup (no. 33)."""

    said = "There is no role `boss`. Roles: commander, deputy, communications lead, scribe, security lead, "

    assert (33, f"{said}legal counsel, customer advocate.") == (
        no_such_role("`boss`").number,
        read(no_such_role("`boss`").sentence),
    )
    assert "There is no role `…`." == read(no_such_role("``").sentence)[:21]


@pytest.mark.parametrize("role", Role)
def test_who_may_post_updates(led, role):
    """Deputy and communications lead post status updates, and no other role does (G3.3)."""

    if role is Role.COMMANDER:
        return
    led.does(c.GiveRole(role=role, person=IRIS))
    decision = led.ask(c.PostUpdate(now="Rolling back."), IRIS)

    assert (role in {DEPUTY, COMMS}) == isinstance(decision, tuple)


def test_a_deputy_leads_until_the_role_ends(led):
    """A deputy may resolve; somebody who gave the role back may not."""

    led.does(c.TakeRole(role=DEPUTY), SAM)
    led.does(c.GiveRole(role=DEPUTY, person=IRIS))
    led.does(c.GiveBackRole(role=DEPUTY), IRIS)
    refused = led.refused(c.Mitigate(words="Rolled back."), IRIS)
    led.does(c.GiveRole(role=DEPUTY, person=IRIS))
    led.does(c.Mitigate(words="Rolled back."), IRIS)

    assert (4, IRIS) == (refused.number, led.it.mitigated.by)


def test_the_update_refusal_names_the_communications_lead(led):
    """Who may not post an update is told who may, by name."""

    led.does(c.GiveRole(role=COMMS, person=IRIS))

    assert Who(IRIS) in led.refused(c.PostUpdate(now="Rolling back."), ZOE).sentence


@pytest.mark.parametrize(("act", "by", "opens"), [(Act.TAKE_ROLE, ZOE, True), (Act.GIVE_ROLE, ZOE, False)])
def test_forms(led, act, by, opens):
    """The form to give a role is not opened for who could not submit it."""

    assert opens == (refuse_form(act, led.it, led.context(person(by))) is None)
    assert None is refuse_form(act, led.it, led.context(person(NOOR)))


def test_joining_and_inviting(led):
    """Any member comes in, or brings somebody, and Slack's own line says so."""

    led.does(c.Join(), ZOE)
    led.does(c.Invite(person=MIA), ZOE)

    assert [(ZOE,), (MIA,)] == [one.people for _, one in led.said]
    assert [] == views(led)


@pytest.mark.parametrize(
    ("command", "by", "refused"),
    [
        (c.Join(), ZOE, True),
        (c.Join(), NOOR, False),
        (c.Invite(person=ZOE), ZOE, True),
        (c.Invite(person=ZOE), NOOR, False),
    ],
)
def test_a_private_incident_is_invited_to(led, command, by, refused):
    """Who is in it comes back, and only who leads it brings somebody: others hear as if it were not (no. 8)."""

    led.changed(classification=Classification.CONFIDENTIAL)
    decision = led.ask(command, by)

    assert refused == (getattr(decision, "number", None) == 8)
