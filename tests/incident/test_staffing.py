"""Roles policy wants: held by when, by whom not together, until when, and what becomes of them when people leave."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.incident import commands as c
from bot.incident import timers as t
from bot.incident.context import TOCSIN
from bot.incident.history import events as e
from bot.incident.history.handover_events import CommandReturned
from bot.incident.history.role_events import RoleGiven
from bot.incident.history.staffing_events import PersonLeft, RoleEnded, RolesMissing
from bot.incident.reading.timeline import line_of
from bot.incident.refusing.staffing_refusals import lend_command, until_when
from bot.incident.rules.apart import could_hold, kept_apart
from bot.incident.rules.role_time import read_until
from bot.incident.rules.wanted_roles import missing_roles, wanted_roles
from bot.words import Act, Classification, Role, Severity
from tests.incident.life import (
    ADA,
    HOUR,
    IRIS,
    LENA,
    MIA,
    MINUTE,
    NOOR,
    SAM,
    START,
    TOMAS,
    ZOE,
    Life,
    person,
    read,
    rota_of,
)

COMMANDER, SCRIBE, DEPUTY, COMMS = Role.COMMANDER, Role.SCRIBE, Role.DEPUTY, Role.COMMUNICATIONS_LEAD
SECURITY = Role.SECURITY_LEAD
WHY = "the retries hide it from people"


@pytest.fixture
def led(sev1):
    """Return an incident that Noor commands."""
    sev1.does(c.TakeCommand())
    sev1.said.clear()
    return sev1


def wanted(life: Life) -> dict[Role, float]:
    """Return the roles policy wants held, and by which minute."""
    found = wanted_roles(incident=life.it, policy=life.policy)
    return {one.role: life.minute(one.due_at) for one in found}


def missing(life: Life) -> list[Role]:
    """Return the wanted roles nobody holds, the soonest due first."""
    return [one.role for one in missing_roles(incident=life.it, policy=life.policy)]


def noticed(life: Life) -> list[tuple[float, list[Role]]]:
    """Return when which roles were noticed as missing."""
    found = [one for one in life.events if isinstance(one, RolesMissing)]
    return [(life.minute(one.at), [wanted.role for wanted in one.roles]) for one in found]


def asked(life: Life, user: str = NOOR) -> list[float]:
    """Return the minutes at which `user` is asked to give roles, as they are sent."""
    found = [(one.not_before or at, one) for at, one in life.said if one.view == "roles.missing"]
    return [life.minute(at) for at, one in found if one.place.key == user]


WANTED = [
    (Severity.SEV1, {COMMS: 20.0, SCRIBE: 20.0, DEPUTY: 30.0}),
    (Severity.SEV2, {COMMS: 60.0}),
    (Severity.SEV3, {}),
    (Severity.SEV4, {}),
]


@pytest.mark.parametrize(("severity", "roles"), WANTED)
def test_what_policy_wants(life, severity, roles):
    """By severity, counted from the declaration; the commander has a clock of their own and is not doubled (G8.1)."""

    assert roles == wanted(life.declare(severity))


def test_a_test_wants_nobody(life):
    """Whoever plays a test is asked for no roles."""

    life.ask(c.Declare(title="Checkout returns 500s", severity=Severity.SEV1, is_test=True), ADA)

    assert {} == wanted(life)
    assert t.ROLES_DUE not in life.armed


def test_the_commander_is_asked_once(led):
    """Two roles due at one moment are one message to the commander, and nothing in the channel."""

    led.does(c.PostUpdate(now="Rolling back."))
    led.wait(18 * MINUTE)
    led.does(c.PostUpdate(now="Rolling back."))
    posted = len(led.in_channel())
    led.wait(4 * MINUTE)

    assert [(20.0, [COMMS, SCRIBE])] == noticed(led)
    assert [20.0] == asked(led)
    assert posted == len(led.in_channel())
    assert led.is_replayed()


def test_who_could_is_named(led):
    """The message names who of policy could take each role: nobody who commands, or holds what must differ."""

    led.does(c.GiveRole(role=COMMS, person=LENA))
    led.wait(20 * MINUTE)
    [one] = led.effects("roles.missing")
    [scribe] = one.words["roles"]

    assert ("scribe", [ADA, SAM]) == (scribe["role"], scribe["could"])


def test_what_is_held_is_not_asked_for(led):
    """A role held in time is never missing, and one given since draws the message again."""

    led.does(c.TakeRole(role=SCRIBE), ADA)
    led.wait(20 * MINUTE)
    led.redrawn.clear()
    led.does(c.GiveRole(role=COMMS, person=IRIS))

    assert [(20.0, [COMMS])] == noticed(led)
    assert "incident:42/roles/20261121T142000" in led.redrawn
    assert [DEPUTY] == missing(led)


def test_a_silent_commander_is_not_asked(sev1):
    """While nobody leads it is on the record alone; whoever acknowledged is asked in a commander's stead."""

    sev1.wait(25 * MINUTE)
    silent = len(sev1.effects("roles.missing"))
    sev1.does(c.Acknowledge(), SAM)
    sev1.wait(5 * MINUTE)

    assert (0, [30.0]) == (silent, asked(sev1, SAM))
    assert [20.0, 30.0] == [at for at, _ in noticed(sev1)]


def test_the_clock_writes_once_a_minute(led):
    """Where the clock writes to the commander at that moment anyway, roles wait a minute."""

    led.wait(20 * MINUTE)

    assert (20.0, "update.late") in led.dms(NOOR)
    assert [21.0] == asked(led)


def test_what_is_over_asks_nobody(led):
    """A role whose time came with the end is on the record, and nobody is asked any more."""

    led.now += 21 * MINUTE
    led.does(c.Resolve(words="Pool limit raised."))

    assert ([], [21.0]) == (asked(led), [at for at, _ in noticed(led)])
    assert t.ROLES_DUE not in led.armed


def test_a_raised_severity_wants_more(life):
    """What only the higher severity wants is due no sooner than it was raised; lowered, it is wanted no more."""

    life.declare(Severity.SEV2).does(c.TakeCommand())
    life.wait(40 * MINUTE)
    life.does(c.ChangeSeverity(severity=Severity.SEV1))
    raised = wanted(life)
    life.tick()
    life.does(c.ChangeSeverity(severity=Severity.SEV2, why=WHY))

    assert {COMMS: 40.0, SCRIBE: 40.0, DEPUTY: 40.0} == raised
    assert [(40.0, [DEPUTY, COMMS, SCRIBE])] == noticed(life)
    assert [COMMS] == missing(life)
    assert t.ROLES_DUE not in life.armed


def test_left_empty_it_is_wanted_at_once(led):
    """A role that was held when it was due and is given back later is missing from that moment."""

    led.does(c.TakeRole(role=SCRIBE), ADA)
    led.does(c.GiveRole(role=COMMS, person=IRIS))
    led.does(c.GiveRole(role=DEPUTY, person=LENA))
    led.wait(40 * MINUTE)
    led.does(c.GiveBackRole(role=SCRIBE), ADA)
    led.tick().tick()

    assert [(40.0, [SCRIBE])] == noticed(led)


def test_reopened_it_counts_again(led):
    """A reopened incident wants its roles from then on."""

    led.wait(21 * MINUTE)
    led.does(c.Resolve(words="Pool limit raised."))
    led.wait(HOUR)
    led.does(c.Reopen(why="the errors are back"), ADA)
    led.wait(20 * MINUTE)

    assert [20.0, 101.0] == [at for at, _ in noticed(led)]


def test_pairs_that_must_differ(policy):
    """Roles are kept apart both ways; pairs of contacts are policy's own to keep."""

    assert {SCRIBE, COMMS} == kept_apart(COMMANDER, policy)
    assert {COMMANDER} == kept_apart(SCRIBE, policy)
    assert set() == kept_apart(SECURITY, policy)


TWICE = [
    (
        c.TakeRole(role=SCRIBE),
        NOOR,
        "You are commander of INC-42, and commander and scribe must be two people. Choose among UADA, USAM.",
        (Act.GIVE_ROLE,),
    ),
    (
        c.GiveRole(role=COMMS, person=NOOR),
        SAM,
        f"UNOOR is commander of INC-42, and commander and {COMMS} must be two people. Choose among UIRIS, ULENA.",
        (Act.GIVE_ROLE,),
    ),
]


@pytest.mark.parametrize(("command", "by", "sentence", "offers"), TWICE)
def test_one_person_in_two_roles_that_must_differ(led, command, by, sentence, offers):
    """Abuse: one person takes, or is given, two roles that must differ; the refusal names who could instead."""

    refused = led.refused(command, by)

    assert (92, sentence, offers) == (refused.number, read(refused.sentence), refused.offers)
    assert () == led.it.roles


def test_who_does_not_lead_is_offered_no_form(policy, led):
    """Who may not give roles is told who could hold it, without a button they could not use."""

    led.policy = replace(policy, must_differ=(("scribe", "security_lead"),))
    led.does(c.TakeRole(role=SECURITY), ZOE)
    refused = led.refused(c.TakeRole(role=SCRIBE), ZOE)

    assert (92, ()) == (refused.number, refused.offers)


def test_alone_at_night(policy):
    """Where nobody else of policy can be asked, one person holds both, and that is on the record."""

    life = Life(policy=policy, rota=rota_of(policy, without=(ADA, SAM, MIA))).declare()
    life.does(c.TakeCommand())
    life.does(c.TakeRole(role=SCRIBE))
    [given] = [one for one in life.events if isinstance(one, RoleGiven)]

    assert (NOOR, COMMANDER) == (life.it.holder(SCRIBE), given.beside)
    assert "UNOOR is scribe, and commander as well: nobody else of policy could be · UNOOR" == read(line_of(given, ()))
    assert "commander" == life.effects("line.role")[0].words["beside"]


def test_quiet_hours_and_who_left_are_spared(policy, led):
    """Nobody is named in their quiet hours, nor who is no member any more."""

    night = replace(led.context(person(NOOR)), now=datetime(2026, 11, 21, 7, 0, tzinfo=UTC))
    gone = replace(led.context(person(NOOR)), gone=(SAM,))

    assert (SAM, MIA) == could_hold(DEPUTY, led.it, replace(night, now=led.now + 9 * HOUR))
    assert (SAM,) == could_hold(DEPUTY, led.it, night)
    assert (MIA,) == could_hold(DEPUTY, led.it, replace(gone, now=led.now + 9 * HOUR))
    assert (TOMAS,) == could_hold(Role.LEGAL_COUNSEL, led.it, night)
    emptied = replace(policy, groups={key: one for key, one in policy.groups.items() if key != "legal"})
    assert () == could_hold(Role.LEGAL_COUNSEL, led.it, replace(night, policy=emptied))


@pytest.mark.parametrize(
    ("takes", "by"),
    [
        (c.TakeCommand(over=NOOR), SAM),
        (c.NameCommander(person=SAM), NOOR),
    ],
)
def test_command_is_never_refused(led, takes, by):
    """A scribe who comes to command gives the scribe's role back, and the channel hears so."""

    led.does(c.TakeRole(role=SCRIBE), SAM)
    led.does(c.TakeRole(role=SECURITY), SAM)
    decided = led.does(takes, by)

    assert (SAM, None, SAM) == (led.it.commander, led.it.holder(SCRIBE), led.it.holder(SECURITY))
    [ended] = [one for one in decided if isinstance(one, RoleEnded)]
    assert "USAM is no longer scribe: they command now" == read(line_of(ended, ())).partition(" · ")[0]
    assert "line.role_ended" in [view for _, view in led.in_channel()]
    assert led.is_replayed()


ROLES = [
    pytest.param(COMMANDER, NOOR, (), (20, (Act.HAND_OVER,)), id="the commander, alone"),
    pytest.param(COMMANDER, NOOR, (DEPUTY,), (None, ()), id="the commander, beside a deputy"),
    pytest.param(COMMANDER, NOOR, (COMMS,), (20, (Act.HAND_OVER,)), id="beside somebody who is not accountable"),
    pytest.param(DEPUTY, LENA, (DEPUTY,), (None, ()), id="the deputy, beside the commander"),
    pytest.param(COMMS, LENA, (COMMS,), (None, ()), id="who is not accountable"),
]


@pytest.mark.parametrize(("leaving", "by", "held", "refused"), ROLES)
def test_the_last_accountable_person_stays(led, leaving, by, held, refused):
    """Abuse 35: who answers for an open incident names a successor before they leave (no. 20)."""

    for role in held:
        led.does(c.GiveRole(role=role, person=LENA))
    decision = led.ask(c.GiveBackRole(role=leaving), by)

    assert refused == (getattr(decision, "number", None), getattr(decision, "offers", ()))


def test_a_deputy_of_nobody_stays_too(led):
    """A deputy left alone is the last accountable person; taking command, or another deputy, is the way out."""

    led.gives_back()
    refused = led.refused(c.GiveBackRole(role=DEPUTY), LENA)
    led.does(c.GiveRole(role=DEPUTY, person=SAM), LENA)

    assert (20, (Act.TAKE_COMMAND, Act.GIVE_ROLE)) == (refused.number, refused.offers)
    assert SAM == led.it.holder(DEPUTY)


def test_who_was_named_may_always_say_no(sev1):
    """A commander who has not answered leaves the seat, whoever else is there: the on-call is called on (G8.1)."""

    assert [e.CommandGivenBack] == [type(one) for one in sev1.does(c.GiveBackCommand())]


def test_an_answered_commander_passes_the_page_and_keeps_the_seat(sev1):
    """Passing a page on leaves nobody unaccountable either."""

    sev1.does(c.PostUpdate(now="Rolling back."))
    sev1.does(c.PassOnPage())

    assert NOOR == sev1.it.commander


def test_access_never_ends_for_who_leads(led):
    """Ending somebody's access for a time takes nobody out who holds a seat by then."""

    led.changed(classification=Classification.CONFIDENTIAL)
    led.does(c.GrantAccess(person=ZOE, why="legal review"))
    led.does(c.GiveRole(role=DEPUTY, person=ZOE))
    [ended] = led.does(c.EndAccess(person=ZOE), NOOR)

    assert ended.stays


def test_until_a_time(led):
    """A role given for a time ends by itself: the holder, the giver and the channel hear it."""

    led.does(c.GiveRole(role=SCRIBE, person=SAM, until=START + HOUR))
    led.said.clear()
    led.wait(HOUR)

    assert None is led.it.holder(SCRIBE)
    assert (60.0, "line.role_ended") in led.in_channel()
    assert [(60.0, "role.over")] == [one for one in led.dms(SAM) if one[1] == "role.over"]
    assert [(60.0, "role.over")] == [one for one in led.dms(NOOR) if one[1] == "role.over"]
    assert (60.0, [SCRIBE]) in noticed(led)
    assert led.is_replayed()


def test_it_goes_back_to_who_held_it(led):
    """Who held it before holds it again, and hears so; a role taken meanwhile ends by no clock."""

    led.does(c.TakeRole(role=SCRIBE), ADA)
    led.does(c.TakeRole(role=SCRIBE, span=HOUR), SAM)
    led.wait(HOUR)
    [ended] = [one for one in led.events if isinstance(one, RoleEnded)]

    assert (ADA, "USAM is no longer scribe: the time agreed is over, UADA is again") == (
        led.it.holder(SCRIBE),
        read(line_of(ended, ())),
    )
    assert [SAM, ADA] == [one.place.key for _, one in led.said if one.view == "role.over"]
    assert t.ROLE_ENDS not in led.armed


@pytest.mark.parametrize("way", ["left", "commands"])
def test_it_does_not_go_back_to_who_cannot(led, way):
    """Who left the workspace, or commands by now, does not hold it again."""

    led.does(c.TakeRole(role=SCRIBE), ADA)
    led.does(c.GiveRole(role=SCRIBE, person=SAM, span=HOUR))
    if way == "left":
        led.gone = (ADA,)
    else:
        led.changed(seat=replace(led.it.seat, person=ADA))
    led.wait(HOUR)

    assert None is led.it.holder(SCRIBE)
    assert [SAM, NOOR] == [one.place.key for _, one in led.said if one.view == "role.over"]


def test_given_back_before_its_time(led):
    """What was given back has no end left to come."""

    led.does(c.GiveRole(role=SCRIBE, person=SAM, span=HOUR))
    led.does(c.GiveBackRole(role=SCRIBE), SAM)

    assert t.ROLE_ENDS not in led.armed


WEEK = 7 * 24 * HOUR
UNTIL = [
    (c.GiveRole(role=SCRIBE, person=SAM, until=START - MINUTE), 61),
    (c.TakeRole(role=SCRIBE, until=START), 61),
    (c.GiveRole(role=SCRIBE, person=NOOR, told="tea"), 93),
    (c.GiveRole(role=SCRIBE, person=SAM, span=9 * 24 * HOUR), 106),
    (c.TakeRole(role=SCRIBE, span=WEEK + MINUTE), 106),
]


@pytest.mark.parametrize(("command", "number"), UNTIL)
def test_times_that_are_none(led, command, number):
    """A time that is past, or was not read, gives no role."""

    assert number == led.refused(command).number


def test_the_longest_a_role_is_given_for(led):
    """Seven days are; a minute more is too long, and the refusal says how long is not."""

    too_long = led.refused(c.GiveRole(role=SCRIBE, person=SAM, span=WEEK + MINUTE))
    given = led.does(c.GiveRole(role=SCRIBE, person=SAM, span=WEEK))[0]

    assert "A role for a time is given for 7 days at most." == read(too_long.sentence)[:46]
    assert led.now + WEEK == given.until


def test_sentences_about_time():
    """Each says what to write instead."""

    assert "I cannot read `tea` as a time. Write `until 18:00`" == read(until_when("tea").sentence)[:50]
    assert "Write `until 18:00`" == read(until_when("").sentence)[:19]
    assert "Command is lent by an offer that is accepted" == read(lend_command().sentence)[:44]


BERLIN = ZoneInfo("Europe/Berlin")
NEXT = [
    ("18:00", BERLIN, datetime(2026, 11, 21, 17, 0, tzinfo=UTC)),
    ("18:00 UTC", BERLIN, datetime(2026, 11, 21, 18, 0, tzinfo=UTC)),
    ("15:00", BERLIN, datetime(2026, 11, 22, 14, 0, tzinfo=UTC)),
    ("9:30", UTC, datetime(2026, 11, 22, 9, 30, tzinfo=UTC)),
]


@pytest.mark.parametrize(("typed", "zone", "at"), NEXT)
def test_the_next_time_of_day_is_meant(typed, zone, at):
    """A time of day is read where its author is, and is the next one to come."""

    assert at == read_until(typed, zone=zone, now=START)


def test_no_time_of_day():
    """What is no time of day is an error."""

    with pytest.raises(ValueError, match="'tea' is no time of day"):
        read_until("tea", zone=UTC, now=START)


def leaves(life: Life, who: str) -> list[type]:
    """Let `who` leave the workspace; return the kinds of what follows."""
    life.gone = (*life.gone, who)
    before = len(life.events)
    life.ask_as(TOCSIN, c.RecordDeparture(person=who))
    return [type(one) for one in life.events[before:]]


def test_a_scribe_leaves_the_workspace(led):
    """Their role is empty, the channel hears it, and nobody is called."""

    led.does(c.TakeRole(role=SCRIBE), SAM)
    led.said.clear()

    assert [PersonLeft] == leaves(led, SAM)
    assert [(0.0, "line.left")] == led.in_channel()
    assert ([], None) == (led.effects("called"), led.it.holder(SCRIBE))
    assert "USAM left the workspace; nobody is scribe now" == read(line_of(led.events[-1], ()))
    assert [] == leaves(led, SAM)


def test_a_commander_leaves_the_workspace(led):
    """The seat is empty, and the next on call is called at once."""

    assert [PersonLeft] == leaves(led, NOOR)
    assert (None, SAM) == (led.it.commander, led.it.calls[-1].person)
    assert [(0.0, "called")] == led.dms(SAM)
    assert "UNOOR left the workspace; nobody is commander now, USAM called" == read(line_of(led.events[-1], ()))
    assert led.is_replayed()


def test_a_commander_leaves_before_anybody_answered(sev1):
    """The next page of the ladder goes out at once."""

    assert [PersonLeft, e.PersonPaged] == leaves(sev1, NOOR)
    assert SAM == sev1.it.pages[-1].person


def test_when_the_ladder_is_used_up(sev1):
    """Nobody is left to page, so who is on call is called."""

    sev1.wait(9 * MINUTE)

    assert [PersonLeft] == leaves(sev1, NOOR)[:1]
    assert SAM == sev1.it.calls[-1].person


def test_command_that_was_lent_goes_back(led):
    """Who lent it commands again at once, and only they hear of it."""

    led.does(c.OfferCommand(person=SAM, brief="Rolling back.", until=START + HOUR))
    led.does(c.AcceptCommand(), SAM)
    led.said.clear()

    assert [PersonLeft, CommandReturned] == leaves(led, SAM)[:2]
    assert NOOR == led.it.commander
    assert [] == led.dms(SAM)


def test_nobody_is_left_to_call(policy):
    """Where nobody stands behind any contact, the seat is empty and the channel says so."""

    life = Life(policy=policy, rota=rota_of(policy)).declare()
    life.does(c.TakeCommand())
    life.rota = rota_of(policy, without=(SAM, MIA, LENA))

    assert [PersonLeft] == leaves(life, NOOR)
    assert () == life.it.calls


def test_a_test_calls_nobody(life):
    """Somebody who left a test leaves an empty seat and no call."""

    life.ask(c.Declare(title="Checkout returns 500s", severity=Severity.SEV1, is_test=True, commander=NOOR), ADA)
    life.does(c.TakeCommand())

    assert [PersonLeft] == leaves(life, NOOR)
    assert () == life.it.calls


def test_what_is_over_is_left_alone(led):
    """Who left after the end stays on the record as who they were."""

    led.does(c.Resolve(words="Pool limit raised."))

    assert [] == leaves(led, NOOR)
    assert NOOR == led.it.commander


def test_a_role_until_a_time_on_the_timeline(led):
    """The timeline says until when."""

    led.does(c.GiveRole(role=SCRIBE, person=SAM, until=START + HOUR))
    [given] = [one for one in led.events if isinstance(one, RoleGiven)]

    assert "USAM is scribe until 15:00 · UNOOR" == read(line_of(given, ()))


def test_missing_roles_on_the_timeline(led):
    """The timeline says which, and by when."""

    led.wait(20 * MINUTE + timedelta(seconds=1))
    [gap] = [one for one in led.events if isinstance(one, RolesMissing)]

    assert "Nobody holds communications lead (due 14:20), scribe (due 14:20)" == read(line_of(gap, ()))
