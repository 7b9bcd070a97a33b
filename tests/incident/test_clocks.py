"""The clocks: each cell of severity × clock warns and falls due when policy says, and never early (G3.1, G8.1)."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.incident import commands as c
from bot.incident.clocks import Clock, clocks
from bot.incident.context import CLOCK
from bot.incident.history import events as e
from bot.incident.reacting.effects import PlaceKind
from bot.words import ClockKind, Severity
from tests.incident.life import ADA, HOUR, LENA, MIA, MINUTE, NOOR, SAM, SECOND, START, Life, rota_of

SEV1, SEV2, SEV3, SEV4 = Severity
ACK, COMMANDER, MITIGATE, RESOLVE, UPDATE = ClockKind

CELLS = [
    (SEV1, ACK, 3 * MINUTE, 5 * MINUTE),
    (SEV1, COMMANDER, 3 * MINUTE, 5 * MINUTE),
    (SEV1, MITIGATE, 24 * MINUTE, 30 * MINUTE),
    (SEV1, RESOLVE, 192 * MINUTE, 4 * HOUR),
    (SEV2, ACK, 12 * MINUTE, 15 * MINUTE),
    (SEV2, COMMANDER, 3 * MINUTE, 5 * MINUTE),
    (SEV2, MITIGATE, 96 * MINUTE, 2 * HOUR),
    (SEV2, RESOLVE, 23 * HOUR, 24 * HOUR),
    (SEV3, ACK, 48 * MINUTE, 1 * HOUR),
    (SEV3, MITIGATE, 7 * HOUR, 8 * HOUR),
    (SEV3, RESOLVE, 71 * HOUR, 72 * HOUR),
    (SEV4, ACK, 192 * MINUTE, 4 * HOUR),
    (SEV4, RESOLVE, datetime(2026, 12, 6, 23, tzinfo=UTC) - START, datetime(2026, 12, 7, tzinfo=UTC) - START),
]

RUNNING = [
    (SEV1, [ACK, COMMANDER, MITIGATE, RESOLVE, UPDATE]),
    (SEV2, [ACK, COMMANDER, MITIGATE, RESOLVE, UPDATE]),
    (SEV3, [ACK, MITIGATE, RESOLVE]),
    (SEV4, [ACK, RESOLVE]),
]

MEETS: dict[ClockKind, c.Command] = {
    ACK: c.Acknowledge(),
    COMMANDER: c.TakeCommand(),
    MITIGATE: c.Mitigate(words="Rolled back."),
    RESOLVE: c.Resolve(words="Pool limit raised."),
}


def one(life: Life, kind: ClockKind) -> Clock:
    """Return the clock of this kind as it stands."""
    return next(clock for clock in clocks(life.it, life.policy) if clock.kind is kind)


def marks(life: Life, kind: ClockKind, sort: type[e.ClockDueSoon] | type[e.ClockMissed]) -> list[timedelta]:
    """Return how long after the start the clock warned, or was missed."""
    return [event.at - START for event in life.events if isinstance(event, sort) and event.kind is kind]


@pytest.mark.parametrize(("severity", "kinds"), RUNNING)
def test_which_clocks_run(life, severity, kinds):
    """SEV-1 and 2 run five clocks, SEV-3 three, SEV-4 two, in the order people read them."""

    assert kinds == [clock.kind for clock in clocks(life.declare(severity).it, life.policy)]


@pytest.mark.parametrize(("severity", "kind", "warn", "due"), CELLS)
def test_every_cell(life, severity, kind, warn, due):
    """An unmet clock warns at its moment and is missed at its due time, once each, to the second."""

    life.declare(severity).wait(due + HOUR)

    assert [warn] == marks(life, kind, e.ClockDueSoon)
    assert [due] == marks(life, kind, e.ClockMissed)


@pytest.mark.parametrize(("severity", "kind", "warn", "due"), CELLS)
def test_never_early(life, severity, kind, warn, due):
    """A tick a second before its moment neither warns nor misses."""

    life.declare(severity).wait(warn - SECOND)
    life.tick()
    early = marks(life, kind, e.ClockDueSoon)
    life.wait_until(START + due - SECOND)
    life.tick()

    assert [] == early
    assert [] == marks(life, kind, e.ClockMissed)


@pytest.mark.parametrize(("severity", "kind", "warn", "due"), CELLS)
def test_a_met_clock_never_fires(life, severity, kind, warn, due):
    """A milestone reached before the warning leaves nothing to warn about or to miss."""

    life.declare(severity)
    life.now += min(warn, MINUTE)
    life.does(MEETS[kind])
    life.wait(due + HOUR)
    clock = one(life, kind)

    assert [] == [*marks(life, kind, e.ClockDueSoon), *marks(life, kind, e.ClockMissed)]
    assert (START + min(warn, MINUTE), False, False) == (clock.met_at, clock.is_running, clock.stopped)


@pytest.mark.parametrize(("severity", "kind", "warn", "due"), CELLS)
def test_met_before_the_tick_but_late(life, severity, kind, warn, due):
    """A milestone reached a second late, before any tick noticed, is recorded as missed all the same."""

    life.declare(severity)
    life.now += due + SECOND
    life.does(MEETS[kind])

    assert [due + SECOND] == marks(life, kind, e.ClockMissed)
    assert START + due + SECOND == one(life, kind).met_at
    assert "clock" == next(event.by for event in life.events if isinstance(event, e.ClockMissed))


@pytest.mark.parametrize(("severity", "kind", "warn", "due"), CELLS)
def test_met_at_the_due_moment(life, severity, kind, warn, due):
    """A milestone reached at the very moment it is due is in time."""

    life.declare(severity)
    life.now += due
    life.does(MEETS[kind])

    assert [] == marks(life, kind, e.ClockMissed)


@pytest.mark.parametrize(("severity", "kind", "warn", "due"), CELLS)
def test_how_a_clock_stands(life, severity, kind, warn, due):
    """A clock says what it allows, when it warned and when it was missed."""

    life.declare(severity).wait(due)
    clock = one(life, kind)

    assert (START, START + due, due) == (clock.starts_at, clock.due_at, clock.allowed)
    assert (START + warn, START + warn, START + due) == (clock.warn_at, clock.warned_at, clock.missed_at)
    assert clock.is_running


def test_cancelled_clocks_stop(sev1):
    """A cancelled incident's clocks are stopped, not met."""

    sev1.does(c.Cancel(why="the test ran against production"), ADA)

    assert {(None, True)} == {(clock.met_at, clock.stopped) for clock in clocks(sev1.it, sev1.policy)}


def test_the_update_clock(sev1):
    """The cadence is a clock too: it stands at the next due time and knows the last one missed."""

    sev1.wait(20 * MINUTE)
    clock = one(sev1, UPDATE)

    assert (START + 15 * MINUTE, START + 30 * MINUTE) == (clock.starts_at, clock.due_at)
    assert (START + 27 * MINUTE, START + 15 * MINUTE) == (clock.warn_at, clock.missed_at)


def test_clocks_count_from_the_alert(sev1):
    """Where a signal opened the incident, clocks count from the alert; the commander's from the declaration (G3)."""

    sev1.changed(alerted_at=START - 10 * MINUTE)

    assert START - 5 * MINUTE == one(sev1, ACK).due_at
    assert START + 5 * MINUTE == one(sev1, COMMANDER).due_at


CALLED = [
    (SEV1, ACK, []),
    (SEV1, COMMANDER, []),
    (SEV1, MITIGATE, [MIA, LENA]),
    (SEV1, RESOLVE, []),
    (SEV2, ACK, []),
    (SEV2, COMMANDER, [MIA]),
    (SEV2, MITIGATE, [MIA]),
    (SEV2, RESOLVE, []),
    (SEV3, ACK, [SAM]),
    (SEV3, MITIGATE, [SAM]),
    (SEV3, RESOLVE, []),
    (SEV4, ACK, []),
    (SEV4, RESOLVE, []),
]


@pytest.mark.parametrize(("severity", "kind", "called"), CALLED)
def test_who_is_called_for_a_miss(life, severity, kind, called):
    """A miss calls whom policy names, unless the paging ladder reaches them by then (G3.2, G8.1, P2)."""

    life.declare(severity).wait(73 * HOUR if severity is SEV3 else 17 * 24 * HOUR if severity is SEV4 else 25 * HOUR)
    [missed] = [event for event in life.events if isinstance(event, e.ClockMissed) and event.kind is kind]

    assert called == [person for _, person in missed.called]


def test_a_silent_commander_after_somebody_else_acknowledged(sev1):
    """When another acknowledged and paging stopped, a commander's silence calls the escalation contact (G8.1)."""

    sev1.does(c.Acknowledge(), SAM)
    sev1.wait(6 * MINUTE)

    assert [(5.0, "called")] == sev1.dms(MIA)
    assert [(0.0, "page"), (3.0, "soon")] == sev1.dms(NOOR)
    assert [("escalation", MIA, COMMANDER)] == [(call.contact, call.person, call.clock) for call in sev1.it.calls]


def test_nobody_to_call(policy):
    """A contact nobody stands behind is not called, and the miss is recorded all the same."""

    life = Life(policy=policy, rota=rota_of(policy, without=(MIA, LENA))).declare()
    life.wait(31 * MINUTE)

    assert () == life.it.calls
    assert [30 * MINUTE] == marks(life, MITIGATE, e.ClockMissed)


def test_called_for_two_clocks_at_once(life):
    """After an outage in which two clocks were missed, the contact is called once, for both on the record."""

    life.declare(SEV2).outage(3 * HOUR)

    assert [(180.0, "page"), (180.0, "update.contact"), (180.0, "called")] == sorted(
        life.dms(MIA), key=lambda one: ["page", "update.contact", "called"].index(one[1])
    )
    assert [COMMANDER, MITIGATE] == [call.clock for call in life.it.calls]


def test_a_call_is_drawn_again_when_answered(sev1):
    """Whoever answers a call sees it answered, and so does the card."""

    sev1.does(c.TakeCommand())
    sev1.wait(30 * MINUTE)
    sev1.redrawn.clear()
    sev1.does(c.AnswerCall(), LENA)

    assert ["incident:42/called/1", "incident:42/card"] == sev1.redrawn


def test_calls_are_drawn_again_at_the_end(sev1):
    """When it is over, those who were called see that nothing is needed."""

    sev1.wait(30 * MINUTE)
    sev1.does(c.Resolve(words="Pool limit raised."))

    assert {"incident:42/called/0", "incident:42/called/1"} <= set(sev1.redrawn)


def test_one_message_for_two_clocks(sev1):
    """Clocks due at the same moment are one message in the channel, and one to each person (calm budget)."""

    sev1.wait(5 * MINUTE)
    soon, missed = sev1.effects("clocks")[:2]

    assert [[ACK, COMMANDER], []] == [
        [one["kind"] for one in words] for words in (soon.words["soon"], soon.words["missed"])
    ]
    assert [ACK, COMMANDER] == [one["kind"] for one in missed.words["missed"]]
    assert MIA == missed.words["paged"]
    assert [[ACK, COMMANDER]] == [[one["kind"] for one in each.words["soon"]] for each in sev1.effects("soon")]


def test_a_missed_clock_is_told_to_leadership(sev1):
    """A miss goes under leadership's headline as well; a warning does not."""

    sev1.wait(5 * MINUTE)

    assert [(1.0, "headline"), (5.0, "clocks")] == sev1.told(PlaceKind.LEADERSHIP)


def test_an_update_due_soon_goes_with_a_clock(life):
    """A heads-up for the update is not a second message in the minute a clock is due soon (calm budget)."""

    life.declare(SEV2).wait(13 * MINUTE)
    last = life.effects("soon")[-1]

    assert [(0.0, "page"), (3.0, "soon"), (12.0, "soon")] == life.dms(NOOR)
    assert [ACK, UPDATE] == [one["kind"] for one in last.words["soon"]]


def test_due_soon_when_nobody_can_meet_it(policy):
    """With nobody paged and nobody commanding, only the channel hears that a clock is due soon."""

    life = Life(policy=policy, rota=rota_of(policy, without=("UNOOR", "USAM", "UMIA"))).declare()
    life.wait(4 * MINUTE)

    assert [(0.0, "card"), (3.0, "clocks")] == life.in_channel()
    assert [] == life.effects("soon")


def test_a_tick_with_nothing_due(sev1):
    """A tick at which nothing is due changes nothing."""

    sev1.now += SECOND

    assert () == sev1.ask_as(CLOCK, c.RunTimers())
