"""The daily digest: when it comes, and what it says of a day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.incident import commands as c
from bot.incident.clocks import clocks
from bot.incident.reading import digest as drawn_up
from bot.incident.reading.digest import digest_id, last_nine, next_nine
from bot.incident.reading.picture import Picture
from bot.words import Classification, Severity, Status
from tests.incident.life import HOUR, MINUTE, NOOR, START

SINCE = START - timedelta(hours=6)

NINES = [
    ("2026-11-21T07:59:59", "2026-11-20T08:00", "2026-11-21T08:00"),
    ("2026-11-21T08:00:00", "2026-11-21T08:00", "2026-11-22T08:00"),
    ("2026-11-21T23:30:00", "2026-11-21T08:00", "2026-11-22T08:00"),
    ("2026-03-28T12:00:00", "2026-03-28T08:00", "2026-03-29T07:00"),
    ("2026-10-24T12:00:00", "2026-10-24T07:00", "2026-10-25T08:00"),
]


@pytest.mark.parametrize(("now", "last", "following"), NINES)
def test_nine_is_nine_where_the_channel_is_read(now, last, following):
    """The hour is local, also on the days on which the clocks change."""
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = (last_nine(now=at, zone="Europe/Berlin"), next_nine(now=at, zone="Europe/Berlin"))

    assert (last, following) == tuple(f"{one.astimezone(UTC):%Y-%m-%dT%H:%M}" for one in found)


def test_a_digest_is_named_by_its_day():
    """One day, one digest."""

    assert "digest/2026-11-21" == digest_id(last_nine(now=START, zone="Europe/Berlin"))


def digest(pictures, **span) -> Any:
    """What the digest says, as JSON that a test may look into."""
    return drawn_up.digest(pictures, **span)


def seen(life, **changes):
    """The picture of a life's incident as it stands."""
    incident = life.changed(**changes).it if changes else life.it
    return Picture(incident=incident, clocks=clocks(incident, life.policy), policy=life.policy, names={NOOR: "Noor"})


def test_what_is_open(sev1):
    """Number, severity, status, age, who commands and when the next update is due; no title."""
    sev1.wait(2 * MINUTE).does(c.Acknowledge())

    said = digest([seen(sev1)], since=SINCE, now=sev1.now)

    assert [
        {
            "number": 42,
            "severity": "sev1",
            "status": "acknowledged",
            "seconds": 120,
            "commander": "Noor",
            "update_due_at": (START + 15 * MINUTE).isoformat(),
        }
    ] == said["open"]
    assert 1 == said["declared"]
    assert "Checkout" not in str(said)


def test_an_incident_that_nobody_commands_and_nobody_updates(life):
    """What is not there is not said."""
    said = digest([seen(life.declare(Severity.SEV4), seat=None)], since=SINCE, now=START)

    assert [(None, None)] == [(one["commander"], one["update_due_at"]) for one in said["open"]]


def test_what_was_resolved_and_what_was_missed(sev1):
    """How long it took and what was allowed; each missed clock, and the missed updates counted."""
    sev1.wait(7 * MINUTE).does(c.Acknowledge())
    sev1.wait(40 * MINUTE).does(c.Resolve(words="Pool raised"))

    said = digest([seen(sev1)], since=SINCE, now=sev1.now)

    assert [{"number": 42, "severity": "sev1", "seconds": 47 * 60, "allowed": 4 * 3600}] == said["resolved"]
    assert [("acknowledge", 420), ("commander", 420), ("mitigate", 47 * 60), ("update", None)] == [
        (one["kind"], one.get("seconds")) for one in said["missed"]
    ]
    assert [] == said["open"]


def test_what_was_missed_and_is_not_met_yet_counts_until_now(sev1):
    """A clock that still runs is as late as it is now."""
    sev1.wait(9 * MINUTE)

    said = digest([seen(sev1)], since=SINCE, now=sev1.now)

    assert ("acknowledge", 540) == (said["missed"][0]["kind"], said["missed"][0]["seconds"])


def test_what_happened_before_is_not_news(sev1):
    """Yesterday's digest told it."""
    sev1.wait(7 * MINUTE).does(c.Resolve(words="Pool raised"))

    said = digest([seen(sev1)], since=sev1.now + HOUR, now=sev1.now + 2 * HOUR)

    assert ([], [], 0) == (said["resolved"], said["missed"], said["declared"])


DUE = [(HOUR, [0]), (49 * HOUR, [3600])]


@pytest.mark.parametrize(("later", "late"), DUE)
def test_postmortems_that_fall_due(sev1, later, late):
    """A resolved SEV-1 owes one within 48 h (G8.3); overdue says by how much."""
    sev1.does(c.Resolve(words="Pool raised"))

    said = digest([seen(sev1)], since=SINCE, now=sev1.now + later)

    assert late == [one["late"] for one in said["postmortems"]]


@pytest.mark.parametrize("severity", [Severity.SEV2, Severity.SEV4])
def test_postmortems_far_off_or_not_asked_for_are_left_out(life, severity):
    """One that is closed, or that policy does not ask for, is not due."""
    life.declare(severity).does(c.Resolve(words="Pool raised"))
    closed = {"status": Status.CLOSED} if severity is Severity.SEV2 else {}

    assert [] == digest([seen(life, **closed)], since=SINCE, now=life.now)["postmortems"]


def test_a_postmortem_due_beyond_the_week_waits(life):
    """Told a week ahead, not earlier."""
    life.declare(Severity.SEV2).does(c.Resolve(words="Pool raised"))

    assert [] == digest([seen(life)], since=SINCE, now=life.now - HOUR)["postmortems"]


def test_a_private_incident_is_only_counted(sev1):
    """Severity and missed clocks; neither number, commander nor anything people wrote."""
    sev1.wait(6 * MINUTE)

    said = digest([seen(sev1, classification=Classification.CONFIDENTIAL)], since=SINCE, now=sev1.now)

    assert [{"severity": "sev1", "missed": 2}] == said["private"]
    assert ([], [], []) == (said["open"], said["missed"], said["resolved"])
    assert "42" not in str(said)


def test_a_private_incident_that_is_over_is_not_told(sev1):
    """Nothing of it is left to count."""
    sev1.does(c.Resolve(words="Pool raised"))

    said = digest([seen(sev1, classification=Classification.CONFIDENTIAL)], since=SINCE, now=sev1.now)

    assert ([], [], []) == (said["private"], said["resolved"], said["postmortems"])


def test_an_end_without_a_clock_is_told_without_a_span(sev1):
    """Where policy runs no clock there is nothing to compare with."""
    sev1.does(c.Resolve(words="Pool raised"))
    picture = Picture(incident=sev1.it, clocks=(), policy=sev1.policy)

    assert [(None, None)] == [
        (one["seconds"], one["allowed"]) for one in digest([picture], since=SINCE, now=sev1.now)["resolved"]
    ]
