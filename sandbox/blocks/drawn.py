"""Blocks as Slack keeps them: ids filled in, text objects completed."""

import copy
from typing import Any

from sandbox.blocks.surfaces import elements_of
from sandbox.ids import Ids
from sandbox.records import Json


def kept(blocks: list[Json], ids: Ids) -> list[Json]:
    """A copy of `blocks` with every `block_id` and `action_id` present and text objects complete."""
    drawn = copy.deepcopy(blocks)
    for block in drawn:
        block.setdefault("block_id", f"b{ids.number():04d}")
        for element in elements_of(block):
            element.setdefault("action_id", f"a{ids.number():04d}")
        _complete(block)
    return drawn


def _complete(value: Any) -> None:  # noqa: ANN401  (JSON of any depth)
    if isinstance(value, list):
        for entry in value:
            _complete(entry)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for entry in value.values():
            _complete(entry)
