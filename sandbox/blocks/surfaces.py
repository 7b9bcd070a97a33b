"""Whether Slack would accept these blocks in a message, a modal or App Home."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from sandbox.blocks.checks import Check, Findings, Shape, boolean, exactly_one, integer, listing, one_of, string, tagged
from sandbox.blocks.elements import (
    ID,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_INPUT,
    SECTION_ACCESSORY,
    SLACK_FILE,
    SOME_TEXT,
    URL,
    plain,
    words,
)
from sandbox.blocks.rich_text import RICH_TEXT_PART
from sandbox.records import Json

MOST_IN_MESSAGE = 50
MOST_IN_VIEW = 100
_MARKDOWN_IN_ALL = 12_000
_VIEW_BYTES = 250_000


class Surface(StrEnum):
    """Where blocks are shown."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


_NAMED: dict[str, Check] = {"block_id": ID}
_EVERYWHERE: dict[str, Check] = {
    "actions": Shape({"elements": listing(IN_ACTIONS, least=1, most=25)}, _NAMED),
    "context": Shape({"elements": listing(IN_CONTEXT, least=1, most=10)}, _NAMED),
    "divider": Shape({}, _NAMED),
    "header": Shape({"text": plain(150)}, {**_NAMED, "level": integer(least=1, most=4)}),
    "image": Shape(
        {"alt_text": string(most=2000, least=1)},
        {**_NAMED, "image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        also=exactly_one("image_url", "slack_file"),
    ),
    "input": Shape(
        {"label": plain(2000), "element": IN_INPUT},
        {**_NAMED, "dispatch_action": boolean, "hint": plain(2000), "optional": boolean},
    ),
    "rich_text": Shape({"elements": listing(RICH_TEXT_PART, least=1, most=1000)}, _NAMED),
    "section": Shape(
        {},
        {
            **_NAMED,
            "text": words(3000),
            "fields": listing(words(2000), least=1, most=10),
            "accessory": SECTION_ACCESSORY,
            "expand": boolean,
        },
        also=SOME_TEXT,
    ),
}
_MARKDOWN = Shape({"text": string(most=_MARKDOWN_IN_ALL, least=1)}, _NAMED)
_ALERT = Shape(
    {"text": words(200)},
    {**_NAMED, "level": one_of("default", "info", "warning", "error", "success")},
)
BLOCKS: Mapping[Surface, Check] = {
    Surface.MESSAGE: tagged({**_EVERYWHERE, "markdown": _MARKDOWN}, what="block"),
    Surface.MODAL: tagged({**_EVERYWHERE, "alert": _ALERT}, what="block"),
    Surface.HOME: tagged(_EVERYWHERE, what="block"),
}
_VIEW: dict[str, Check] = {
    "private_metadata": string(most=3000),
    "callback_id": string(most=255),
    "external_id": string(most=255),
}
_VIEW_SHAPES: Mapping[Surface, Shape] = {
    Surface.HOME: Shape({"blocks": listing(BLOCKS[Surface.HOME], most=MOST_IN_VIEW)}, _VIEW),
    Surface.MODAL: Shape(
        {"title": plain(24), "blocks": listing(BLOCKS[Surface.MODAL], least=1, most=MOST_IN_VIEW)},
        {
            **_VIEW,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
}


def faults_in_blocks(blocks: object) -> list[str]:
    """Slack's `[ERROR]` lines for the blocks of a message; none when it would post them."""
    findings = Findings()
    listing(BLOCKS[Surface.MESSAGE], most=MOST_IN_MESSAGE)(blocks, "/blocks", findings)
    if not findings.lines and isinstance(blocks, Sequence):
        _look_across(blocks, "/blocks", findings)
        markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
        if markdown > _MARKDOWN_IN_ALL:
            findings.add(f"markdown blocks may hold {_MARKDOWN_IN_ALL} characters in all", "/blocks")
    return findings.lines


def faults_in_view(view: object) -> list[str]:
    """Slack's `[ERROR]` lines for a modal or App Home view; none when it would show it."""
    findings = Findings()
    if not isinstance(view, Mapping):
        return ["[ERROR] must be an object [json-pointer:/view]"]
    kind = view.get("type")
    if kind not in (Surface.MODAL, Surface.HOME):
        return [f"[ERROR] unsupported type: {kind!r} is no view [json-pointer:/view/type]"]
    _VIEW_SHAPES[Surface(kind)](view, "/view", findings)
    if not findings.lines:
        _look_across(view["blocks"], "/view/blocks", findings)
        _look_at_modal(view, findings)
    if len(str(view)) > _VIEW_BYTES:
        findings.add("the view is larger than 250 KB", "/view")
    return findings.lines


def elements_of(block: Json) -> Iterator[Json]:
    """Every element of a block that can carry an action_id."""
    if block["type"] == "actions":
        yield from block["elements"]
    elif block["type"] == "input":
        yield block["element"]
    elif block["type"] == "section" and block.get("accessory", {}).get("type", "image") != "image":
        yield block["accessory"]


def _look_across(blocks: Sequence[Json], pointer: str, findings: Findings) -> None:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        name = block.get("block_id")
        if name in seen:
            findings.add(f"block_id {name!r} already exists", f"{pointer}/{place}/block_id")
        if name is not None:
            seen.add(name)
        actions = [element["action_id"] for element in elements_of(block) if "action_id" in element]
        if len(actions) != len(set(actions)):
            findings.add("action_id already exists in this block", f"{pointer}/{place}")


def _look_at_modal(view: Mapping[str, object], findings: Findings) -> None:
    blocks = view["blocks"]
    if not isinstance(blocks, Sequence):
        return
    inputs = any(block["type"] == "input" for block in blocks)
    if view["type"] == Surface.MODAL and inputs and "submit" not in view:
        findings.add("a modal with input blocks needs submit", "/view")
    focused = [element for block in blocks for element in elements_of(block) if element.get("focus_on_load")]
    if len(focused) > 1:
        findings.add("only one element may have focus_on_load", "/view/blocks")
