"""Responding: who may do what, who is told, and that exactly one person commands."""

from dataclasses import replace

import pytest

from bot.incident import commands as c
from bot.incident.context import CLOCK, SHELL, TOCSIN
from bot.incident.history import events as e
from bot.incident.history.paged import PageOutcome
from bot.incident.model import RoleHolding, Seat
from bot.incident.reacting.effects import EffectKind, PlaceKind
from bot.words import ClockKind, Role, Severity, Status
from tests.incident.life import (
    ADA,
    IRIS,
    LENA,
    MIA,
    MINUTE,
    NOOR,
    PEOPLE,
    SAM,
    SECOND,
    START,
    TOMAS,
    ZOE,
    Life,
    rota_of,
)

WHY = "need database help"


def kinds(events: tuple[e.Event, ...]) -> list[type[e.Event]]:
    """Return what sorts of events these are."""
    return [type(event) for event in events]


def running(life: Life) -> set[ClockKind]:
    """Return the clocks whose timers run."""
    return {one for one in ClockKind if f"{one}.due" in life.armed}


def test_the_commander_acknowledges(sev1):
    """The named commander's acknowledgement answers too: both clocks stop (G8.1)."""

    assert [e.Acknowledged, e.CommandTaken] == kinds(sev1.does(c.Acknowledge()))
    assert Status.ACKNOWLEDGED is sev1.it.status
    assert {ClockKind.MITIGATE, ClockKind.RESOLVE, ClockKind.UPDATE} == running(sev1)


def test_another_acknowledges(sev1):
    """Anybody else's acknowledgement stops only the acknowledge clock (U3)."""

    assert [e.Acknowledged] == kinds(sev1.does(c.Acknowledge(), SAM))
    assert ClockKind.COMMANDER in running(sev1)
    assert (NOOR, False) == (sev1.it.commander, sev1.it.commander_answered)


def test_the_named_commander_acknowledges_second(sev1):
    """A named commander who acknowledges after somebody else still answers: they are there."""

    sev1.does(c.Acknowledge(), SAM)

    assert [e.CommandTaken] == kinds(sev1.does(c.Acknowledge()))
    assert (NOOR, True) == (sev1.it.commander, sev1.it.commander_answered)
    assert SAM == sev1.it.acknowledged.by


def test_two_acknowledge_at_once(sev1):
    """Of two presses one wins; the other hears who did (no. 2), or that it was themself (no. 17)."""

    sev1.does(c.Acknowledge(), SAM)
    sev1.now += SECOND

    assert [2, 17] == [sev1.refused(c.Acknowledge(), who).number for who in (MIA, SAM)]
    assert SAM == sev1.it.acknowledged.by


def test_taking_command_acknowledges(sev1):
    """Somebody alone at night presses once."""

    assert [e.Acknowledged, e.CommandTaken] == kinds(sev1.does(c.TakeCommand(), SAM))
    assert (SAM, True, Status.ACKNOWLEDGED) == (sev1.it.commander, sev1.it.commander_answered, sev1.it.status)


def test_a_commander_who_declared_acknowledges_by_taking_command(life):
    """A declarer who commands has not acknowledged yet; taking command does, once."""

    life.declare(by=SAM, commander=SAM)

    assert [e.Acknowledged] == kinds(life.does(c.TakeCommand(), SAM))
    assert 17 == life.refused(c.TakeCommand(), SAM).number


def seat(life: Life, state: str) -> Life:
    """Return the life with its seat free, named (Noor, silent) or held (by Noor)."""
    life.declare()
    life.does(c.Acknowledge(), SAM)
    if state == "free":
        life.does(c.GiveBackCommand())
    if state == "held":
        life.does(c.TakeCommand())
    return life


TAKING = [
    pytest.param("free", None, MIA, None, id="a free seat, at once"),
    pytest.param("free", NOOR, MIA, None, id="a seat given back while the dialog stood"),
    pytest.param("free", None, ZOE, 4, id="a free seat, by somebody neither mobilised nor on call"),
    pytest.param("named", None, MIA, None, id="an unanswered seat, at once"),
    pytest.param("held", NOOR, MIA, None, id="a held seat, with the holder the dialog quoted"),
    pytest.param("held", None, MIA, 18, id="a held seat without a dialog"),
    pytest.param("held", SAM, MIA, 3, id="a held seat, the dialog having quoted another"),
    pytest.param("held", NOOR, ZOE, 4, id="a held seat, by somebody policy does not name"),
    pytest.param("held", NOOR, NOOR, 17, id="one's own"),
]


@pytest.mark.parametrize(("state", "over", "by", "refused"), TAKING)
def test_taking_command(life, state, over, by, refused):
    """A free or unanswered seat is taken at once, a held one only over the holder the dialog quoted."""

    seat(life, state)
    if refused:
        assert refused == life.refused(c.TakeCommand(over=over), by).number
        assert (None if state == "free" else NOOR) == life.it.commander
    else:
        life.does(c.TakeCommand(over=over), by)
        assert (by, True) == (life.it.commander, life.it.commander_answered)


def test_who_is_relieved_is_told(life):
    """Taking over is on the record with whom it relieved, who hears it by DM."""

    seat(life, "held").does(c.TakeCommand(over=NOOR), MIA)
    taken = life.events[-1]

    assert isinstance(taken, e.CommandTaken)
    assert (MIA, NOOR) == (taken.by, taken.over)
    assert (0.0, "line.command") == life.dms(NOOR)[-1]
    assert life.dms(MIA)[-1:] == [(0.0, "duties")]


NAMING = [
    pytest.param("free", SAM, None, id="a free seat"),
    pytest.param("named", SAM, None, id="an unanswered seat"),
    pytest.param("held", NOOR, None, id="by the commander"),
    pytest.param("held", SAM, 18, id="by another while somebody commands"),
]


@pytest.mark.parametrize(("state", "by", "refused"), NAMING)
def test_naming_a_commander(life, state, by, refused):
    """A commander is named at once, unanswered, unless another has the seat and has answered."""

    seat(life, state)
    if refused:
        assert refused == life.refused(c.NameCommander(person=MIA), by).number
        assert (NOOR, True) == (life.it.commander, life.it.commander_answered)
    else:
        life.does(c.NameCommander(person=MIA), by)
        assert (MIA, False) == (life.it.commander, life.it.commander_answered)
        assert life.dms(MIA) == [(0.0, "duties")]


def test_naming_oneself(life):
    """Naming oneself is taking command."""

    seat(life, "free").does(c.NameCommander(person=MIA), MIA)

    assert (MIA, True) == (life.it.commander, life.it.commander_answered)


def test_naming_who_sits_there(life):
    """Naming who is named already changes nothing (no. 17)."""

    assert 17 == seat(life, "named").refused(c.NameCommander(person=NOOR), SAM).number


def test_the_operator_names_over_a_seat(life):
    """The operator at a shell may put somebody in a held seat."""

    seat(life, "held").ask_as(SHELL, c.NameCommander(person=MIA))

    assert MIA == life.it.commander


def test_giving_back(sev1):
    """Who sits there may leave; the channel and whoever named them are told, and the commander clock runs on."""

    sev1.does(c.GiveBackCommand())

    assert sev1.it.commander is None
    assert ClockKind.COMMANDER in running(sev1)
    assert (0.0, "line.seat_empty") in sev1.in_channel()
    assert (0.0, "line.seat_empty") in sev1.dms(ADA)
    assert 17 == sev1.refused(c.GiveBackCommand()).number


def test_giving_back_what_one_took(sev1):
    """Who took the seat themself is not told that they gave it back."""

    sev1.does(c.TakeCommand(), MIA)
    sev1.gives_back(MIA)

    assert [] == [view for _, view in sev1.dms(MIA) if view == "line.seat_empty"]


def test_passing_on(sev1):
    """Saying "I can't take it" pages the next person at once, frees the seat, and happens once (P2)."""

    sev1.now += MINUTE

    assert [e.PagePassedOn, e.CommandGivenBack, e.PersonPaged] == kinds(sev1.does(c.PassOnPage()))
    assert [(0.0, "page"), (1.0, "page")] == [*sev1.dms(NOOR)[:1], *sev1.dms(SAM)]
    assert 17 == sev1.refused(c.PassOnPage()).number


def test_passing_on_without_the_seat(life):
    """Somebody paged who is not commander passes on the page alone."""

    life.declare(commander=MIA)

    assert [e.PagePassedOn, e.PersonPaged] == kinds(life.does(c.PassOnPage()))
    assert MIA == life.it.commander


def test_who_passed_on_is_paged_no_more(sev1):
    """The ladder passes by whoever cannot take it, and their clocks are told to others."""

    sev1.does(c.PassOnPage())
    sev1.wait(15 * MINUTE)

    assert [NOOR, SAM, MIA] == [page.person for page in sev1.it.pages]
    assert [(0.0, "page")] == [one for one in sev1.dms(NOOR) if one[1] != "duties"]
    assert (3.0, "soon") in sev1.dms(SAM)


def test_passing_on_at_the_end_of_the_ladder(life):
    """When nobody is left, nobody is paged, and the pass is recorded all the same."""

    life.declare(Severity.SEV3)

    assert [e.PagePassedOn, e.CommandGivenBack] == kinds(life.does(c.PassOnPage()))


def test_passing_on_what_one_was_not_paged_for(sev1):
    """Somebody nobody paged has nothing to pass on (no. 39)."""

    assert 39 == sev1.refused(c.PassOnPage(), ZOE).number


def test_a_page_that_cannot_be_delivered(sev1):
    """A page that reached nobody is said in the channel, and the next one leaves at once."""

    first = sev1.it.pages[0]
    sev1.ask_as(TOCSIN, c.RecordUndeliverable(ref=first.ref, error="user_not_found"))
    [line] = sev1.effects("undeliverable")

    assert [PageOutcome.UNDELIVERABLE, PageOutcome.SENT] == [page.outcome for page in sev1.it.pages]
    assert [(NOOR, 1), (NOOR, 2)] == [(page.person, page.way) for page in sev1.it.pages]
    assert {"person": NOOR, "way": "DM", "error": "user_not_found", "next": NOOR} == line.words


def test_a_page_that_cannot_be_delivered_any_more(sev1):
    """Once somebody acknowledged, a failed page is recorded and nobody else is woken."""

    sev1.does(c.Acknowledge(), SAM)
    failed = c.RecordUndeliverable(ref=sev1.it.pages[0].ref, error="user_not_found")

    assert [e.PageUndeliverable] == kinds(sev1.ask_as(TOCSIN, failed))
    assert sev1.effects("undeliverable")[0].words["next"] is None


def test_notes(sev1):
    """A note needs one letter or digit and is counted; it answers for nobody."""

    sev1.does(c.AddNote(words="rollback began"), ZOE)

    assert 41 == sev1.refused(c.AddNote(words="…"), ZOE).number
    assert 1 == sev1.it.notes
    assert not sev1.it.commander_answered


def test_escalating_by_policy(sev1):
    """Each escalation calls the next contact of policy nobody called yet, never the caller or the commander (P3)."""

    called = []
    for _ in range(3):
        sev1.does(c.Escalate(why=WHY), ZOE)
        called.append(sev1.it.calls[-1].person)

    assert [MIA, LENA, SAM] == called
    assert 42 == sev1.refused(c.Escalate(why=WHY), ZOE).number


def test_escalating_to_a_person(sev1):
    """Somebody named is called, twice if asked twice, each time by a message of its own."""

    sev1.does(c.Escalate(why=WHY, person=TOMAS), ADA)
    sev1.does(c.Escalate(why="still need help", person=TOMAS), ADA)

    assert [(0.0, "called"), (0.0, "called")] == sev1.dms(TOMAS)
    assert [(TOMAS, "", WHY), (TOMAS, "", "still need help")] == [
        (call.person, call.contact, call.why) for call in sev1.it.calls
    ]


def test_a_person_called_before_is_called_again_by_the_clock(sev1):
    """Whoever was called by hand is called again when mitigation is missed (G3.2)."""

    sev1.does(c.TakeCommand())
    sev1.does(c.Escalate(why=WHY), ADA)
    sev1.wait(30 * MINUTE)

    assert [0.0, 30.0] == [minute for minute, view in sev1.dms(MIA) if view == "called"]


def test_a_reason_is_needed(sev1):
    """Escalating and cancelling go on the record with at least 10 letters or digits, given back when refused."""

    thin = [sev1.refused(c.Escalate(why="help!! now"), ADA), sev1.refused(c.Cancel(why="oops"), ADA)]

    assert [(25, "help!! now"), (25, "oops")] == [(one.number, one.kept) for one in thin]


def test_answering_a_call(sev1):
    """Who was called answers once; who was not has nothing to answer (no. 39)."""

    sev1.does(c.Escalate(why=WHY, person=MIA), ADA)
    sev1.does(c.Escalate(why=WHY, person=TOMAS), ADA)
    sev1.now += MINUTE
    sev1.does(c.AnswerCall(), MIA)

    assert [START + MINUTE, None] == [call.answered_at for call in sev1.it.calls]
    assert [39, 39] == [sev1.refused(c.AnswerCall(), who).number for who in (MIA, ZOE)]
    assert "incident:42/called/0" in sev1.redrawn
    assert "incident:42/called/1" not in sev1.redrawn


LEADERS = [
    (NOOR, True),
    (SAM, True),
    (MIA, False),
    (LENA, False),
    (IRIS, False),
    (ADA, False),
    (ZOE, False),
]


@pytest.mark.parametrize(("by", "may"), LEADERS)
@pytest.mark.parametrize("command", [c.Mitigate(words="Rolled back."), c.Resolve(words="Pool limit raised.")])
def test_who_may_end_it(sev1, command, by, may):
    """Commander, deputy and the SREs mitigate and resolve; nobody else does (G2.1)."""

    assert may or 4 == sev1.refused(command, by).number
    assert not may or sev1.does(command, by)


def test_the_deputy_leads(sev1):
    """A deputy may end it although policy does not name them."""

    deputy = RoleHolding(role=Role.DEPUTY, person=ZOE, since=START, named_by=NOOR)
    sev1.changed(roles=(deputy,))

    assert (ZOE, None, NOOR) == tuple(sev1.it.holder(role) for role in (Role.DEPUTY, Role.SCRIBE, Role.COMMANDER))
    assert sev1.does(c.Mitigate(words="Rolled back."), ZOE)


def test_nobody_in_the_rota(policy):
    """When policy names nobody, nobody can be named, and the commander alone leads."""

    life = Life(policy=policy, rota=rota_of(policy, without=PEOPLE))
    unfit = life.refused(c.Declare(title="Checkout returns 500s", commander=ZOE), ADA)
    life.declare().changed(seat=Seat(person=ZOE, since=START, named_by="shell"))

    assert 16 == unfit.number
    assert 4 == life.refused(c.Mitigate(words="Rolled back."), ADA).number
    assert life.does(c.Mitigate(words="Rolled back."), ZOE)


ENDS = [
    (c.Mitigate(words="Rolled back."), Status.MITIGATED, [e.Acknowledged, e.Mitigated]),
    (c.Resolve(words="Rolled back."), Status.RESOLVED, [e.Acknowledged, e.Mitigated, e.Resolved]),
]


@pytest.mark.parametrize(("command", "status", "events"), ENDS)
def test_milestones_in_between(sev1, command, status, events):
    """Straight from declared, the milestones in between are recorded at the same moment."""

    assert [*events, e.CommandTaken] == kinds(sev1.does(command))
    assert status is sev1.it.status


def test_resolving_what_is_mitigated(sev1):
    """A mitigation stays whose it was; resolving adds only the end, the facilitator with it."""

    sev1.does(c.TakeCommand())
    sev1.does(c.Mitigate(words="Rolled back.", still="EU is slow"))
    resolved = sev1.does(c.Resolve(words="Pool limit raised.", affected="EU", facilitator=SAM), SAM)

    assert [e.Resolved] == kinds(resolved)
    assert ("Rolled back.", "EU is slow") == (sev1.it.mitigated.words, sev1.it.mitigated.more)
    assert ("Pool limit raised.", "EU", SAM) == (
        sev1.it.resolved.words,
        sev1.it.resolved.more,
        sev1.it.facilitator,
    )
    assert {} == sev1.armed


@pytest.mark.parametrize("command", [c.Mitigate(words="ok"), c.Resolve(words="ok")])
def test_ends_need_words(sev1, command):
    """What stopped it is said in at least three letters or digits (no. 41)."""

    assert 41 == sev1.refused(command).number


def test_no_duties_for_what_is_over(sev1):
    """A commander who answers by resolving is not told what a commander still has to do."""

    sev1.does(c.Resolve(words="Pool limit raised."))

    assert sev1.it.commander_answered
    assert [(0.0, "page")] == sev1.dms(NOOR)


CANCELLERS = [(ADA, True), (NOOR, True), (SAM, True), (LENA, False), (ZOE, False)]


@pytest.mark.parametrize(("by", "may"), CANCELLERS)
def test_who_may_cancel(sev1, by, may):
    """The declarer, and R and A of declaring, may call it off."""

    cancel = c.Cancel(why="the test ran against production")

    assert may or 4 == sev1.refused(cancel, by).number
    assert not may or [e.Cancelled] == kinds(sev1.does(cancel, by))


def test_a_slip_never_reaches_leadership(sev1):
    """Cancelled at once, it was never in the leadership channel (calm budget)."""

    sev1.now += 50 * SECOND
    sev1.does(c.Cancel(why="the test ran against production"), ADA)
    sev1.wait(10 * MINUTE)

    assert [] == sev1.told(PlaceKind.LEADERSHIP)
    assert "incident:42/page/0" in sev1.redrawn


def test_the_headline(sev1):
    """Leadership hears after a minute, or at the first acknowledgement."""

    sev1.wait(2 * MINUTE)

    assert [(1.0, "headline")] == sev1.told(PlaceKind.LEADERSHIP)


def test_the_headline_at_the_first_acknowledgement(sev1):
    """Acknowledged within the minute, leadership hears then, and once."""

    sev1.now += 20 * SECOND
    sev1.does(c.Acknowledge())
    sev1.wait(2 * MINUTE)

    assert [(20 / 60, "headline")] == sev1.told(PlaceKind.LEADERSHIP)


def test_the_channel_is_kept(sev1):
    """The channel Slack made is the incident's."""

    sev1.ask_as(TOCSIN, c.RecordChannel(channel="C42", name="inc-42-checkout-returns-500s"))

    assert ("C42", "inc-42-checkout-returns-500s") == (sev1.it.channel.id, sev1.it.channel.name)


@pytest.mark.parametrize("missing", [(), (NOOR,)])
def test_no_channel(policy, missing):
    """When Slack refuses a channel, the incidents channel hears it, and the commander if there is one."""

    life = Life(policy=policy, rota=rota_of(policy, without=missing)).declare()
    life.ask_as(TOCSIN, c.RecordNoChannel(error="restricted_action"))
    places = [one.place.kind for one in life.effects("no_channel")]

    assert "restricted_action" == life.it.channel_refused
    assert [PlaceKind.INCIDENTS, *([] if missing else [PlaceKind.DM])] == places
    assert {EffectKind.POST} == {one.kind for one in life.effects("no_channel")}


def test_a_failed_page_nobody_knows(sev1):
    """A short id that is no page's changes nothing."""

    assert () == sev1.ask_as(TOCSIN, c.RecordUndeliverable(ref="p-????", error="x"))


def test_the_clock_is_nobody(sev1):
    """The clock's acts answer for no commander."""

    sev1.wait(20 * MINUTE)

    assert not sev1.it.commander_answered
    assert {"clock"} == {event.by for event in sev1.events if event.at > START}
    assert CLOCK.id == "clock"


def test_the_first_answer_is_kept(sev1):
    """Who first commanded stays on the record, and how long it took, through every later change of seat."""

    sev1.does(c.TakeCommand())
    first = sev1.it.commanded
    sev1.now += MINUTE
    sev1.does(c.TakeCommand(over=NOOR), MIA)

    assert first == sev1.it.commanded
    assert replace(first, by=MIA) != first
