"""A form shown once more because the world changed while it was written: what changed, and all that was typed."""

from datetime import datetime
from typing import Any

from bot.usecases.asked import Answer
from views import kit
from views.inputs import LONGEST_TYPED
from views.reading import part, text
from views.refusals import pen_for, sentence

_INITIAL = {"plain_text_input": "initial_value", "users_select": "initial_user", "static_select": "initial_option"}
"""Where each kind of field keeps what it shows at first."""


def shown_again(view: kit.Block, answer: Answer, *, now: datetime) -> kit.Block:
    """Return the modal `view` with what changed above it, and what was `typed` in its fields."""
    typed = part(answer.words, "typed") or {}
    pen = pen_for(answer, now=now)
    said = pen.plain(*sentence({"parts": answer.words["changed"]}))
    return {**view, "blocks": [kit.alert(said), *(_filled(block, typed) for block in view["blocks"])]}


def _filled(block: kit.Block, typed: Any) -> kit.Block:  # noqa: ANN401 - JSON is what it is
    value = text(typed, block.get("block_id", ""))
    if not value:
        return block
    element = block["element"]
    shown: Any = kit.cut(value, limit=LONGEST_TYPED)
    if element["type"] == "static_select":
        shown = next((one for one in element["options"] if one["value"] == value), element["initial_option"])
    return {**block, "element": {**element, _INITIAL[element["type"]]: shown}}
