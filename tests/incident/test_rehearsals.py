"""Tests: an incident that calls nobody, is told nowhere else, counts nowhere and ends by itself."""

from dataclasses import replace

import pytest

from bot.incident import commands as c
from bot.incident.history import events as e
from bot.incident.model import CancelReason, ChannelRef
from bot.incident.naming import channel_name, topic
from bot.incident.reacting.effects import CHANNEL, INCIDENTS, PlaceKind, dm
from bot.incident.reacting.fallback import next_place
from bot.incident.reading.home import may_know
from bot.incident.reading.timeline import line_of
from bot.incident.reading.week import week_of
from bot.incident.sight import concerns
from bot.words import Severity, Status
from tests.incident.life import ADA, HOUR, MIA, MINUTE, NOOR, SAM, START, ZOE, Life, read


@pytest.fixture
def test(life: Life) -> Life:
    """A test that Ada declared at SEV-1."""
    life.does(c.Declare(title="Checkout returns 500s", severity=Severity.SEV1, is_test=True), ADA)
    return life


def elsewhere(life: Life) -> set[str]:
    """Return every place outside its own channel where something was said."""
    return {str(one.place) for _, one in life.said if one.place.kind is not PlaceKind.CHANNEL}


def test_it_pages_and_announces_nothing(test):
    """Six hours in which nobody does anything: no page, no announcement, no direct message, no stranger invited."""

    test.wait(6 * HOUR)

    assert set() == elsewhere(test)
    assert [] == test.happened(e.PersonPaged)
    assert {ADA} == {person for _, one in test.said for person in one.people}
    assert test.is_replayed()


def test_its_clocks_run_and_say_who_would_have_been_called(test):
    """What is missed is on the record with whom a real one would have called, and nobody is."""

    test.wait(40 * MINUTE)

    missed = [event for event in test.events if isinstance(event, e.ClockMissed)]
    assert missed
    assert {()} == {event.called for event in missed}
    assert MIA in {person for event in missed for _, person in event.spared}
    assert [] == list(test.it.calls)


def test_it_ends_by_itself_after_four_hours(test):
    """A test nobody ends is cancelled as one by the clock, and that is recorded."""

    test.wait(4 * HOUR)

    assert Status.CANCELLED is test.it.status
    assert CancelReason.TEST is test.it.cancel_reason
    assert [240] == test.happened(e.Cancelled)
    assert {} == test.armed


def test_whoever_ends_it_ends_a_test(test):
    """Cancelled by its declarer, it is recorded as a test and not as a false alarm."""

    test.does(c.Cancel(why="the test is over now"), ADA)

    assert CancelReason.TEST is test.it.cancel_reason


def test_who_plays_is_told(test):
    """Who takes command or is brought in hears of it; whom it would call for help does not."""

    test.does(c.TakeCommand(), NOOR)
    test.does(c.Invite(person=SAM), NOOR)
    test.does(c.Escalate(why="need database help"), NOOR)

    assert {f"dm:{NOOR}"} == elsewhere(test)
    assert {ADA, SAM} == {person for _, one in test.said for person in one.people}
    assert () == test.it.calls


def test_its_named_commander_has_the_seat(life):
    """Somebody named in a test is in it; nobody is named unasked."""

    life.does(c.Declare(title="Checkout returns 500s", is_test=True, commander=MIA), ADA)

    assert MIA == life.it.commander
    assert MIA not in life.it.pages


def test_reopened_it_pages_nobody(test):
    """The way back from an end calls nobody either."""

    test.does(c.Cancel(why="the test is over now"), ADA)
    test.does(c.Reopen(why="once more, for the new ones"), ADA)
    test.wait(30 * MINUTE)

    assert [] == test.happened(e.PersonPaged)


def test_it_is_merged_with_nothing(test):
    """A test and what is real stay apart, whichever is merged into which."""

    real = replace(test.it, number=40, is_test=False)
    test.other = real
    into_real = test.refused(c.Merge(into=40, confirmed=True), NOOR)
    test.other, test.incident = replace(test.it, number=41), real
    into_test = test.refused(c.Merge(into=41, confirmed=True), NOOR)

    assert "INC-42 is a test, so it is merged with nothing. It ends by `/incident 42 cancel why`." == read(
        into_real.sentence
    )
    assert read(into_test.sentence).startswith("INC-41 is a test")


def test_its_names_say_so(test):
    """The channel and its topic begin with the word, open or over."""

    assert "test-42-checkout-returns-500s" == channel_name(test.it)
    assert topic(test.it).startswith("TEST · SEV-1 · INC-42")
    assert topic(replace(test.it, status=Status.CANCELLED)).startswith("TEST · CANCELLED · INC-42")


def test_it_is_nobodys_but_its_own_peoples(test):
    """Others are not shown it, not even leaders; figures leave it out; nothing of it moves to another channel."""

    assert concerns(test.it, ADA)
    assert not concerns(test.it, ZOE)
    assert may_know(test.it, ADA, leads=False)
    assert not may_know(test.it, ZOE, leads=True)
    assert 0 == week_of([(test.it, ())], now=START + HOUR).declared
    assert next_place(CHANNEL, test.it) is None
    assert dm(NOOR) == next_place(CHANNEL, test.does(c.TakeCommand()) and test.it)
    assert INCIDENTS == next_place(CHANNEL, replace(test.it, is_test=False))


def test_the_timeline_says_so(test):
    """The first entry names it a test."""

    assert "Declared as a test of SEV-1 · UADA" == read(line_of(test.events[0], ()))


def test_an_alarm_is_never_taken_for_a_test(test):
    """Its flags survive the record; a real one has none of them."""

    test.does(c.Acknowledge())
    test.changed(channel=ChannelRef(id="C1", name="test-42"))

    assert test.it.is_test
    assert not Life(policy=test.policy, rota=test.rota).declare().it.is_test
