"""Block Kit as template values: every block the bot draws, and a plain word for those it does not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sandbox.page.elements import NOTHING, Drawn, element, words
from sandbox.page.mrkdwn import mrkdwn, plain
from sandbox.page.reader import Reader
from sandbox.page.rich import rich_text
from sandbox.records import Json

State = Mapping[str, Mapping[str, Json]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block as the template draws it; `kind` is its type in Block Kit, or `unknown`."""

    kind: str
    block_id: str
    text: Markup = NOTHING
    fields: Sequence[Markup] = ()
    elements: Sequence[Drawn] = ()
    texts: Sequence[Markup] = ()
    level: str = ""
    label: Markup = NOTHING
    hint: Markup = NOTHING
    optional: bool = False
    dispatches: bool = False
    error: str = ""


def drawn_blocks(
    blocks: Sequence[Json],
    reader: Reader,
    *,
    state: State | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[Block]:
    """The blocks of a message or view as `reader` sees them, with what was filled in and what is wrong with it."""
    return [_block(raw, reader, state or {}, (errors or {}).get(raw["block_id"], "")) for raw in blocks]


def _block(raw: Json, reader: Reader, state: State, error: str) -> Block:
    draw = _BLOCKS.get(raw["type"])
    if draw is not None:
        return draw(raw, reader, state)
    if raw["type"] == "input":
        return _input(raw, reader, state, error)
    return Block(kind="unknown", block_id=raw["block_id"], text=plain(f"({raw['type']} is not drawn here)"))


def _section(raw: Json, reader: Reader, state: State) -> Block:
    accessory = raw.get("accessory")
    return Block(
        kind="section",
        block_id=raw["block_id"],
        text=words(raw["text"], reader) if "text" in raw else NOTHING,
        fields=[words(field, reader) for field in raw.get("fields", [])],
        elements=[element(accessory, raw["block_id"], state, reader)] if accessory else [],
    )


def _header(raw: Json, _reader: Reader, _state: State) -> Block:
    return Block(kind="header", block_id=raw["block_id"], text=plain(raw["text"]["text"]))


def _actions(raw: Json, reader: Reader, state: State) -> Block:
    drawn = [element(one, raw["block_id"], state, reader) for one in raw["elements"]]
    return Block(kind="actions", block_id=raw["block_id"], elements=drawn)


def _context(raw: Json, reader: Reader, _state: State) -> Block:
    texts = [plain(one["alt_text"]) if one["type"] == "image" else words(one, reader) for one in raw["elements"]]
    return Block(kind="context", block_id=raw["block_id"], texts=texts)


def _rich(raw: Json, reader: Reader, _state: State) -> Block:
    return Block(kind="rich_text", block_id=raw["block_id"], text=rich_text(raw, reader))


def _divider(raw: Json, _reader: Reader, _state: State) -> Block:
    return Block(kind="divider", block_id=raw["block_id"])


def _alert(raw: Json, reader: Reader, _state: State) -> Block:
    return Block(
        kind="alert", block_id=raw["block_id"], text=words(raw["text"], reader), level=raw.get("level", "default")
    )


def _image(raw: Json, _reader: Reader, _state: State) -> Block:
    title = raw.get("title", {}).get("text", "")
    return Block(kind="image", block_id=raw["block_id"], text=plain(raw["alt_text"]), label=plain(title))


def _markdown(raw: Json, reader: Reader, _state: State) -> Block:
    return Block(kind="section", block_id=raw["block_id"], text=mrkdwn(raw["text"], reader))


def _input(raw: Json, reader: Reader, state: State, error: str) -> Block:
    return Block(
        kind="input",
        block_id=raw["block_id"],
        label=plain(raw["label"]["text"]),
        hint=plain(raw.get("hint", {}).get("text", "")),
        elements=[element(raw["element"], raw["block_id"], state, reader)],
        optional=bool(raw.get("optional", False)),
        dispatches=bool(raw.get("dispatch_action", False)),
        error=error,
    )


_BLOCKS: Mapping[str, Callable[[Json, Reader, State], Block]] = {
    "actions": _actions,
    "alert": _alert,
    "context": _context,
    "divider": _divider,
    "header": _header,
    "image": _image,
    "markdown": _markdown,
    "rich_text": _rich,
    "section": _section,
}
