"""Do Not Disturb of somebody who is paged: it is on the record, and where people are woken another way follows."""

from dataclasses import replace
from datetime import timedelta

from bot.incident import commands as c
from bot.incident.context import TOCSIN
from bot.incident.history import events as e
from bot.incident.history.paged import PageOutcome
from bot.incident.rules.pages import named_page
from bot.policy.model import WayKind
from bot.words import Severity
from tests.incident.life import ADA, MINUTE, NOOR, SAM, START, ZOE, Life, person

UNTIL = START + timedelta(hours=9)


def disturbed(life, ref):
    """Let Slack say that whoever got the page `ref` has Do Not Disturb on."""
    return life.ask_as(TOCSIN, c.RecordDoNotDisturb(ref=ref, until=UNTIL))


def paged(life):
    """Return every page: person, step, and by which way."""
    return [(page.person, page.step, page.way_label) for page in life.it.pages]


def test_the_rung_with_the_second_way_comes_at_once(sev1):
    """The e-mail of minute 2 leaves at once, once; the ladder goes on with the secondary at minute 3."""

    disturbed(sev1, sev1.it.pages[0].ref)
    at_once = paged(sev1)
    sev1.wait(4 * MINUTE)

    assert [(NOOR, 0, "DM"), (NOOR, 1, "e-mail")] == at_once
    assert [*at_once, (SAM, 2, "DM")] == paged(sev1)
    assert UNTIL == sev1.it.pages[0].quiet_until
    assert sev1.is_replayed()


def test_a_page_without_such_a_rung_goes_beside_the_ladder(sev1):
    """The secondary's page goes by e-mail too, though the ladder knows no such step; the ladder is not moved."""

    sev1.wait(3 * MINUTE)
    step = sev1.it.page_step
    disturbed(sev1, sev1.it.pages[-1].ref)

    assert (SAM, -12, "e-mail") == paged(sev1)[-1]
    assert step == sev1.it.page_step
    assert 4 == len({page.ref for page in sev1.it.pages})


def test_where_nobody_is_woken_nobody_is(life):
    """A SEV-3 goes by direct message only, whatever Do Not Disturb says; it stands on the record."""

    life.declare(Severity.SEV3)
    events = disturbed(life, life.it.pages[0].ref)

    assert ["incident.do_not_disturb_found"] == [one.action for one in events]
    assert [(NOOR, 0, "DM")] == paged(life)


def test_hearing_it_twice(sev1):
    """The same page is asked about once; a page nobody knows is nobody's."""

    ref = sev1.it.pages[0].ref
    disturbed(sev1, ref)

    assert () == disturbed(sev1, ref)
    assert () == disturbed(sev1, "p-0000")


def test_no_second_way_twice(sev1):
    """Who was paged by e-mail already is not paged so again, nor is a ladder's own rung sent twice."""

    sev1.wait(2 * MINUTE)
    disturbed(sev1, sev1.it.pages[0].ref)

    assert [(NOOR, 0, "DM"), (NOOR, 1, "e-mail")] == paged(sev1)


def test_after_an_answer_it_is_only_recorded(sev1):
    """Once somebody is on it, or the person passed it on, nobody is called by another way."""

    sev1.does(c.Acknowledge(), SAM)
    disturbed(sev1, sev1.it.pages[0].ref)

    assert [(NOOR, 0, "DM")] == paged(sev1)
    assert UNTIL == sev1.it.pages[0].quiet_until


def test_who_passed_it_on_is_left_alone(sev1):
    """Their page is settled: the next person was paged instead."""

    sev1.does(c.PassOnPage(), NOOR)
    before = paged(sev1)
    disturbed(sev1, sev1.it.pages[0].ref)

    assert PageOutcome.PASSED_ON is sev1.it.pages[0].outcome
    assert before == paged(sev1)


def test_who_gave_no_other_way(policy, rota):
    """Somebody with a direct message only, and somebody policy does not know, get that and nothing else."""

    noor = policy.people.persons["noor"]
    only = replace(noor, ways=tuple(way for way in noor.ways if way.kind is WayKind.DM))
    people = replace(policy.people, persons={**policy.people.persons, "noor": only})
    alone = Life(policy=policy, rota=replace(rota, people=people)).declare()
    stray = named_page(alone.it, ZOE, alone.context(person(ADA)))
    alone.changed(pages=(*alone.it.pages, stray.page))
    for page in alone.it.pages:
        disturbed(alone, page.ref)

    assert {(NOOR, "DM"), (ZOE, "DM")} == {(page.person, page.way_label) for page in alone.it.pages}


def test_the_card_says_it_and_nobody_is_invited_again(sev1):
    """It costs the channel no message and Slack no second invitation: the card is drawn again, the page sent."""

    sev1.said.clear()
    sev1.redrawn.clear()
    disturbed(sev1, sev1.it.pages[0].ref)

    assert [("outside", "page")] == [(str(one.place), one.view) for _, one in sev1.said]
    assert {"incident:42/card", "incident:42/page/0"} == set(sev1.redrawn)


def test_a_page_after_a_reopening_is_another(sev1):
    """After a reopening the ladder begins anew, and so does what is asked about it."""

    disturbed(sev1, sev1.it.pages[0].ref)
    sev1.does(c.TakeCommand(), NOOR)
    sev1.does(c.Resolve(words="Pool limit raised."), NOOR)
    sev1.gone = (NOOR,)
    sev1.does(c.Reopen(why="the errors are back"), ADA)
    again = [page for page in sev1.it.pages_now if page.person == NOOR]
    disturbed(sev1, again[0].ref)

    assert [(0, "DM"), (1, "e-mail")] == [
        (page.step, page.way_label) for page in sev1.it.pages_now if page.person == NOOR
    ]
    assert 4 == len({page.ref for page in sev1.it.pages})
    assert 1 == len([one for one in sev1.events if isinstance(one, e.Resolved)])
