"""Notes: told later in one's own zone, withdrawn and set right by adding, nothing ever changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.incident import commands as c
from bot.incident.history.note_events import NoteAdded, NoteWithdrawn
from bot.incident.refusing.note_refusals import forwarded_from_private
from bot.incident.rules.notes import read_time
from tests.incident.life import ADA, MINUTE, NOOR, START, ZOE, read

BERLIN, ZONE_UTC = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")


def test_notes_are_numbered(sev1):
    """Notes count from 1, so that each can be named."""

    sev1.does(c.AddNote(words="rollback began"), ZOE)
    (second,) = sev1.does(c.AddNote(words="rollback ended"), ZOE)

    assert NoteAdded(at=sev1.now, by=ZOE, words="rollback ended", number=2) == second


def test_a_note_tells_of_earlier(sev1):
    """The time it tells of stands beside the time it was written."""

    sev1.wait(20 * MINUTE)
    (noted,) = sev1.does(c.AddNote(words="p99 doubled", at=START + 10 * MINUTE), ZOE)

    assert (START + 20 * MINUTE, START + 10 * MINUTE) == (noted.at, noted.told_at)


TIMES = [
    (timedelta(minutes=21), 51, "That is in the future."),
    (timedelta(minutes=-1), 52, "That is before INC-42 was declared (14:00 UTC)."),
]


@pytest.mark.parametrize(("after", "number", "sentence"), TIMES)
def test_a_note_tells_of_nothing_outside_the_incident(sev1, after, number, sentence):
    """Neither the future nor what was before; the words are given back."""

    sev1.wait(20 * MINUTE)
    refused = sev1.refused(c.AddNote(words="p99 doubled", at=START + after), ZOE)

    assert (number, sentence, "p99 doubled") == (refused.number, read(refused.sentence), refused.kept)


def test_the_minute_of_the_declaration_is_inside(life):
    """Declared at 14:00:30, a note at 14:00 is taken."""

    life.now += timedelta(seconds=30)
    life.declare()
    (noted,) = life.does(c.AddNote(words="p99 doubled", at=START), ZOE)

    assert START == noted.told_at


def test_a_correction_adds(sev1):
    """The wrong note stays, the right one names it; what is not there cannot be set right."""

    sev1.does(c.AddNote(words="p99 doubled"), ZOE)
    (right,) = sev1.does(c.AddNote(words="it was p95", corrects=1), ADA)

    assert (2, 1) == (right.number, right.corrects)
    assert 2 == sev1.it.notes
    for nothing in (0, 3):
        refused = sev1.refused(c.AddNote(words="it was p95", corrects=nothing), ADA)
        assert (53, f"There is no note {nothing} of INC-42 to correct. Nothing was changed.", "it was p95") == (
            refused.number,
            read(refused.sentence),
            refused.kept,
        )


def test_an_update_is_corrected_by_another(sev1):
    """A correction is an update of its own that names the one it sets right."""

    sev1.does(c.TakeCommand())
    sev1.does(c.PostUpdate(now="All regions"))
    (right,) = sev1.does(c.PostUpdate(now="EU only", corrects=1))

    assert (2, 1) == (right.number, right.corrects)
    assert [None, 1] == [one.words["corrects"] for one in sev1.effects("update") if one.place.kind == "channel"]
    assert 53 == sev1.refused(c.PostUpdate(now="EU only", corrects=7)).number


def test_a_note_is_withdrawn_once_by_its_author(sev1):
    """It is marked, and stays; nobody else withdraws it."""

    sev1.does(c.AddNote(words="p99 doubled"), ZOE)
    withdraw = c.WithdrawNote(note=1, author=ZOE)

    assert 54 == sev1.refused(withdraw, ADA).number
    assert (NoteWithdrawn(at=sev1.now, by=ZOE, number=1),) == sev1.does(withdraw, ZOE)
    assert ((1,), 1) == (sev1.it.withdrawn, sev1.it.notes)
    assert 55 == sev1.refused(withdraw, ZOE).number
    assert sev1.is_replayed()


NOW = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 22, 0, 10, tzinfo=UTC)
READ = [
    ("13:50", ZONE_UTC, NOW, NOW - 2 * timedelta(hours=1), datetime(2026, 11, 21, 13, 50, tzinfo=UTC)),
    ("14:50", BERLIN, NOW, NOW - 2 * timedelta(hours=1), datetime(2026, 11, 21, 13, 50, tzinfo=UTC)),
    ("13:50 utc", BERLIN, NOW, NOW - 2 * timedelta(hours=1), datetime(2026, 11, 21, 13, 50, tzinfo=UTC)),
    ("23:50", ZONE_UTC, MIDNIGHT, MIDNIGHT - timedelta(hours=1), datetime(2026, 11, 21, 23, 50, tzinfo=UTC)),
    ("23:50", ZONE_UTC, MIDNIGHT, MIDNIGHT, datetime(2026, 11, 22, 23, 50, tzinfo=UTC)),
]


@pytest.mark.parametrize(("typed", "zone", "now", "begun", "meant"), READ)
def test_a_time_of_day_is_read(typed, zone, now, begun, meant):
    """In the author's zone unless it says UTC; shortly after midnight yesterday's is meant."""

    assert meant == read_time(typed, zone=zone, now=now, not_before=begun)


def test_what_is_no_time_is_no_time():
    """What the grammar would not have passed on rises."""

    with pytest.raises(ValueError, match="no time of day"):
        read_time("noon", zone=BERLIN, now=NOW, not_before=NOW)


def test_anybody_notes(sev1):
    """No role is needed (G8.2: the timeline is everybody's)."""

    assert 1 == len(sev1.does(c.AddNote(words="ok"), NOOR))


def test_a_forwarded_private_message_is_refused_with_the_way_on():
    """What stands in the way, and what can be done, in at most 300 characters."""

    refused = forwarded_from_private(42)

    assert (
        "That message brings words from a private place, so it was not put on the timeline of INC-42. "
        "Say in your own words what may stand there: `/incident note`."
    ) == read(refused.sentence)
