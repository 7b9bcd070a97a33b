"""A person asks for another to be paged: each way in turn until an answer, and a way that fails is not waited for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.incident import commands as c
from bot.incident.context import TOCSIN
from bot.incident.history import asked_events as a
from bot.incident.history import events as e
from bot.incident.history.paged import PageOutcome
from bot.incident.reacting.effects import PlaceKind
from bot.incident.reading.timeline import line_of
from bot.policy.model import Way, WayKind
from bot.words import Classification, Severity, Status
from tests.incident.life import ADA, HOUR, MIA, MINUTE, NOOR, SAM, SECOND, START, TOMAS, ZOE, Life, read

SMS = Way(kind=WayKind.APPRISE, label="SMS", url="json://sms.example.com")
WHY = "need database help"


@pytest.fixture
def reachable(policy, rota) -> Life:
    """Return a SEV-1 in a company where everybody can be reached by SMS, too."""
    persons = {key: replace(one, ways=(*one.ways, SMS)) for key, one in policy.people.persons.items()}
    return Life(policy=policy, rota=replace(rota, people=replace(policy.people, persons=persons))).declare()


def paged(life: Life, who: str) -> list[tuple[float, str]]:
    """Return the pages to `who`: the minute, and by which way."""
    return [(life.minute(page.at), page.way_label) for page in life.it.pages if page.person == who]


def fails(life: Life, who: str, *, tries: int = 1):
    """Let the newest page to `who` fail."""
    ref = next(page.ref for page in reversed(life.it.pages) if page.person == who)
    return life.ask_as(TOCSIN, c.RecordPageFailing(ref=ref, error="timeout", tries=tries))


def test_each_way_in_turn(reachable):
    """DM, e-mail, SMS, two minutes apart; then nothing more is sent, and the incident is what its events make."""

    reachable.does(c.PagePerson(person=TOMAS, why=WHY), ADA)
    reachable.wait(9 * MINUTE)

    assert [(0, "DM"), (2, "e-mail"), (4, "SMS")] == paged(reachable, TOMAS)
    assert 3 == len({page.ref for page in reachable.it.pages if page.person == TOMAS})
    assert "page.asked" not in reachable.armed
    assert reachable.is_replayed()


def test_what_is_told(sev1):
    """The person is invited and gets the page; the channel hears who paged whom, and why."""

    sev1.said.clear()
    sev1.does(c.PagePerson(person=MIA, why=WHY), ADA)
    (page,) = sev1.effects("page")
    (line,) = sev1.effects("line.paged")

    assert [(0, "page")] == sev1.dms(MIA)
    assert (ADA, WHY, None) == (page.words["by"], page.words["why"], page.words["then"])
    assert {"by": ADA, "person": MIA, "why": WHY} == line.words
    assert [(MIA,)] == [one.people for _, one in sev1.said if one.people]


@pytest.mark.parametrize("ends", [c.Acknowledge(), c.Cancel(why="the test ran against production")])
def test_an_acknowledgement_ends_it(sev1, ends):
    """Whoever acknowledges: no other way is tried, and the message in Slack is drawn again."""

    sev1.does(c.PagePerson(person=MIA, why=WHY), ADA)
    sev1.redrawn.clear()
    sev1.does(ends, ADA)
    sev1.wait(4 * MINUTE)

    assert [(0, "DM")] == paged(sev1, MIA)
    assert "incident:42/page/-1011" in sev1.redrawn


def test_who_passes_it_on(reachable):
    """Who cannot take it is left alone, and the next of the ladder is paged."""

    reachable.does(c.PagePerson(person=TOMAS, why=WHY), ADA)
    reachable.does(c.PassOnPage(), TOMAS)

    assert "page.asked" not in reachable.armed
    assert [(0, "DM")] == paged(reachable, TOMAS)


def test_once_it_is_acknowledged_only_they_can_answer(sev1):
    """It is a call for help then: nobody else's press ends it, theirs does."""

    sev1.does(c.Acknowledge())
    sev1.does(c.PagePerson(person=MIA, why=WHY), SAM)
    sev1.does(c.Mitigate(words="Rolled back."))
    sev1.wait(2 * MINUTE)
    sev1.redrawn.clear()
    sev1.does(c.AnswerCall(), MIA)

    assert [(0, "DM"), (2, "e-mail")] == paged(sev1, MIA)
    assert [2.0] == [sev1.minute(call.answered_at) for call in sev1.it.calls if call.answered_at]
    assert [(0, "page.called")] == sev1.dms(MIA)
    assert "incident:42/page/-1011" in sev1.redrawn
    assert sev1.is_replayed()


def test_to_command_is_to_answer(sev1):
    """Who was called and takes command has answered; nothing more is sent."""

    sev1.does(c.Acknowledge())
    sev1.gives_back()
    sev1.does(c.PagePerson(person=MIA, why=WHY), SAM)
    happened = sev1.does(c.TakeCommand(), MIA)
    sev1.wait(3 * MINUTE)

    assert e.CallAnswered in {type(one) for one in happened}
    assert [(0, "DM")] == paged(sev1, MIA)


def test_paged_anew_it_begins_anew(reachable):
    """A second page to the same person takes the place of the first; each way goes once more, not twice."""

    reachable.does(c.PagePerson(person=TOMAS, why=WHY), ADA)
    reachable.wait(MINUTE)
    reachable.does(c.PagePerson(person=TOMAS, why="really now"), ADA)
    reachable.wait(6 * MINUTE)

    assert [(0, "DM"), (1, "DM"), (3, "e-mail"), (5, "SMS")] == paged(reachable, TOMAS)


def test_the_third_within_a_minute_is_held(sev1):
    """Two messages say it; the third is on the record alone. A minute later it is sent again."""

    for _ in range(2):
        sev1.does(c.PagePerson(person=MIA, why=WHY), ADA)
    (held,) = sev1.does(c.PagePerson(person=MIA, why=WHY), SAM)
    sev1.wait(MINUTE)
    sev1.does(c.PagePerson(person=MIA, why=WHY), ADA)

    assert isinstance(held, a.PageHeld)
    assert [(0, "DM"), (0, "DM"), (1, "DM")] == paged(sev1, MIA)
    assert f"Did not page UMIA a third time within a minute: “{WHY}” · USAM" == read(line_of(held, ()))
    assert sev1.is_replayed()


def test_refusals(sev1):
    """Not oneself, and not without a word why."""

    assert 88 == sev1.refused(c.PagePerson(person=ADA, why=WHY), ADA).number
    assert 41 == sev1.refused(c.PagePerson(person=MIA, why=" !"), ADA).number


def test_into_a_private_incident(sev1):
    """Who is not in it is let in first, by those who lead; who is in it already can be paged by anybody in it."""

    sev1.changed(classification=Classification.CONFIDENTIAL)
    refused = sev1.refused(c.PagePerson(person=TOMAS, why=WHY), ADA)
    happened = sev1.does(c.PagePerson(person=TOMAS, why=WHY), NOOR)
    again = sev1.does(c.PagePerson(person=TOMAS, why="once more"), ADA)

    assert 4 == refused.number
    assert "Paging more people into INC-42 is for" in read(refused.sentence)
    assert ["incident.responder_added", "incident.page_asked"] == [one.action for one in happened]
    assert ["incident.page_asked"] == [one.action for one in again]


def test_a_test_pages_nobody(life):
    """Its channel hears who would have been paged."""

    life.ask(c.Declare(title="Only a test", severity=Severity.SEV1, is_test=True), ADA)
    (asked,) = life.does(c.PagePerson(person=MIA, why=WHY), ADA)

    assert () == life.it.pages
    assert [] == life.dms(MIA)
    assert ["line.paged"] == [view for _, view in life.in_channel() if view.startswith("line.")]
    assert f"Would have paged UMIA: “{WHY}” · UADA" == read(line_of(asked, ()))


def test_whom_policy_does_not_know(sev1):
    """They get the direct message, and no timer waits for another way."""

    (asked,) = sev1.does(c.PagePerson(person=ZOE, why=WHY), ADA)

    assert [(0, "DM")] == paged(sev1, ZOE)
    assert "page.asked" not in sev1.armed
    assert f"Paged UZOE by DM: “{WHY}” · UADA" == read(line_of(asked, ()))


def test_a_list_that_became_shorter(sev1, rota):
    """Who has no other way any more by the time it is due is not paged again, and no timer stays due."""

    sev1.does(c.PagePerson(person=MIA, why=WHY), ADA)
    mia = replace(rota.people.persons["mia"], ways=rota.people.persons["mia"].ways[:1])
    sev1.rota = replace(rota, people=replace(rota.people, persons={**rota.people.persons, "mia": mia}))
    sev1.wait(3 * MINUTE)

    (sent_on,) = [one for one in sev1.events if isinstance(one, a.PageSentOn)]
    assert [(0, "DM")] == paged(sev1, MIA)
    assert "Nothing left to page by" == read(line_of(sent_on, ())).partition(" · ")[0]
    assert sev1.is_replayed()


def test_a_way_that_fails_is_not_waited_for(reachable):
    """The next way of an asked page leaves at once, whichever way it learns of the failure."""

    reachable.does(c.PagePerson(person=TOMAS, why=WHY), ADA)
    (sent_on,) = fails(reachable, TOMAS)
    ref = reachable.it.pages[-1].ref
    reachable.ask_as(TOCSIN, c.RecordUndeliverable(ref=ref, error="no such address"))

    assert [(0, "DM"), (0, "e-mail"), (0, "SMS")] == paged(reachable, TOMAS)
    assert "Paged UTOMAS again, by e-mail" == read(line_of(sent_on, ())).partition(" · ")[0]
    assert TOMAS == reachable.effects("undeliverable")[-1].words["next"]
    assert () == fails(reachable, TOMAS)


def test_do_not_disturb_is_not_waited_for(reachable):
    """Where Slack makes no sound the next way leaves at once."""

    reachable.does(c.PagePerson(person=TOMAS, why=WHY), ADA)
    ref = reachable.it.pages[-1].ref
    reachable.ask_as(TOCSIN, c.RecordDoNotDisturb(ref=ref, until=START + HOUR))

    assert [(0, "DM"), (0, "e-mail")] == paged(reachable, TOMAS)


def test_a_ladder_page_that_fails_goes_by_every_way(reachable):
    """E-mail is brought forward from its rung, SMS goes beside the ladder; nothing goes twice."""

    fails(reachable, NOOR)
    fails(reachable, NOOR)
    reachable.wait(2 * MINUTE)

    assert [(0, "DM"), (0, "e-mail"), (0, "SMS")] == paged(reachable, NOOR)
    assert [0, 1, -299_999] == [page.step for page in reachable.it.pages if page.person == NOOR]
    assert () == fails(reachable, NOOR)


def test_with_no_way_left_the_next_person_is_paged(reachable):
    """One failure is a hiccup; at the second, with nothing else on its way, the next of the ladder is called."""

    for _ in range(2):
        fails(reachable, NOOR)
    first = fails(reachable, NOOR)
    second = fails(reachable, NOOR, tries=2)

    assert () == first
    assert ["incident.page_undeliverable", "incident.person_paged"] == [one.action for one in second]
    assert SAM == reachable.it.pages[-1].person
    assert PageOutcome.UNDELIVERABLE is reachable.it.pages[2].outcome
    assert () == fails(reachable, NOOR, tries=3)


def test_while_another_way_is_open_nobody_else_is_called(reachable):
    """The e-mail fails again and again, but the SMS left: Sam sleeps until his turn."""

    fails(reachable, NOOR)
    mail = reachable.it.pages[-1].ref
    for tries in (1, 2, 3):
        reachable.ask_as(TOCSIN, c.RecordPageFailing(ref=mail, error="timeout", tries=tries))

    assert [(0, "DM"), (0, "e-mail"), (0, "SMS")] == paged(reachable, NOOR)
    assert [] == paged(reachable, SAM)


def test_a_message_in_slack_that_fails_calls_nobody_else(sev1, rota):
    """Everybody's page in Slack would fail as well; the ladder goes on in its own time."""

    sev1.does(c.PagePerson(person=ZOE, why=WHY), ADA)
    page = sev1.it.pages[0]
    persons = {**rota.people.persons, "noor": replace(rota.people.persons["noor"], ways=())}
    sev1.rota = replace(rota, people=replace(rota.people, persons=persons))

    assert () == sev1.ask_as(TOCSIN, c.RecordPageFailing(ref=page.ref, error="timeout", tries=9))
    assert () == fails(sev1, ZOE, tries=9)


def test_where_nobody_is_woken_a_failure_wakes_nobody(life):
    """A SEV-3's ladder knows direct messages only."""

    life.declare(Severity.SEV3)

    assert () == fails(life, NOOR)


def test_a_failure_that_matters_no_more(sev1):
    """After the acknowledgement nobody is called by another way, and a page nobody knows is nobody's."""

    sev1.does(c.Acknowledge(), SAM)

    assert () == fails(sev1, NOOR)
    assert () == sev1.ask_as(TOCSIN, c.RecordPageFailing(ref="p-0000", error="timeout"))
    assert Status.ACKNOWLEDGED is sev1.it.status


def test_a_page_of_before_a_reopening_is_over(sev1):
    """What was asked for before the end is not sent on after a way back from it."""

    sev1.does(c.PagePerson(person=MIA, why=WHY), ADA)
    sev1.does(c.Cancel(why="the test ran against production"), ADA)
    sev1.now += 10 * SECOND
    sev1.does(c.Reopen(why="the errors are back"), ADA)
    sev1.wait(4 * MINUTE)

    assert [(0, "DM")] == paged(sev1, MIA)
    assert PlaceKind.OUTSIDE not in {one.place.kind for _, one in sev1.said if one.words.get("by") == ADA}
    assert timedelta(minutes=4) <= sev1.now - START
