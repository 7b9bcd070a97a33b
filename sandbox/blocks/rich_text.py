"""The element shapes of a rich_text block."""

from sandbox.blocks.checks import Check, Shape, boolean, integer, listing, matching, one_of, string, tagged
from sandbox.blocks.elements import SLACK_ID, URL

_STYLE = Shape(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean
    ),
)
_FOREVER = 2**40
_STYLED: dict[str, Check] = {"style": _STYLE}
_TEXT: dict[str, Check] = {"text": Shape({"text": string(most=40_000, least=1)}, _STYLED)}
_LINK: dict[str, Check] = {
    "link": Shape({"url": URL}, {**_STYLED, "text": string(most=40_000), "unsafe": boolean}),
}
_SPANS: dict[str, Check] = {
    **_TEXT,
    **_LINK,
    "user": Shape({"user_id": SLACK_ID}, _STYLED),
    "usergroup": Shape({"usergroup_id": SLACK_ID}, _STYLED),
    "channel": Shape({"channel_id": SLACK_ID}, _STYLED),
    "team": Shape({"team_id": SLACK_ID}, _STYLED),
    "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
    "emoji": Shape({"name": string(most=100, least=1)}, {**_STYLED, "unicode": string(most=100)}),
    "color": Shape({"value": matching(r"#[0-9a-fA-F]{6}", what="a colour like #F405B3")}, _STYLED),
    "date": Shape(
        {"timestamp": integer(least=0, most=_FOREVER), "format": string(most=500, least=1)},
        {**_STYLED, "url": URL, "fallback": string(most=500)},
    ),
}
_SECTION = Shape({"elements": listing(tagged(_SPANS, what="rich text span"), most=1000)})
_BORDER: dict[str, Check] = {"border": integer(least=0, most=1)}

RICH_TEXT_PART = tagged(
    {
        "rich_text_section": _SECTION,
        "rich_text_quote": Shape({"elements": listing(tagged(_SPANS, what="rich text span"), most=1000)}, _BORDER),
        "rich_text_preformatted": Shape(
            {"elements": listing(tagged({**_TEXT, **_LINK}, what="preformatted span"), most=1000)},
            {**_BORDER, "language": string(most=50)},
        ),
        "rich_text_list": Shape(
            {
                "style": one_of("bullet", "ordered"),
                "elements": listing(tagged({"rich_text_section": _SECTION}, what="list item"), most=1000),
            },
            {**_BORDER, "indent": integer(least=0, most=8), "offset": integer(least=0, most=10_000)},
        ),
    },
    what="rich text element",
)
