"""rich_text blocks as HTML: sections, lists, quotations and code."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from sandbox.page import spans
from sandbox.page.reader import Reader
from sandbox.records import Json

_STYLES = (("code", "code"), ("bold", "b"), ("italic", "i"), ("strike", "s"), ("underline", "u"))


def rich_text(block: Json, reader: Reader) -> Markup:
    """One rich_text block as one person reads it."""
    return Markup().join(_PARTS[part["type"]](part, reader) for part in block["elements"] if part["type"] in _PARTS)


def _section(part: Json, reader: Reader) -> Markup:
    return Markup("<div>{}</div>").format(_spans(part, reader))


def _quote(part: Json, reader: Reader) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(_spans(part, reader))


def _code(part: Json, reader: Reader) -> Markup:
    return Markup("<pre>{}</pre>").format(_spans(part, reader))


def _list(part: Json, reader: Reader) -> Markup:
    tag = Markup("ol") if part["style"] == "ordered" else Markup("ul")
    items = Markup().join(Markup("<li>{}</li>").format(_spans(item, reader)) for item in part["elements"])
    first = int(part.get("offset", 0)) + 1
    start = Markup(' start="{}"').format(first) if part["style"] == "ordered" and first > 1 else Markup()
    indent = Markup(' class="in{}"').format(int(part.get("indent", 0)))
    return Markup("<{0}{1}{2}>{3}</{0}>").format(tag, start, indent, items)


def _spans(part: Json, reader: Reader) -> Markup:
    return Markup().join(_span(span, reader) for span in part["elements"])


def _span(span: Json, reader: Reader) -> Markup:
    drawn = _SPANS[span["type"]](span, reader) if span["type"] in _SPANS else Markup()
    style = span.get("style", {})
    for name, tag in _STYLES:
        if style.get(name):
            own = Markup(tag)  # noqa: S704  (one of our own tags)  # nosec B704
            drawn = Markup("<{0}>{1}</{0}>").format(own, drawn)
    return drawn


def _date(span: Json, reader: Reader) -> Markup:
    return spans.date(
        reader,
        timestamp=int(span["timestamp"]),
        form=str(span["format"]),
        fallback=str(span.get("fallback", "")),
        url=str(span.get("url", "")),
    )


Draw = Callable[[Json, Reader], Markup]

_PARTS: Mapping[str, Draw] = {
    "rich_text_list": _list,
    "rich_text_preformatted": _code,
    "rich_text_quote": _quote,
    "rich_text_section": _section,
}
_SPANS: Mapping[str, Draw] = {
    "broadcast": lambda span, _reader: spans.broadcast(span["range"]),
    "channel": lambda span, reader: spans.channel(reader, span["channel_id"]),
    "color": lambda span, _reader: Markup("<code>{}</code>").format(span["value"]),
    "date": _date,
    "emoji": lambda span, _reader: spans.emoji(span["name"], span.get("unicode", "")),
    "link": lambda span, reader: spans.link(reader, span["url"], span.get("text", "")),
    "team": lambda span, _reader: Markup("{}").format(span["team_id"]),
    "text": lambda span, _reader: spans.broken(span["text"]),
    "user": lambda span, reader: spans.mention(reader, span["user_id"]),
    "usergroup": lambda span, reader: spans.group(reader, span["usergroup_id"]),
}
