"""Tocsin is back: each open incident is told once what the absence cost it, and the figures are true."""

from typing import Any

import pytest

from bot.incident import commands as c
from bot.incident.context import CLOCK
from bot.incident.history import events as e
from bot.incident.history.absence import Absence
from bot.incident.history.asked_events import PageSentOn
from bot.incident.history.away_events import AwayNoticed
from bot.incident.history.climb_events import NextStepCalled
from bot.incident.reacting.effects import CHANNEL
from bot.incident.reading.timeline import line_of
from bot.incident.refusing.refusals import Refused
from bot.words import Classification, Lane, Severity
from tests.incident.life import MINUTE, SAM, START, Life, read


def back(life: Life, *, after: float) -> AwayNoticed | None:
    """Let Tocsin be away for so many minutes from now, and be back; return what the incident was told."""
    away = Absence(since=life.now, until=life.now + after * MINUTE)
    life.now = away.until
    told = life.ask_as(CLOCK, c.RunTimers(away=away))
    assert not isinstance(told, Refused)
    return next((one for one in told if isinstance(one, AwayNoticed)), None)


def led(life: Life, severity: Severity = Severity.SEV1) -> Life:
    """Return an incident of which Noor took command at once, mitigated ten minutes on: only updates are due."""
    life.declare(severity).does(c.TakeCommand())
    life.wait(10 * MINUTE).does(c.Mitigate(words="Rolled back."))
    return life


def missed(told: AwayNoticed | None) -> list[tuple[str, float]]:
    """Return what was missed, with the minute it was due."""
    assert told is not None
    return [(one.what, (one.due_at - START) / MINUTE) for one in told.missed]


def test_what_an_absence_costs(life):
    """An update was due meanwhile: its heads-up is spared, the nudge comes late, and both times are said."""

    told = back(led(life), after=7)

    assert told is not None
    assert (10 * MINUTE, 17 * MINUTE) == (told.since - START, told.until - START)
    assert (1, 0, [("update", 15.0)], 0) == (told.reminders, told.pages, missed(told), told.more)
    assert ["AwayNoticed", "UpdateDueSoon", "UpdateMissed"] == [type(one).__name__ for one in life.events[-3:]]
    assert life.is_replayed()


def test_it_is_one_line_in_its_own_channel_behind_what_is_more_urgent(sev1):
    """It goes to the incident's channel alone, once that exists, in the lane of reminders."""

    back(sev1, after=7)
    (line,) = sev1.effects("line.away")

    assert (CHANNEL, Lane.REMINDER, ("incident:42/channel",)) == (line.place, line.lane, line.needs)
    assert "incident:42/4/line.away" == line.id


def test_it_is_told_once(life):
    """Asked again of the same absence, or of one that is hardly longer, nothing is told."""

    led(life)
    first = back(life, after=7)
    assert first is not None
    again = life.ask_as(CLOCK, c.RunTimers(away=Absence(since=first.since, until=first.until)))
    life.now += MINUTE
    longer = life.ask_as(CLOCK, c.RunTimers(away=Absence(since=first.since, until=life.now)))

    assert ((), ()) == (again, longer)
    assert [17.0] == life.happened(AwayNoticed)


def test_an_absence_after_another_begins_where_that_ended(life):
    """What was told already is not told again as part of the next."""

    led(life)
    back(life, after=7)
    life.now += 3 * MINUTE
    told = life.ask_as(CLOCK, c.RunTimers(away=Absence(since=START, until=life.now)))

    assert [17.0, 20.0] == [(told[0].since - START) / MINUTE, (told[0].until - START) / MINUTE]


@pytest.mark.parametrize(("minutes", "is_told"), [(1.9, False), (2.0, True)])
def test_what_is_worth_a_word(life, minutes, is_told):
    """A restart says nothing; two minutes do, of which one at least was an absence."""

    assert is_told == (back(led(life), after=minutes) is not None)


def test_what_was_declared_meanwhile_counts_from_then(sev1):
    """Tocsin cannot have been away from what did not exist: last seen a minute before it was declared."""

    sev1.now += 5 * MINUTE
    told = sev1.ask_as(CLOCK, c.RunTimers(away=Absence(since=START - MINUTE, until=sev1.now)))

    assert START == told[0].since


def test_what_is_over_is_told_nothing(life):
    """An incident that is resolved has timers that last, and no channel to tell."""

    led(life).does(c.Resolve(words="Pool raised."))

    assert back(life, after=30) is None


def test_nothing_was_due(life):
    """With nothing due meanwhile it says only from when to when."""

    led(life)
    life.does(c.PostUpdate(now="Watching it."))
    told = back(life, after=3)

    assert told is not None
    assert (0, 0, ()) == (told.reminders, told.pages, told.missed)


@pytest.mark.parametrize("minutes", [3, 4, 7, 12, 31, 47, 90, 300])
@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("is_led", [True, False])
def test_the_figures_are_the_difference_to_nobody_being_away(policy, rota, severity, minutes, is_led):
    """Told plus not sent is what an incident whose clock was never late is told: reminders and pages alike."""

    never, away = (Life(policy=policy, rota=rota) for _ in range(2))
    for life in (never, away):
        life.declare(severity)
        if is_led:
            life.does(c.TakeCommand())
    before = len(away.events)
    never.wait(minutes * MINUTE)
    told = back(away, after=minutes)

    assert told is not None
    assert said(never) - said(away) == told.reminders
    assert paged(never.events[before:]) - paged(away.events[before:]) == told.pages
    marks = sorted((mark.due_at, mark.kind) for mark in never.it.missed)
    assert marks[:5] == [(one.due_at, one.what) for one in told.missed]
    assert max(0, len(marks) - 5) == told.more


def said(life: Life) -> int:
    """Count what the clock said: each thing due soon, missed or nudged for, and each rung that somebody heard of."""
    channel: list[Any] = [one.words for one in life.effects("clocks") if one.place == CHANNEL]
    listed = sum(len(words[name]) for words in channel for name in ("soon", "missed"))
    nudges = sum(words["update"] is not None for words in channel)
    soon: list[Any] = [one.words["soon"] for one in life.effects("soon")]
    heads_up = sum(one["kind"] == "update" for said in soon for one in said)
    rungs = {
        (one.words["due_at"], one.view) for view in ("update.late", "update.contact") for one in life.effects(view)
    }
    return int(listed + nudges + heads_up + len(life.effects("update.soon")) + len(rungs))


def paged(events: list[e.Event]) -> int:
    """Count the people called by the clock."""
    return sum(isinstance(one, e.PersonPaged | NextStepCalled) for one in events)


def test_a_private_incident_is_told_in_its_own_channel_alone(life):
    """Nothing of it is said elsewhere."""

    led(life).changed(classification=Classification.RESTRICTED)
    back(life, after=7)

    assert [CHANNEL] == [one.place for one in life.effects("line.away")]


def test_how_the_timeline_reads(life):
    """The timeline has it as a line of its own."""

    told = back(led(life), after=7)
    quiet = back(led(Life(policy=life.policy, rota=life.rota)), after=2)

    assert told is not None
    assert quiet is not None
    assert "Tocsin was away from 14:10 to 14:17; 1 message not sent" == read(line_of(told, ()))
    assert "Tocsin was away from 14:10 to 14:12" == read(line_of(quiet, ()))


def test_phases_count_like_clocks(life):
    """A phase that passed is named beside the clocks, in the order they were due."""

    life.declare(Severity.SEV1).does(c.TakeCommand())
    life.does(c.SetType(type="model drift"))
    told = back(life, after=31)

    at_30 = [("mitigate", 30.0), ("update", 30.0), ("contain", 30.0)]
    assert [("update", 15.0), ("assess", 15.0), *at_30] == missed(told)


def test_a_phase_due_soon_is_told_late(life):
    """What is due soon and not missed yet is told now, so it is no reminder that was not sent."""

    life.declare(Severity.SEV4).does(c.TakeCommand())
    life.does(c.SetType(type="data quality"))
    first = min(due for kind, due in life.armed.items() if kind.startswith("phase.") and kind.endswith(".warn"))
    told = back(life, after=(first - life.now) / MINUTE + 1)

    assert told is not None
    assert 0 == told.reminders
    assert ["PhaseDueSoon"] == [type(one).__name__ for one in life.events if "Phase" in type(one).__name__]


def test_pages_that_somebody_asked_for_are_counted_too(life):
    """Sam has further ways: what goes out late and what is not sent are all of them."""

    led(life).does(c.PagePerson(person=SAM, why="need database help"))
    ways = life.rota.person(SAM).ways
    told = back(life, after=30)
    late = [one for one in life.events if isinstance(one, PageSentOn)]

    assert told is not None
    assert len(ways) - 1 == len(late) + told.pages


def test_a_rung_that_reaches_nobody_is_no_reminder(life):
    """With nobody in the seat and no deputy the rung that tells them tells nobody, late or in time."""

    life.declare(Severity.SEV1).changed(seat=None)
    told = back(life, after=22)
    climbed = [one.rung for one in life.events if isinstance(one, e.UpdateLadderClimbed)]

    assert told is not None
    assert [2] == climbed
    assert ("update", 15.0) in missed(told)
