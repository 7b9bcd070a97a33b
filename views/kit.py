"""Small makers of Block Kit: the shapes that every surface is put together from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]

LONGEST_TEXT, LONGEST_HEADER, LONGEST_TITLE, LONGEST_NAME = 300, 150, 100, 40
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Characters that draw nothing, or turn the reading direction of what follows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What Slack is sent: `text` for phones and screen readers (at most 300 characters), `blocks` for the rest."""

    text: str
    blocks: list[Block]


def escape(text: str) -> str:
    """Return `text` so that Slack reads no link, mention or entity in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, *, limit: int) -> str:
    """Return `text` in at most `limit` characters, cut at a word where one ends in its second half."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    word = head.rsplit(" ", 1)[0]
    return f"{(word if len(word) > limit // 2 else head).rstrip()}…"


def cut_escaped(text: str, *, limit: int) -> str:
    """Return `text` cut so that it is at most `limit` characters long once it is escaped."""
    fitting = (cut(text, limit=length) for length in range(limit, 0, -1))
    return next((shorter for shorter in fitting if len(escape(shorter)) <= limit), "")


def one_line(text: str, *, limit: int) -> str:
    """Return people's words on one line of at most `limit` characters, without control characters."""
    return cut(" ".join(_CONTROLS.sub(" ", text).split()), limit=limit)


def their_words(text: str) -> str:
    """Return people's words as they wrote them, line breaks kept, without control characters."""
    return _CONTROLS.sub("", text).strip()


def clean_name(name: str) -> str:
    """Return a display name that cannot be read as markup: one line of at most 40 characters."""
    return one_line(re.sub(r"[*_~`]", "", name), limit=LONGEST_NAME) or "somebody"


def plain(text: str) -> Block:
    """Return a plain text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Block:
    """Return a text object of Tocsin's own; `verbatim` keeps a typed @here or #general from coming alive."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> Block:
    """Return a header."""
    return {"type": "header", "text": plain(cut(text, limit=LONGEST_HEADER))}


def plain_section(text: str) -> Block:
    """Return a section in plain text, where people's words may stand."""
    return {"type": "section", "text": plain(text)}


def section(text: str) -> Block:
    """Return a section of Tocsin's own mrkdwn."""
    return {"type": "section", "text": mrkdwn(text)}


def fields(*texts: str) -> Block:
    """Return a section of short parts side by side, each Tocsin's own mrkdwn."""
    return {"type": "section", "fields": [mrkdwn(text) for text in texts]}


def context(text: str) -> Block:
    """Return a small line below."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def rich(elements: Iterable[Block]) -> Block:
    """Return a rich text block with one section of `elements`."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def rich_quote(text: str) -> Block:
    """Return people's own words, set off as a quotation."""
    quoted = [{"type": "text", "text": their_words(text)}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": quoted}]}


def actions(buttons: Iterable[Block]) -> list[Block]:
    """Return a row of buttons, or no block when there are none."""
    row = list(buttons)
    return [{"type": "actions", "elements": row}] if row else []


def alert(text: str, *, level: str = "warning") -> Block:
    """Return a warning; Slack draws it in modals only, at most 200 characters."""
    return {"type": "alert", "level": level, "text": plain(cut(text, limit=200))}
