"""What lies over the page: the modal a person has open, or a question that must be answered first."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sandbox import sight
from sandbox.page.blocks import Block, drawn_blocks
from sandbox.page.elements import read_target, words
from sandbox.page.reader import Reader
from sandbox.records import Json, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """A modal as the template draws it."""

    view_id: str
    title: str
    submit: str
    close: str
    blocks: Sequence[Block]
    depth: int
    error: str
    errors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A confirm dialog: what it asks, and the press it stands before."""

    title: str
    text: Markup
    yes: str
    no: str
    style: str
    target: str
    channel: str
    ts: str
    view: str


def modal(reader: Reader) -> Dialog | None:
    """The modal the reader looks at, with what is wrong in it; None when there is none."""
    view = reader.workspace.modals.top(reader.person.id)
    if view is None:
        return None
    return Dialog(
        view_id=view.id,
        title=view.body["title"]["text"],
        submit=view.body.get("submit", {}).get("text", ""),
        close=view.body.get("close", {}).get("text", "Close"),
        blocks=drawn_blocks(view.body["blocks"], reader, state=view.state, errors=view.errors),
        depth=len(reader.workspace.modals.stacks[reader.person.id]),
        error=view.errors.get("", ""),
        errors=len(view.errors),
    )


def home_blocks(reader: Reader) -> list[Block] | None:
    """The reader's App Home; None when the app has not drawn it yet."""
    view = reader.workspace.modals.homes.get(reader.person.id)
    return None if view is None else drawn_blocks(view.body["blocks"], reader, state=view.state)


def question(reader: Reader, *, target: str, channel: str, ts: str, view: str) -> Question:
    """The confirm dialog of a control; raises ActRefused when the reader sees no such control."""
    block_id, action_id, _ = read_target(target)
    room = sight.channel_named(reader.workspace, channel, reader.person) if channel else None
    control = sight.find_control(
        reader.workspace, reader.person, action_id, channel=room, ts=ts, view=view, block=block_id
    )
    asks: Json = control.element.get("confirm", {})
    return Question(
        title=_words(asks, "title", "Are you sure?"),
        text=words(asks["text"], reader) if "text" in asks else Markup(),
        yes=_words(asks, "confirm", "Yes"),
        no=_words(asks, "deny", "Cancel"),
        style=asks.get("style", "primary"),
        target=target,
        channel=channel,
        ts=ts,
        view=view,
    )


def showing(reader: Reader, view_id: str) -> View | None:
    """The reader's own open view of that id."""
    for view in reader.workspace.modals.showing():
        if view.id == view_id and view.person == reader.person.id:
            return view
    return None


def _words(asks: Json, key: str, otherwise: str) -> str:
    return str(asks.get(key, {}).get("text", otherwise))
