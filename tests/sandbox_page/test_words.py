"""Words are drawn as Slack draws them, and nothing in them comes alive that Slack would not let live."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox.page.dates import date_words
from sandbox.page.mrkdwn import mrkdwn, plain
from sandbox.page.reader import spell
from sandbox.page.rich import rich_text

MOMENT = int(datetime(2026, 3, 2, 14, 5, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("*bold* and _slant_ and ~gone~", "<b>bold</b> and <i>slant</i> and <s>gone</s>"),
        ("*a _b_*", "<b>a <i>b</i></b>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("`*x* <y>`", "<code>*x* &lt;y&gt;</code>"),
        ("```\na <@U0ADA000000>\n```", "<pre>a &lt;@U0ADA000000&gt;</pre>"),
        ("one\ntwo", "one<br>two"),
        ("&gt; said\nnot", "<blockquote>said</blockquote>not"),
        ("<script>alert(1)</script>", "scriptalert(1)/script"),
        ('&lt;img src=x onerror="x"&gt;', "&lt;img src=x onerror=&#34;x&#34;&gt;"),
        ("&amp;lt;", "&amp;lt;"),
        ("<javascript:alert(1)|here>", "here"),
        (
            "<https://a.example/?q=1&amp;r=2|there>",
            '<a href="https://a.example/?q=1&amp;r=2" rel="noreferrer noopener" target="_blank">there</a>',
        ),
        ('<https://a.example/"onclick=x|b>', 'href="https://a.example/&#34;onclick=x"'),
        ("<@U0ADA000000>", '<span class="mention me">@Ada Obi</span>'),
        ("<@U0NOOR00000|noor>", '<span class="mention">@Noor Haddad</span>'),
        ("<@U0NOBODY000|ghost>", '<span class="mention">@ghost</span>'),
        ("<!here>", '<span class="mention me">@here</span>'),
        ("<!subteam^S1|@ml>", '<span class="mention">@ml</span>'),
        ("<#C0INCIDENTS|x>", '<a class="mention" href="/as/ada/c/incidents">#incidents</a>'),
        ("<#C0LEADERSHI|leadership>", '<span class="mention">🔒 private channel</span>'),
        (f"<!date^{MOMENT}^{{time}}|14:05 UTC>", "<time>15:05</time>"),
        (f"<!date^{MOMENT}^{{nonsense}}|14:05 UTC>", "<time>14:05 UTC</time>"),
        (":lock: :nothing_like_it:", "🔒 :nothing_like_it:"),
    ],
)
def test_mrkdwn_is_drawn(reader, text, drawn):
    """Marks, tokens and entities are drawn as Slack draws them, everything else stays words."""

    assert drawn in str(mrkdwn(text, reader))


def test_plain_text_is_plain():
    """Nothing in plain_text is alive but line ends and emoji names."""

    assert "*a* &lt;@U1&gt;<br>🔒 :x_y:" == str(plain("*a* <@U1>\n:lock: :x_y:"))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("{time}", "15:05"),
        ("{time_secs}", "15:05:00"),
        ("{date_short_pretty} at {time}", "today at 15:05"),
        ("{date}", "March 2nd, 2026"),
        ("{date_long}", "Monday, March 2nd, 2026"),
        ("{date_num}", "2026-03-02"),
        ("{ago}", "3 minutes ago"),
        ("{what}", None),
    ],
)
def test_date_tokens_in_the_readers_zone(form, words):
    """A date token is filled in for the reader's zone; an unknown one leaves the fallback to be shown."""

    now = datetime(2026, 3, 2, 14, 8, tzinfo=UTC)

    assert words == date_words(MOMENT, form, zone=ZoneInfo("Europe/Berlin"), now=now)


def test_a_moment_nobody_can_write_has_no_words():
    """A timestamp beyond the calendar leaves the fallback to be shown."""

    assert date_words(2**60, "{time}", zone=UTC, now=datetime(2026, 3, 2, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("part", "drawn"),
    [
        ({"type": "text", "text": "<b>&\nx", "style": {"bold": True}}, "<b>&lt;b&gt;&amp;<br>x</b>"),
        ({"type": "text", "text": "x", "style": {"code": True, "strike": True}}, "<s><code>x</code></s>"),
        ({"type": "user", "user_id": "U0ADA000000"}, '<span class="mention me">@Ada Obi</span>'),
        ({"type": "usergroup", "usergroup_id": "S1"}, '<span class="mention">@S1</span>'),
        ({"type": "channel", "channel_id": "C0GENERAL00"}, '<a class="mention" href="/as/ada/c/general">#general</a>'),
        ({"type": "broadcast", "range": "channel"}, '<span class="mention me">@channel</span>'),
        ({"type": "emoji", "name": "x", "unicode": "1f6a8"}, "🚨"),
        ({"type": "date", "timestamp": MOMENT, "format": "{time}", "fallback": "f"}, "<time>15:05</time>"),
        ({"type": "link", "url": "javascript:x", "text": "<i>"}, "&lt;i&gt;"),
        ({"type": "color", "value": "#F405B3"}, "<code>#F405B3</code>"),
        ({"type": "team", "team_id": "T1"}, "T1"),
    ],
)
def test_rich_text_spans(reader, part, drawn):
    """Every kind of span is drawn, with its style."""

    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [part]}]}

    assert f"<div>{drawn}</div>" == str(rich_text(block, reader))


def test_rich_text_parts(reader):
    """Lists, quotations and code are drawn as such."""

    words = [{"type": "text", "text": "a"}]
    item = {"type": "rich_text_section", "elements": words}
    parts = [
        {"type": "rich_text_list", "style": "ordered", "offset": 2, "indent": 1, "elements": [item]},
        {"type": "rich_text_list", "style": "bullet", "elements": [item]},
        {"type": "rich_text_quote", "elements": words},
        {"type": "rich_text_preformatted", "elements": words},
    ]

    assert (
        '<ol start="3" class="in1"><li>a</li></ol><ul class="in0"><li>a</li></ul>'
        "<blockquote>a</blockquote><pre>a</pre>" == str(rich_text({"elements": parts}, reader))
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(45, "45 s"), (130, "2 min 10 s"), (300, "5 min"), (3900, "1 h 05 min"), (7200, "2 h"), (273600, "3 d 4 h")],
)
def test_spans_are_spelled_in_two_units(seconds, words):
    """A span of time is written in two units at most."""

    assert words == spell(timedelta(seconds=seconds))
