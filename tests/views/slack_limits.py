"""What Slack accepts, and the tighter table Tocsin keeps, as a list of faults found in what a view drew."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from views.buttons import ACTION_IDS
from views.kit import Block, Message

MESSAGE_BLOCKS, MODAL_BLOCKS = 14, 90
SECTION, FIELDS, FIELD, CONTEXT, ACTIONS = 1500, 6, 200, 4, 5
BUTTON, OPTION, FRAME, ALERT, HINT = 24, 75, 24, 200, 150
HANDLE = re.compile(r"h\d{21}")
DATE = re.compile(r"<!date\^\d+\^[^|>]*\|([^>]*)>")
TOKEN = re.compile(r"<([^>]*)>")
ALLOWED_TOKEN = re.compile(r"!date\^\d+\^[{}a-z_ ]+\|[A-Za-z0-9: ]+|@[UW][A-Z0-9]+|#C[A-Z0-9]+|https://[^|<>]+")
SENTENCE_END = (".", "?", "…", "”")
IN_MESSAGES = frozenset({"header", "section", "rich_text", "context", "actions"})
IN_MODALS = IN_MESSAGES | {"input", "alert"}
RICH = frozenset({"text", "user", "channel", "link", "date"})


def faults_in_message(message: Message) -> list[str]:
    """Return everything Slack, or Tocsin's own table, would refuse in a message."""
    buttons = buttons_in(message.blocks)
    return [
        *_text(message.text),
        *_at_most("blocks", len(message.blocks), MESSAGE_BLOCKS),
        *(fault for block in message.blocks for fault in _block(block, IN_MESSAGES)),
        *_row(buttons),
    ]


def faults_in_modal(view: Block) -> list[str]:
    """Return everything Slack, or Tocsin's own table, would refuse in a modal."""
    blocks = view["blocks"]
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    inputs = any(block["type"] == "input" for block in blocks)
    return [
        *(fault for key in ("title", "submit", "close") for fault in _plain(view.get(key), FRAME, missing=True)),
        *(["a modal with inputs needs submit"] if inputs and "submit" not in view else []),
        *([f"block ids repeat: {ids}"] if len(ids) != len(set(ids)) else []),
        *([] if HANDLE.fullmatch(view["private_metadata"]) or not view["private_metadata"] else ["not a handle"]),
        *_at_most("blocks", len(blocks), MODAL_BLOCKS),
        *(fault for block in blocks for fault in _block(block, IN_MODALS)),
        *_row(buttons_in(blocks)),
    ]


def buttons_in(blocks: list[Block]) -> list[Block]:
    """Return every button drawn."""
    return [
        element
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


def mrkdwn_in(blocks: list[Block]) -> list[str]:
    """Return every text that Slack reads as markup."""
    return [part["text"] for block in blocks for part in _objects(block) if part.get("type") == "mrkdwn"]


def pinged(blocks: list[Block]) -> set[str]:
    """Return everybody whom blocks mention, by mrkdwn or by element."""
    elements = [e for b in blocks if b["type"] == "rich_text" for s in b["elements"] for e in s["elements"]]
    tokens = [token for text in mrkdwn_in(blocks) for token in TOKEN.findall(text)]
    return {token[1:] for token in tokens if token.startswith("@")} | {
        e.get("user_id", "everybody") for e in elements if e["type"] in {"user", "usergroup", "broadcast"}
    }


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for part in value.values():
            yield from _objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from _objects(part)


def _at_most(what: str, count: int, most: int) -> list[str]:
    return [f"{count} {what}, {most} at most"] if count > most else []


def _text(text: str) -> list[str]:
    return [
        *_at_most("characters of text", len(text), 300),
        *([] if text.strip() and text.endswith(SENTENCE_END) else [f"text is no whole sentence: {text!r}"]),
        *(["text holds a mark-up token"] if re.search(r"[<>]", text) else []),
        *(["text begins with a mark"] if text[:1] in "✅❗⏳📣⚠🟥🔶🟡🔹🔒" else []),
    ]


def _row(buttons: list[Block]) -> list[str]:
    labels = [button["text"]["text"] for button in buttons]
    ids = [button["action_id"] for button in buttons]
    return [
        *_at_most("primary buttons", sum(button.get("style") == "primary" for button in buttons), 1),
        *([f"labels repeat: {labels}"] if len(labels) != len(set(labels)) else []),
        *([f"action ids repeat: {ids}"] if len(ids) != len(set(ids)) else []),
    ]


def _block(block: Block, allowed: frozenset[str]) -> Iterator[str]:
    kind = block["type"]
    if kind not in allowed:
        yield f"no {kind} here"
        return
    for text in mrkdwn_in([block]):
        yield from _mrkdwn(text)
    for part in _objects(block):
        if part.get("type") == "mrkdwn" and part.get("verbatim") is not True:
            yield "mrkdwn without verbatim"
        if part.get("type") == "plain_text" and not part["text"]:
            yield "an empty plain text"
    yield from _CHECKS[kind](block)


def _mrkdwn(text: str) -> Iterator[str]:
    for token in TOKEN.findall(text):
        if not ALLOWED_TOKEN.fullmatch(token):
            yield f"a token nobody drew: <{token}>"


def _plain(value: Mapping[str, Any] | None, most: int, *, missing: bool = False) -> list[str]:
    if value is None:
        return [] if missing else ["text is missing"]
    fits = value["type"] == "plain_text" and 0 < len(value["text"]) <= most
    return [] if fits else [f"not plain text of 1 to {most} characters: {value}"]


def _section(block: Block) -> Iterator[str]:
    shown = [DATE.sub(r"\1", part["text"]) for part in block.get("fields", [])]
    yield from _at_most("fields", len(shown), FIELDS)
    for field in shown:
        yield from _at_most("characters of a field", len(field), FIELD)
    if not block.get("fields"):
        text = block["text"]["text"]
        yield from _at_most("characters of a section", len(text), SECTION)
        yield from [] if text.strip() else ["an empty section"]


def _rich_text(block: Block) -> Iterator[str]:
    for section in block["elements"]:
        if section["type"] not in {"rich_text_section", "rich_text_quote"}:
            yield f"no {section['type']} in rich text"
        if not section["elements"]:
            yield "rich text without elements"
        for element in section["elements"]:
            if element["type"] not in RICH:
                yield f"no {element['type']} in rich text"
            if element["type"] == "text" and not element["text"]:
                yield "an empty text element"


def _actions(block: Block) -> Iterator[str]:
    yield from _at_most("buttons", len(block["elements"]), ACTIONS)
    for button in block["elements"]:
        if button["type"] == "overflow":
            yield from _overflow(button)
            continue
        yield from _plain(button["text"], BUTTON)
        yield from _at_most("characters of a label", len(button["accessibility_label"]), 75)
        if not HANDLE.fullmatch(button["value"]):
            yield f"a value that is no handle: {button['value']!r}"
        if button["action_id"] not in ACTION_IDS:
            yield f"an action nobody listens to: {button['action_id']}"
        yield from _confirm(button.get("confirm"))


def _overflow(dots: Block) -> Iterator[str]:
    yield from _at_most("options behind the dots", len(dots["options"]), 5)
    for option in dots["options"]:
        yield from _plain(option["text"], OPTION)
        if not HANDLE.fullmatch(option["value"]):
            yield f"a value that is no handle: {option['value']!r}"


def _confirm(dialog: Block | None) -> Iterator[str]:
    if dialog:
        yield from _plain(dialog["title"], 60)
        yield from _plain(dialog["text"], 250)
        yield from _plain(dialog["confirm"], 24)
        yield from _plain(dialog["deny"], 24)


def _input(block: Block) -> Iterator[str]:
    yield from _plain(block["label"], 48)
    yield from _plain(block["hint"], HINT)
    element = block["element"]
    yield from _at_most("characters typed", len(element.get("initial_value", "")), 3000)
    options = element.get("options", [])
    if element["type"] == "static_select" and not 1 <= len(options) <= 100:
        yield "a list needs 1 to 100 options"
    for option in options:
        yield from _plain(option["text"], OPTION)
        yield from _plain(option.get("description"), OPTION, missing=True)
    if "initial_option" in element and element["initial_option"] not in options:
        yield "the first choice is not on the list"


_CHECKS = {
    "header": lambda block: _plain(block["text"], 150),
    "section": _section,
    "rich_text": _rich_text,
    "context": lambda block: _at_most("elements below", len(block["elements"]), CONTEXT),
    "actions": _actions,
    "input": _input,
    "alert": lambda block: _plain(block["text"], ALERT),
}
