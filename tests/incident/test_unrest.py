"""Clocks are monotone: going back and forth wins no time, is told calmly, and governance hears the pattern (G3.1)."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.incident import commands as c
from bot.incident.clocks import clocks
from bot.incident.history import events as e
from bot.incident.history.unrest import MOST_KEPT
from bot.incident.history.unrest_events import BackAndForthNoticed
from bot.incident.reacting.effects import PlaceKind
from bot.words import ClockKind, Severity
from tests.incident.life import ADA, HOUR, MINUTE, NOOR, SAM, SECOND, Life

ACK, COMMANDER, MITIGATE, RESOLVE, UPDATE = ClockKind
WHY = "the retries hide it"


def sway(life: Life, times: int, *, every: float = 20) -> Life:
    """Change the severity down and up again, so often, a change every so many seconds."""
    for turn in range(times):
        to = Severity.SEV4 if turn % 2 == 0 else Severity.SEV1
        life.does(c.ChangeSeverity(severity=to, why=WHY))
        life.wait(every * SECOND)
    return life


def due(life: Life) -> dict[ClockKind, float]:
    """Return when each clock is due, in minutes; the cadence of updates aside."""
    return {one.kind: life.minute(one.due_at) for one in clocks(life.it, life.policy) if one.kind is not UPDATE}


def test_severity_lowered_and_raised_wins_no_time(sev1):
    """Held at SEV-4 over the due time and raised again: acknowledge is missed as of minute 5, at once."""

    before = due(sev1)
    sev1.wait(4 * MINUTE).does(c.ChangeSeverity(severity=Severity.SEV4, why=WHY))
    sev1.wait(30 * MINUTE).does(c.ChangeSeverity(severity=Severity.SEV1))

    missed = [(one.kind, sev1.minute(one.due_at)) for one in sev1.events if isinstance(one, e.ClockMissed)]
    assert before == due(sev1)
    assert [(ACK, 5.0), (COMMANDER, 5.0), (MITIGATE, 30.0)] == sorted(missed)


def test_what_was_missed_stays_missed_when_it_is_lowered(sev1):
    """Missed under SEV-1, lowered to SEV-4: on the record, and not missed once more."""

    sev1.wait(6 * MINUTE).does(c.ChangeSeverity(severity=Severity.SEV4, why=WHY))
    sev1.wait(20 * HOUR)

    assert [ACK, COMMANDER] == sorted(one.kind for one in sev1.events if isinstance(one, e.ClockMissed))


def test_severity_back_and_forth_is_one_message_a_minute(sev1):
    """Thirty changes in ten minutes: at most one message of them a minute, in the channel and in each thread."""

    sway(sev1, 30)
    said = [(at, one.place) for at, one in sev1.said if one.view == "severity"]

    for place in {place for _, place in said}:
        minutes = [at for at, there in said if there == place]
        assert all(after - before >= MINUTE for before, after in pairwise(minutes))
    assert sev1.is_replayed()


def test_to_give_the_seat_back_and_take_it_again_wins_no_time(sev1):
    """The commander's clock was met once; taking the seat again and again moves no due time."""

    sev1.does(c.TakeCommand())
    before = due(sev1)
    for _ in range(3):
        sev1.wait(MINUTE).gives_back()
        sev1.wait(MINUTE).does(c.TakeCommand())

    assert before == due(sev1)
    assert [] == sev1.happened(e.ClockMissed)


TURNS = [
    pytest.param(5, 20, [], id="five in two minutes"),
    pytest.param(6, 20, [6], id="six in two minutes"),
    pytest.param(11, 20, [6], id="eleven: told once"),
    pytest.param(6, 15 * 60, [], id="six in an hour and a half"),
    pytest.param(20, 5 * 60, [6, 12], id="on and on: once an hour"),
]


@pytest.mark.parametrize(("times", "every", "told"), TURNS)
def test_governance_hears_of_a_pattern(sev1, times, every, told):
    """Six turns within an hour are a pattern (product default): governance hears the number, once an hour at most."""

    sway(sev1, times, every=every)
    noticed = [one for one in sev1.events if isinstance(one, BackAndForthNoticed)]
    alarms = [one for _, one in sev1.said if one.view == "back_and_forth"]

    assert told == [one.turns for one in noticed]
    assert [PlaceKind.GOVERNANCE] * len(told) == [one.place.kind for one in alarms]
    assert sev1.is_replayed()


def test_the_seat_counts_as_well(sev1):
    """Taken, given back, taken: three times over are six turns; who acknowledged does not count."""

    sev1.does(c.Acknowledge(), SAM)
    for _ in range(3):
        sev1.wait(MINUTE).does(c.TakeCommand(), NOOR)
        sev1.wait(MINUTE).gives_back()

    assert [6.0] == sev1.happened(BackAndForthNoticed)


def test_resolving_and_reopening_counts_as_well(sev1):
    """Each reopening begins the clocks anew, so it is a turn too."""

    sev1.does(c.TakeCommand())
    for _ in range(5):
        sev1.wait(MINUTE).does(c.Resolve(words="Pool limit raised."))
        sev1.does(c.Reopen(why="the errors are back"))

    assert [5.0] == sev1.happened(BackAndForthNoticed)


def test_policy_says_what_a_pattern_is(policy, rota):
    """A policy that looks for two turns within a minute finds them."""

    rule = replace(policy.governance.back_and_forth, turns=2, within=MINUTE)
    strict = replace(policy, governance=replace(policy.governance, back_and_forth=rule))
    life = sway(Life(policy=strict, rota=rota).declare(), 2)

    assert [2] == [one.turns for one in life.events if isinstance(one, BackAndForthNoticed)]


def test_a_test_is_no_pattern(life):
    """What is played counts nowhere."""

    life.ask(c.Declare(title="Checkout returns 500s", severity=Severity.SEV1, is_test=True), ADA)
    for turn in range(8):
        life.wait(SECOND).ask(c.ChangeSeverity(severity=Severity.SEV1 if turn % 2 else Severity.SEV4, why=WHY), ADA)

    assert [] == life.happened(BackAndForthNoticed)


def test_what_is_kept_has_a_bound(sev1):
    """However often it turns, only the latest hundred moments are kept."""

    sway(sev1, MOST_KEPT + 5, every=1)

    assert MOST_KEPT == len(sev1.it.unrest.turns)
