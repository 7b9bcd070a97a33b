"""Declared while the database did not answer: everything counts from then, and nobody is paged a second time for it."""

from dataclasses import replace

import pytest

from bot.incident import commands as c
from bot.incident.clocks import clocks
from bot.incident.context import Recent
from bot.incident.decide import decide
from bot.incident.history import events as e
from bot.incident.history.spool_events import DeclaredDegraded
from bot.incident.refusing.refusals import Refused
from bot.words import Severity
from tests.incident.life import ADA, MINUTE, NOOR, START, Life, person, read

THEN = START - 2 * MINUTE
SPOOLED = c.Spooled(ref="D-3F7K", at=THEN)


@pytest.fixture
def late(policy, rota):
    """A life declared two minutes ago, of which the record hears now."""
    return Life(policy=policy, rota=rota)


def declared(life, severity=Severity.SEV1, **more):
    """Let `life` begin with a declaration out of the spool."""
    return life.does(c.Declare(title="Checkout returns 500s", severity=severity, spooled=SPOOLED, **more), ADA)


def test_everything_is_dated_then(late):
    """The events, the declaration and every clock are as if the record had heard at once."""

    events = declared(late)

    assert {THEN} == {event.at for event in events}
    assert THEN == late.it.declared.at == late.it.clocks_from
    assert {THEN} == {clock.starts_at for clock in clocks(late.it, late.policy)}
    assert [DeclaredDegraded(at=THEN, by=ADA, ref="D-3F7K")] == [
        event for event in events if isinstance(event, DeclaredDegraded)
    ]
    assert ("D-3F7K", True) == (late.it.spooled_as, late.is_replayed())


def test_the_second_way_goes_at_once(late):
    """Nobody could see whether the first way was answered; the ladder does not send the second again."""

    declared(late)
    at_once = [(page.person, page.step, page.way_label) for page in late.it.pages]
    late.wait(MINUTE)

    assert [(NOOR, 0, "DM"), (NOOR, 1, "e-mail")] == at_once
    assert at_once == [(page.person, page.step, page.way_label) for page in late.it.pages if page.person == NOOR]


def test_where_policy_wakes_nobody_one_way_is_enough(late):
    """A SEV-3 pages by the first way, in the spool as everywhere."""

    events = declared(late, Severity.SEV3)

    assert 1 == len([event for event in events if isinstance(event, e.PersonPaged)])


def test_its_channel_is_told_once(late):
    """One line says when it was really declared."""

    declared(late)

    assert [{"by": ADA, "at": THEN.isoformat(), "ref": "D-3F7K"}] == [
        one.words for _, one in late.said if one.view == "line.degraded"
    ]


def test_what_was_declared_after_it_counts_as_just_now(late):
    """The same person's same title is asked about, though the other one came while this lay in the spool."""

    recent = (Recent(number=7, title="checkout returns  500s", severity=Severity.SEV1, at=START),)
    context = replace(late.context(person(ADA)), recent=recent)
    decision = decide(None, c.Declare(title="Checkout returns 500s", spooled=SPOOLED), context)

    assert isinstance(decision, Refused)
    assert "INC-7" in read(decision.sentence)
