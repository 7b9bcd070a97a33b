"""Whether the update that was due at a moment has been posted, as the messages that asked for it say."""

import pytest

from bot.incident import commands as c
from bot.incident.reading.met import update_met
from bot.words import Severity
from tests.incident.life import MINUTE, START, Life

WORDS = c.PostUpdate(now="Rolling back.")
DUE = START + 15 * MINUTE


def posted(life: Life, minute: float, severity: Severity = Severity.SEV1) -> Life:
    """Return an incident that Noor commands, its update posted so many minutes after the declaration."""
    life.declare(severity).does(c.TakeCommand())
    life.wait_until(START + minute * MINUTE).does(WORDS)
    return life


@pytest.mark.parametrize(("minute", "met"), [(0, False), (0.5, True), (10, True), (15, True), (17, True)])
def test_an_update_meets_the_due_time_it_was_posted_for(life, minute, met):
    """Posted with the declaration, it leaves the first due time where it was, so that one is still to be met."""

    posted(life, minute)

    assert met is update_met(life.it, DUE)


def test_what_was_missed_after_it_is_not_met_by_it(life):
    """Posted with the declaration and never again: at 14:15 it is missed, and stays so until the next."""

    posted(life, 0).wait(16 * MINUTE)
    missed = update_met(life.it, DUE)
    life.does(WORDS)

    assert (False, True) == (missed, update_met(life.it, DUE))


def test_nothing_is_met_before_an_update_or_without_a_due_time(life):
    """Nothing was posted, nothing was asked for, or nothing was due."""

    life.declare().does(c.TakeCommand())
    before = update_met(life.it, DUE)
    life.does(WORDS)
    bare = Life(policy=life.policy, rota=life.rota)
    posted(bare, 1, Severity.SEV3)

    assert (False, False, False) == (before, update_met(life.it, None), update_met(bare.it, DUE))
