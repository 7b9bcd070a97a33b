"""Slack's payloads with places replaced, removed or doubled; TOCSIN_FUZZ sets how many, TOCSIN_SEED which."""

import json
import os
import random
from copy import deepcopy
from typing import Any

ROUNDS = int(os.environ.get("TOCSIN_FUZZ", "400"))
SEED = int(os.environ.get("TOCSIN_SEED", "20261121"))

USER = {"id": "U0ADA000000", "team_id": "T0SANDBOX00", "username": "ada"}
TEAM = {"id": "T0SANDBOX00", "domain": "sandbox"}
SLASH = {
    "command": "/incident",
    "text": "declare sev1 Checkout returns 500s",
    "trigger_id": "1.2.a",
    "user_id": "U0ADA000000",
    "team_id": "T0SANDBOX00",
    "channel_id": "C0GENERAL00",
    "response_url": "https://hooks.slack.com/commands/1/2/3",
}
PRESS = {
    "type": "block_actions",
    "trigger_id": "1.3.a",
    "user": USER,
    "team": TEAM,
    "channel": {"id": "C0GENERAL00"},
    "container": {"type": "message", "channel_id": "C0GENERAL00", "message_ts": "1.1", "is_ephemeral": False},
    "actions": [{"action_id": "act.acknowledge", "block_id": "b", "type": "button", "value": "handle"}],
    "response_url": "https://hooks.slack.com/actions/1/2/3",
}
FORM_SENT = {
    "type": "view_submission",
    "trigger_id": "1.4.a",
    "user": USER,
    "team": TEAM,
    "view": {
        "id": "V1",
        "type": "modal",
        "callback_id": "form.declare",
        "private_metadata": "handle",
        "hash": "h",
        "state": {"values": {"title": {"title": {"type": "plain_text_input", "value": "Login fails"}}}},
    },
}
SHORTCUT = {
    "type": "message_action",
    "callback_id": "declare.from_message",
    "trigger_id": "1.5.a",
    "user": USER,
    "team": TEAM,
    "channel": {"id": "C0GENERAL00"},
    "message": {"ts": "1.1", "text": "Payments fail", "user": "U0SAM000000"},
    "response_url": "https://hooks.slack.com/app/1/2/3",
}
EVENTS: list[dict[str, Any]] = [
    {"type": "user_change", "user": {"id": "U0SAM000000", "name": "sam", "profile": {"email": "sam@example.com"}}},
    {"type": "app_home_opened", "user": "U0ADA000000", "tab": "home"},
    {"type": "channel_archive", "channel": "C0GENERAL00", "user": "U0ADA000000"},
    {
        "type": "reaction_added",
        "user": "U0ADA000000",
        "reaction": "pushpin",
        "item": {"type": "message", "channel": "C0GENERAL00", "ts": "1.1"},
    },
    {"type": "tokens_revoked", "tokens": {"bot": ["U1"]}},
]
CALLBACKS = [{"type": "event_callback", "event_id": "Ev1", "team_id": "T0SANDBOX00", "event": one} for one in EVENTS]
VALID: list[dict[str, Any]] = [SLASH, PRESS, FORM_SENT, SHORTCUT, *CALLBACKS]

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, 1e308, "", " ", "\x00", "\u202e", "é" * 300, "x" * 20_000, "<@U1>", "{{", "'; --",
    "sev1", "/incident", "form.update", "act.no_change", "act.merge", "home", "message", [], [[]], [None], {},
    {"id": 5}, {"id": "U1"}, {"type": "message"}, [{"action_id": "act.help"}], {"values": []}, "update x", "list",
)  # fmt: skip


def leaves(body: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a payload, the inner ones too."""
    inner = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    return [place for key, value in inner for place in ((*at, key), *leaves(value, (*at, key)))]


def mutilated(draw: random.Random, body: dict[str, Any]) -> dict[str, Any]:
    """A copy with one to three places replaced, removed or doubled."""
    copy: dict[str, Any] = json.loads(json.dumps(body))
    for _ in range(draw.randint(1, 3)):
        *path, last = draw.choice(leaves(copy) or [("type",)])
        holder: Any = copy
        for key in path:
            holder = holder[key]
        deed = draw.choice(("replace", "replace", "replace", "remove", "wrap"))
        if deed == "remove" and isinstance(holder, dict):
            holder.pop(last, None)
        else:
            holder[last] = deepcopy(draw.choice(ODD)) if deed == "replace" else {"deep": [deepcopy(copy.get("type"))]}
    return copy


def broken(draw: random.Random, body: bytes) -> bytes:
    """A few bytes cut out, put in or changed."""
    start = draw.randrange(len(body) + 1)
    put = bytes(draw.randrange(256) for _ in range(draw.randint(0, 4)))
    return body[:start] + put + body[start + draw.randint(0, 6) :]
