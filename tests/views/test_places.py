"""What a place never shows, over everything that one long incident has drawn, public and private."""

import json
from collections.abc import Iterator
from functools import cache

import pytest

from bot.incident import commands as c
from bot.incident.reacting.effects import INCIDENTS, LEADERSHIP, PlaceKind, broadcast
from bot.words import Role, Severity
from tests.views.pictures import ADA, HANDLES, IRIS, LENA, MIA, NOOR, SAM, TOMAS, Story, at, declare
from views.messages import draw

TITLE, HEAD, TAIL = "XTITLE stands still", "XHEAD", "XTAIL"
DESCRIPTION = f"{HEAD} {'and it goes on ' * 25}{TAIL}"
WORDS = ("XNOW", "XAFFECTED", "XNEXT", "XWHY", "XFIXED", "XSTILL", "XSNOOZE", "XBRIEF", "XLESS")
NUMBERS = ("+49 30", "+44 20", "+1 415")
NAMES = ("Ada", "Noor", "Sam", "Mia", "Lena", "Iris", "Tomas")
UPDATE = c.PostUpdate(now="XNOW rolling back", affected="XAFFECTED cards", next="XNEXT verify")

SHARED = frozenset({PlaceKind.INCIDENTS, PlaceKind.LEADERSHIP, PlaceKind.BROADCAST})
PERSONAL = frozenset({PlaceKind.DM, PlaceKind.ASKER, PlaceKind.OUTSIDE})
ANYWHERE = frozenset(PlaceKind)
CALLING = frozenset({"nobody", "nobody_further", "undeliverable"})
"""Views that say whom to telephone, where nobody could be reached."""

NEVER = {
    "public, told to many: no notes": (False, SHARED, ("XNOTE",)),
    "public, told to many: no telephone numbers": (False, SHARED, NUMBERS),
    "public, told to many: no responder without a role": (False, SHARED, ("Tomas",)),
    "public, told to one: no more than 300 characters of the description": (False, PERSONAL, (TAIL,)),
    "public, told to one: nobody else's telephone number": (False, PERSONAL, NUMBERS),
    "public, in its channel: no telephone numbers": (False, {PlaceKind.CHANNEL}, NUMBERS),
    "private, told to many: neither title nor words": (True, SHARED, (TITLE, HEAD, "XNOTE", *WORDS)),
    "private, told to many: nobody of its people": (True, SHARED, NAMES),
    "private, told to many: not its channel": (True, SHARED, ("inc-42-private", "C0INC42")),
    "private, told to one: neither title nor words": (True, PERSONAL, (TITLE, HEAD, "XNOTE", *WORDS)),
    "private, told to one: not its channel": (True, PERSONAL, ("inc-42-private", "C0INC42")),
    "anywhere: no way into what is behind": (True, ANYWHERE, ("token", "Traceback", "SELECT ", "clock.ack")),
}
"""Of which incident, at which places, which words."""


def steps(*, private: bool) -> Iterator[Story]:
    """Live one long SEV-1, stopping wherever something was said."""
    story = declare(Severity.SEV1, title=TITLE, description=DESCRIPTION, private=private)
    yield story
    yield story.clock(2, 3, 5, 10)
    yield story.does(NOOR, 11, c.Acknowledge())
    yield story.does(TOMAS, 11.4, c.AddNote(words="XNOTE p99 doubled"))
    yield story.does(NOOR, 11.6, c.GiveRole(role=Role.DEPUTY, person=SAM))
    yield story.does(ADA, 12, c.Escalate(why="XWHY database help", person=IRIS))
    yield story.clock(13, 15, 20, 25, 30)
    yield story.does(NOOR, 31, UPDATE)
    yield story.does(NOOR, 32, c.SnoozeUpdates(until=at(60), why="XSNOOZE vendor call"))
    yield story.does(NOOR, 33, c.OfferCommand(person=SAM, brief="XBRIEF rollback runs", watch="XNEXT queue"))
    yield story.does(SAM, 34, c.AcceptCommand())
    yield story.does(SAM, 35, c.ChangeSeverity(severity=Severity.SEV2, why="XLESS the retries hide it"))
    yield story.does(SAM, 37, c.ChangeSeverity(severity=Severity.SEV1, why="XWHY it is back again"))
    yield story.does(SAM, 40, c.Mitigate(words="XFIXED rolled back", still="XSTILL the US"))
    yield story.does(SAM, 50, c.Resolve(words="XFIXED limit raised", affected="XAFFECTED", facilitator=LENA))
    yield story.does(MIA, 60, c.Reopen(why="XWHY the errors are back"))
    yield story.does(SAM, 70, c.Resolve(words="XFIXED again", affected="XAFFECTED", facilitator=LENA))


@cache
def lived(*, private: bool) -> tuple[tuple[PlaceKind, str, str], ...]:
    """Return everything drawn meanwhile: the kind of its place, its view, and all that it shows, drawn and redrawn."""
    return tuple(dict.fromkeys(_drawn(private=private)))


def _drawn(*, private: bool) -> Iterator[tuple[PlaceKind, str, str]]:
    for story in steps(private=private):
        standing = [("announcement", INCIDENTS), ("headline", LEADERSHIP), ("broadcast", broadcast("sev1"))]
        told = [(effect.view, effect.words, effect.place) for effect in story.told if effect.view]
        for view, words, place in (*told, *((view, {}, place) for view, place in standing)):
            for first in (True, False):
                message = draw(view, story.picture, words, handles=HANDLES, now=story.now, first=first, place=place)
                if message:
                    shown = json.dumps([message.text, message.blocks], ensure_ascii=False)
                    yield place.kind, view, shown


@pytest.mark.parametrize(("private", "places", "words"), NEVER.values(), ids=NEVER)
def test_what_a_place_never_shows(private, places, words):
    """A place shows nothing that is not for those who read it."""

    found = {
        (str(kind), view, word)
        for kind, view, shown in lived(private=private)
        if kind in places and not (kind is PlaceKind.CHANNEL and view in CALLING)
        for word in words
        if word in shown
    }
    assert set() == found


def test_the_life_says_something_at_every_place():
    """Otherwise nothing would be proved: each kind of place is spoken to, with people's words in the channel."""

    for private in (False, True):
        said = lived(private=private)
        assert SHARED | {PlaceKind.CHANNEL, PlaceKind.DM} <= {kind for kind, _, _ in said}
        inside = "".join(shown for kind, _, shown in said if kind is PlaceKind.CHANNEL)
        assert [] == [word for word in (TITLE, HEAD, "XNOW", "XWHY", "XFIXED", "XSNOOZE") if word not in inside]


def test_telephone_numbers_reach_the_channel_when_nobody_could_be_reached():
    """The one message that names them is read where somebody can call."""

    calling = [shown for kind, view, shown in lived(private=False) if (kind, view) == (PlaceKind.CHANNEL, "nobody")]
    assert any(number in shown for shown in calling for number in NUMBERS)
