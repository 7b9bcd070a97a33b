"""What a request must look like before anything reads it: Slack's own shapes, whoever claims to be Slack."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from handlers.slack_shapes import EVENTS, INTERACTIONS, Callback, Event, Interaction, MessageItem, PressOnMessage, Slash

DEEPEST = 40
"""How deep a request may be nested; Slack's own stay well below."""

RETIRED = "workflow_step"
"""Slack ended steps from apps; Bolt still fails on what only looks like one."""


class Misshapen(ValueError):
    """A request that is not Slack's; the message says in which field, never what stood there."""


def parsed(text: str | bytes) -> dict[str, Any]:
    """Return the JSON object that `text` is; Misshapen when it is none, or nested deeper than Slack nests."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        message = "no JSON"
        raise Misshapen(message) from None
    if not isinstance(found, dict):
        message = "no JSON object"
        raise Misshapen(message)
    return found


def check(body: Mapping[str, Any]) -> None:
    """Let a request pass whose every field that is ever read has the form Slack gives it; Misshapen otherwise."""
    _check_depth(body)
    _check_text(body)
    try:
        _check_fields(body)
    except ValidationError as wrong:
        places = sorted({".".join(map(str, one["loc"][:2])) for one in wrong.errors(include_input=False)})
        raise Misshapen(", ".join(places)[:200]) from None


def _check_fields(body: Mapping[str, Any]) -> None:
    if "command" in body:
        Slash.model_validate(body)
    elif body.get("type") == "event_callback":
        Callback.model_validate(body)
        event = body["event"]
        EVENTS.get(event["type"], Event).model_validate(event)
        if event["type"] == "reaction_added" and event["item"].get("type") == "message":
            MessageItem.model_validate(event["item"])
    else:
        known = Interaction.model_validate(body)
        exact = INTERACTIONS.get(known.type, Interaction).model_validate(body)
        if known.type == "block_actions" and exact.container and exact.container.type == "message":
            PressOnMessage.model_validate(body["container"])


def _check_text(body: Mapping[str, Any]) -> None:
    """Refuse half characters, which no database takes, and the types of what is retired."""
    event = body.get("event")
    kinds = (body.get("type"), event.get("type") if isinstance(event, dict) else "")
    if any(str(kind).startswith(RETIRED) for kind in kinds):
        message = "type"
        raise Misshapen(message)
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        message = "text that is none"
        raise Misshapen(message) from None


def _check_depth(body: object) -> None:
    """Walk level by level, since what is nested deep enough ends every walk that calls itself."""
    level: list[object] = [body]
    for _ in range(DEEPEST):
        inner = [one for outer in level for one in _inside(outer)]
        if not inner:
            return
        level = inner
    message = "nested too deep"
    raise Misshapen(message)


def _inside(outer: object) -> list[object]:
    if isinstance(outer, dict):
        return [one for one in outer.values() if isinstance(one, dict | list)]
    return [one for one in outer if isinstance(one, dict | list)] if isinstance(outer, list) else []
