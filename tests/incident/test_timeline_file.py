"""What a timeline's file holds before it is written."""

from bot.incident.clocks import clocks
from bot.incident.history.note_events import NoteAdded
from bot.incident.reading.picture import Picture
from bot.incident.reading.readings import RecordCheck
from bot.incident.reading.timeline import line_of
from bot.incident.reading.timeline_file import TimelineFile, Told
from tests.incident.life import ZOE, read


def test_a_file_asks_for_no_membership_unless_it_says_where(sev1):
    """Its entries are told as on the page; only a private incident's reader must still be in a channel."""

    running = clocks(sev1.it, sev1.policy)
    told = Told(at=sev1.now, line=line_of(NoteAdded(at=sev1.now, by=ZOE, words="p99 doubled", number=1), running))
    held = TimelineFile(
        picture=Picture(incident=sev1.it, clocks=running, policy=sev1.policy),
        entries=(told,),
        checked=RecordCheck(ok=True),
        checked_at=sev1.now,
        leaf="",
        whole=True,
    )

    assert ("", [f"Note “p99 doubled” (no. 1) · {ZOE}"]) == (held.members_of, [read(one.line) for one in held.entries])
