"""The clock speaks in a channel at most once a minute; what is missed is recorded, and people called, at once."""

from datetime import timedelta
from itertools import pairwise

from bot.incident import commands as c
from bot.incident.history import events as e
from bot.incident.reacting.effects import Effect, PlaceKind
from bot.words import Severity
from tests.incident.life import MIA, MINUTE, NOOR, SECOND, Life


def lines(life: Life) -> list[float]:
    """Return when the clock's messages stand in the channel, in minutes."""
    said = [(at, one) for at, one in life.said if one.view in {"clocks", "update.climbed"} and _there(one)]
    return [life.minute(one.not_before or at) for at, one in said]


def _there(effect: Effect) -> bool:
    return effect.place.kind is PlaceKind.CHANNEL


def updated_at(life: Life, minute: float) -> Life:
    """Return a SEV-1 that Noor commands and whose last update was posted so many minutes in."""
    life.declare().does(c.TakeCommand())
    life.wait_until(life.it.declared.at + timedelta(minutes=minute))
    life.does(c.PostUpdate(now="Rolling back."))
    return life


def test_a_warning_waits_for_its_minute(life):
    """The update nudge came at 23.5; mitigation's warning, due at 24, is said at 24.5 and not sooner."""

    updated_at(life, 8.5).wait(17 * MINUTE)

    assert [23.5, 24.5] == lines(life)
    assert [24.5] == life.happened(e.ClockDueSoon)


def test_a_miss_waits_only_in_the_channel(life):
    """Nudged at 29.5, mitigation is missed at 30: recorded and called at 30, said in the channel at 30.5."""

    updated_at(life, 14.5).wait(16 * MINUTE)

    assert [24.0, 29.5, 30.5] == lines(life)
    assert [30.0] == life.happened(e.ClockMissed)
    assert (30.0, "called") in life.dms(MIA)


def test_a_nudge_waits_after_a_miss(life):
    """Mitigation is missed at 30, the update at 30.25: the nudge is said at 31, and its miss counted at 30.25."""

    updated_at(life, 15.25).wait(16 * MINUTE)

    assert [15.0, 24.0, 30.0, 31.0] == lines(life)
    assert 30.25 in life.happened(e.UpdateMissed)


def test_the_climb_of_a_ladder_waits_as_well(life):
    """At +10 the channel hears a minute after whatever it heard last; the contact is called at once."""

    updated_at(life, 4.5).wait(26 * MINUTE)

    assert [19.5, 24.0, 29.5, 30.5] == lines(life)
    assert (29.5, "update.contact") in life.dms(MIA)


def test_never_twice_in_a_minute_however_severity_is_edited(life):
    """Up and down again and again: the clock's messages stay a minute apart."""

    life.declare(Severity.SEV2).does(c.TakeCommand())
    for _ in range(30):
        life.wait(7 * SECOND)
        life.does(c.ChangeSeverity(severity=Severity.SEV1))
        life.wait(50 * SECOND)
        life.does(c.ChangeSeverity(severity=Severity.SEV2, why="the retries hide it"), NOOR)
    said = lines(life)

    assert said
    assert all(after - before >= 1 for before, after in pairwise(said))
    assert life.is_replayed()


def said_of_clocks(life: Life) -> set[str]:
    """Return the ids of what the clock said about clocks so far, in the channel and by direct message."""
    return {one.id for _, one in life.said if one.view in {"clocks", "soon"} and not one.thread_of}


def test_what_was_said_of_clocks_is_drawn_again_when_they_are_met(sev1):
    """Warned at 3 and missed at 5, commanded at 6: every message of the clock turns to done, and only then."""

    sev1.wait(5 * MINUTE)
    before = said_of_clocks(sev1) & set(sev1.redrawn)
    sev1.wait(MINUTE).does(c.TakeCommand())

    assert (set(), 3) == (before, len(said_of_clocks(sev1) & set(sev1.redrawn)))


def test_a_reopened_incident_leaves_old_clocks_alone(sev1):
    """What was said before a reopening stands; a note changes nothing of what the clock said either."""

    sev1.wait(5 * MINUTE).does(c.TakeCommand())
    sev1.does(c.Resolve(words="Pool limit raised."))
    sev1.wait(MINUTE).does(c.Reopen(why="the errors are back"))
    sev1.redrawn.clear()
    sev1.does(c.AddNote(words="Looking."))
    sev1.does(c.PostUpdate(now="Rolling back."))

    assert set() == said_of_clocks(sev1) & set(sev1.redrawn)
