"""Slack's mrkdwn as HTML: the marks, quotes, code and `<…>` tokens, everything else escaped."""

import re
from collections.abc import Iterator

from markupsafe import Markup

from sandbox.page import spans
from sandbox.page.reader import Reader

_FENCE = re.compile(r"```(.*?)```", re.DOTALL)
_INLINE = re.compile(
    r"(?P<code>`[^`\n]+`)"
    r"|(?P<token><[^<>\n]+>)"
    r"|(?<![\w*])\*(?P<bold>(?=\S)[^*\n]*[^*\s])\*(?![\w*])"
    r"|(?<!\w)_(?P<italic>(?=\S)[^_\n]*[^_\s])_(?!\w)"
    r"|(?<![\w~])~(?P<strike>(?=\S)[^~\n]*[^~\s])~(?![\w~])"
    r"|:(?P<emoji>[a-z0-9_+-]+):"
)
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
_WRAPPED = {"bold": "b", "italic": "i", "strike": "s"}


def mrkdwn(text: str, reader: Reader) -> Markup:
    """`text` as one person reads it."""
    parts = _FENCE.split(text)
    drawn: list[Markup] = []
    for place, part in enumerate(parts):
        if place % 2:
            drawn.append(Markup("<pre>{}</pre>").format(_unescaped(part.strip("\n"))))
        elif part:
            drawn += _lines(part, reader)
    return Markup().join(drawn)


def plain(text: str, *, emoji: bool = True) -> Markup:
    """plain_text: nothing in it is alive but line ends and, if asked for, emoji names."""
    if not emoji:
        return spans.broken(text)
    pieces = re.split(r":([a-z0-9_+-]+):", text)
    drawn = [
        spans.emoji(piece) if place % 2 and piece in spans.EMOJI else spans.broken(f":{piece}:" if place % 2 else piece)
        for place, piece in enumerate(pieces)
    ]
    return Markup().join(drawn)


def _lines(text: str, reader: Reader) -> Iterator[Markup]:
    """Runs of lines, those that begin with `>` as quotations."""
    plain_run: list[str] = []
    quote_run: list[str] = []
    for line in text.split("\n"):
        quoted = _QUOTE.match(line)
        if quoted:
            if plain_run:
                yield _run(plain_run, reader)
                plain_run = []
            quote_run.append(line[quoted.end() :])
            continue
        if quote_run:
            yield Markup("<blockquote>{}</blockquote>").format(_run(quote_run, reader))
            quote_run = []
        plain_run.append(line)
    if quote_run:
        yield Markup("<blockquote>{}</blockquote>").format(_run(quote_run, reader))
    if plain_run:
        yield _run(plain_run, reader)


def _run(lines: list[str], reader: Reader) -> Markup:
    return Markup("<br>").join(_inline(line, reader) for line in lines)


def _inline(text: str, reader: Reader) -> Markup:
    drawn, end = Markup(), 0
    for found in _INLINE.finditer(text):
        drawn += _unescaped(text[end : found.start()])
        drawn += _marked(found, reader)
        end = found.end()
    return drawn + Markup("{}").format(_unescaped(text[end:]))


def _marked(found: "re.Match[str]", reader: Reader) -> Markup:
    kind = str(found.lastgroup)
    inner = found.group(kind)
    match kind:
        case "code":
            return Markup("<code>{}</code>").format(_unescaped(inner[1:-1]))
        case "token":
            return _token(inner[1:-1], reader)
        case "emoji":
            return spans.emoji(inner)
        case _:
            tag = Markup(_WRAPPED[kind])  # noqa: S704  (one of three tags of our own)  # nosec B704
            return Markup("<{0}>{1}</{0}>").format(tag, _inline(inner, reader))


def _token(token: str, reader: Reader) -> Markup:
    target, _, label = token.partition("|")
    label = _unescaped(label)
    if target.startswith("@"):
        return spans.mention(reader, target[1:], label)
    if target.startswith("#"):
        return spans.channel(reader, target[1:], label)
    if target.startswith("!date^"):
        return _date(target, label, reader)
    if target.startswith("!subteam^"):
        return spans.group(reader, target.removeprefix("!subteam^"), label)
    if target[1:].partition("|")[0] in spans.BROADCASTS and target.startswith("!"):
        return spans.broadcast(target[1:])
    return spans.link(reader, _unescaped(target), label)


def _date(target: str, label: str, reader: Reader) -> Markup:
    _, timestamp, form, *rest = [*target.split("^"), "", ""]
    if not timestamp.isdigit():
        return Markup("{}").format(label)
    url = _unescaped(rest[0]) if rest else ""
    return spans.date(reader, timestamp=int(timestamp), form=_unescaped(form), fallback=label, url=url)


def _unescaped(text: str) -> str:
    """Slack's three entities as the characters they stand for; the template escapes them again."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
