"""Sentences are written the same for every surface, each in its own way."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.incident.reacting.effects import Words
from bot.incident.sentences import Quote, When, Who
from views.kit import cut, cut_escaped, escape, one_line
from views.reading import moment, number, part, parts, person, text, texts
from views.sentences import Bold, Code, Day, Link, Pen, Ping, Room, as_token, joined

AT = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
PEN = Pen(name=lambda who: {"U0NOOR": "Noor *Haddad*\n"}.get(who or "", who or "nobody"), now=AT)
EVERY_PART = {
    "literal": ("a < b", "a < b", "a &lt; b", {"type": "text", "text": "a < b"}),
    "who": (Who("U0NOOR"), "Noor Haddad", "Noor Haddad", {"type": "text", "text": "Noor Haddad"}),
    "ping": (Ping("U0NOOR"), "Noor Haddad", "<@U0NOOR>", {"type": "user", "user_id": "U0NOOR"}),
    "ping of no account": (Ping("clock"), "clock", "clock", {"type": "text", "text": "clock"}),
    "ping of nobody": (Ping(None), "nobody", "nobody", {"type": "text", "text": "nobody"}),
    "bold": (Bold("INC-42"), "INC-42", "*INC-42*", {"type": "text", "text": "INC-42", "style": {"bold": True}}),
    "code": (
        Code("/incident"),
        "/incident",
        "`/incident`",
        {"type": "text", "text": "/incident", "style": {"code": True}},
    ),
    "room": (Room("C0INC42", "inc-42"), "#inc-42", "<#C0INC42>", {"type": "channel", "channel_id": "C0INC42"}),
    "link": (
        Link("https://meet.example.com/?a=1&b=2"),
        "https://meet.example.com/?a=1&b=2",
        "<https://meet.example.com/?a=1&amp;b=2>",
        {"type": "link", "url": "https://meet.example.com/?a=1&b=2"},
    ),
    "when": (
        When(AT),
        "14:00 UTC",
        "<!date^1795269600^{time}|14:00 UTC>",
        {"type": "date", "timestamp": 1795269600, "format": "{time}", "fallback": "14:00 UTC"},
    ),
    "day": (
        Day(AT),
        "Nov 21 UTC",
        "<!date^1795269600^{date_short_pretty}|Nov 21 UTC>",
        {"type": "date", "timestamp": 1795269600, "format": "{date_short_pretty}", "fallback": "Nov 21 UTC"},
    ),
}


@pytest.mark.parametrize(("written", "plain", "marked", "element"), EVERY_PART.values(), ids=EVERY_PART)
def test_every_part_is_written_for_every_surface(written, plain, marked, element):
    """Plain words, mrkdwn and rich text say the same."""

    assert plain == PEN.plain(written)
    assert marked == PEN.mrkdwn(written)
    assert [element] == PEN.elements(written)


def test_peoples_own_words_never_go_into_mrkdwn():
    """A view that tries is broken, and says so."""

    with pytest.raises(ValueError, match="never go into mrkdwn"):
        PEN.mrkdwn("why: ", Quote("vendor call"))
    assert "rich_text" == PEN.says("why: ", Quote("vendor call"))["type"]
    assert "section" == PEN.says("no words of anybody's")["type"]


@pytest.mark.parametrize(
    ("hours", "shape", "fallback"),
    [
        (12, "{time}", "02:00 UTC"),
        (-12, "{time}", "02:00 UTC"),
        (13, "{date_short_pretty} at {time}", "Nov 22 at 03:00 UTC"),
        (-13, "{date_short_pretty} at {time}", "Nov 21 at 01:00 UTC"),
    ],
)
def test_beyond_twelve_hours_the_day_stands_beside_the_hour(hours, shape, fallback):
    """Nobody takes tomorrow's 14:05 for today's."""

    assert (shape, fallback) == as_token(AT + timedelta(hours=hours), now=AT)


@pytest.mark.parametrize(("count", "said"), [(0, ""), (1, "p0"), (2, "p0 and p1"), (3, "p0, p1 and p2")])
def test_people_are_enumerated(count, said):
    """A list reads as a sentence does."""

    assert said == PEN.plain(*joined((f"p{index}",) for index in range(count)))


@pytest.mark.parametrize(
    ("text_", "limit", "said"),
    [
        ("short", 10, "short"),
        ("one two three four", 12, "one two…"),
        ("unbreakable-word", 8, "unbreak…"),
        ("a unbreakable-word", 12, "a unbreakab…"),
    ],
)
def test_long_words_are_cut_at_a_word(text_, limit, said):
    """What is left out is marked."""

    assert said == cut(text_, limit=limit)


@pytest.mark.parametrize("text_", ["&" * 400, "<" * 400, "a & b " * 100, "plain " * 100, "&"])
@pytest.mark.parametrize("limit", [1, 5, 100, 300])
def test_what_is_escaped_fits(text_, limit):
    """Escaping makes words longer, and Slack's limit counts what it is sent."""

    fitted = cut_escaped(text_, limit=limit)
    assert len(escape(fitted)) <= limit
    assert fitted or limit < 5


def test_a_line_is_one_line():
    """Line breaks, control characters and changes of direction are gone."""

    assert "a b c d" == one_line("a\r\nb\u2028c\u202e d\u2069", limit=100)


def test_words_are_read_by_type():
    """What has another type than expected is not there."""

    at = AT.isoformat()
    words: Words = {"text": "x", "number": 3, "at": at, "part": {"a": 1}, "parts": [{"a": 1}, "x"], "none": None}
    assert ("x", "", "") == (text(words, "text"), text(words, "number"), text(words, "gone"))
    assert ("x", None) == (person(words, "text"), person(words, "none"))
    assert (3, 0) == (number(words, "number"), number(words, "text"))
    assert (AT, None) == (moment(words, "at"), moment(words, "none"))
    assert ({"a": 1}, None) == (part(words, "part"), part(words, "text"))
    assert ([{"a": 1}], []) == (parts(words, "parts"), parts(words, "text"))
    assert (["x"], []) == (texts(words, "parts"), texts(words, "part"))
