"""An incident a signal opened: clocks count from the alert, paging and the commander's from the declaration (G3)."""

from datetime import timedelta

import pytest

from bot.incident import commands as c
from bot.incident.clocks import clocks
from bot.incident.history import events as e
from bot.words import ClockKind, Severity
from tests.incident.life import ADA, HOUR, LENA, MIA, MINUTE, NOOR, SAM, SECOND, START, Life

ACK, COMMANDER, MITIGATE, RESOLVE, UPDATE = ClockKind


def alerted(life: Life, ago: timedelta, severity: Severity = Severity.SEV1) -> Life:
    """Return `life` declared now, because of a signal that came so long ago."""
    life.ask(c.Declare(title="Checkout returns 500s", severity=severity, alerted_at=START - ago), ADA)
    return life


def missed(life: Life) -> list[tuple[ClockKind, float, float]]:
    """Return which clocks were missed: when they were due and when that was noticed, in minutes."""
    return [
        (one.kind, life.minute(one.due_at), life.minute(one.at))
        for one in life.events
        if isinstance(one, e.ClockMissed)
    ]


def test_clocks_count_from_the_alert_and_the_seat_from_the_declaration(life):
    """Alerted two minutes before: acknowledge, mitigate and resolve are due two minutes sooner, commander is not."""

    alerted(life, 2 * MINUTE)

    assert {ACK: 3.0, COMMANDER: 5.0, MITIGATE: 28.0, RESOLVE: 238.0, UPDATE: 15.0} == {
        clock.kind: life.minute(clock.due_at) for clock in clocks(life.it, life.policy)
    }
    assert (0.0, START - 2 * MINUTE) == (life.minute(life.it.runs_since), life.it.clocks_from)


def test_paging_counts_from_the_declaration(life):
    """Whoever is called has their own minutes, however old the alert is."""

    alerted(life, 3 * MINUTE).wait(11 * MINUTE)

    assert [0.0, 2.0, 3.0, 5.0] == life.happened(e.PersonPaged)
    assert [10.0] == life.happened(e.NobodyAnswered)


OVERDUE = [
    pytest.param(Severity.SEV1, 4 * MINUTE, [], id="nothing yet"),
    pytest.param(Severity.SEV1, 5 * MINUTE, [(ACK, 0.0)], id="due at this very moment"),
    pytest.param(Severity.SEV1, 7 * MINUTE, [(ACK, -2.0)], id="acknowledge"),
    pytest.param(Severity.SEV1, 40 * MINUTE, [(ACK, -35.0), (MITIGATE, -10.0)], id="mitigate too"),
    pytest.param(Severity.SEV1, 5 * HOUR, [(ACK, -295.0), (MITIGATE, -270.0), (RESOLVE, -60.0)], id="all of them"),
    pytest.param(Severity.SEV2, 3 * HOUR, [(ACK, -165.0), (MITIGATE, -60.0)], id="SEV-2"),
    pytest.param(Severity.SEV3, 9 * HOUR, [(ACK, -480.0), (MITIGATE, -60.0)], id="SEV-3"),
    pytest.param(Severity.SEV4, 5 * HOUR, [(ACK, -60.0)], id="SEV-4"),
]


@pytest.mark.parametrize(("severity", "ago", "over"), OVERDUE)
def test_what_is_overdue_at_the_declaration_is_missed_at_once_and_once(life, severity, ago, over):
    """A due time that passed before anybody declared is on the record with the declaration, and never again."""

    alerted(life, ago, severity)
    at_once = missed(life)
    life.wait(30 * SECOND)

    assert [(kind, due, 0.0) for kind, due in over] == at_once == missed(life)
    assert life.is_replayed()


def test_overdue_is_one_message_and_calls_whom_policy_names(life):
    """One line in the channel, and one call to each: the contact for silence, both for a mitigation missed."""

    alerted(life, 40 * MINUTE)

    assert [(0.0, "card"), (0.0, "clocks")] == life.in_channel()
    assert ([(0.0, "called")], [(0.0, "called")], []) == (life.dms(MIA), life.dms(LENA), life.dms(SAM))


def test_due_soon_before_the_declaration_is_said_with_it(life):
    """Four minutes after the alert a minute is left: the warning comes with the declaration, not two minutes ago."""

    alerted(life, 4 * MINUTE)

    assert [0.0] == life.happened(e.ClockDueSoon)
    assert (0.0, "soon") in life.dms(NOOR)


def test_no_span_is_negative(life):
    """A milestone reached at once is late by what the alert was older, and no clock allows less than nothing."""

    alerted(life, 40 * MINUTE).does(c.Acknowledge())
    spans = [(clock.allowed, clock.met_at - clock.starts_at) for clock in clocks(life.it, life.policy) if clock.met_at]

    assert (5 * MINUTE, 40 * MINUTE) == spans[0]
    assert all(span >= timedelta() for pair in spans for span in pair)


def test_a_missed_clock_met_later_is_late(life):
    """Declared overdue, mitigated ten minutes after: met, twenty minutes late."""

    alerted(life, 40 * MINUTE).does(c.TakeCommand())
    life.wait(10 * MINUTE).does(c.Mitigate(words="Rolled back."))
    clock = next(one for one in clocks(life.it, life.policy) if one.kind is MITIGATE)

    assert (START - 10 * MINUTE, START, 20 * MINUTE) == (
        clock.due_at,
        clock.missed_at,
        clock.met_at and clock.met_at - clock.due_at,
    )


@pytest.mark.parametrize("ago", [-SECOND, 367 * 24 * HOUR], ids=["it lies ahead", "more than a year ago"])
def test_an_impossible_alert_is_passed_over(life, ago):
    """An alarm is never refused over a time that cannot be; its clocks count from the declaration."""

    alerted(life, ago)

    assert (None, START) == (life.it.alerted_at, life.it.clocks_from)


def test_severity_raised_counts_from_the_alert(life):
    """A SEV-2 alerted 20 minutes ago and raised: SEV-1 was due 15 minutes ago, which is missed at once."""

    alerted(life, 20 * MINUTE - SECOND, Severity.SEV3)
    life.does(c.ChangeSeverity(severity=Severity.SEV1), ADA)

    assert [(ACK, 0.0)] == [(kind, at) for kind, _, at in missed(life)]
    assert life.is_replayed()


def test_a_reopened_incident_counts_from_its_reopening(life):
    """Clocks begin anew when it is open again; the old alert counts no more."""

    alerted(life, 4 * MINUTE).does(c.TakeCommand())
    life.does(c.Resolve(words="Pool limit raised."))
    life.wait(HOUR).does(c.Reopen(why="the errors are back"))

    due = {clock.kind: life.minute(clock.due_at) for clock in clocks(life.it, life.policy)}
    assert {MITIGATE: 90.0, RESOLVE: 300.0} == {kind: due[kind] for kind in (MITIGATE, RESOLVE)}
    assert [] == missed(life)
