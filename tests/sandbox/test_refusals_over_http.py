"""Ten calls that Slack refuses, sent with nothing but HTTP, and the list of violations they leave."""

import pytest

from sandbox.ids import APP_TOKEN, BOT_TOKEN

POST = "chat.postMessage"
LONG = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
TITLE = {"type": "plain_text", "text": "x" * 25}

REFUSALS = [
    ("no token", None, POST, {"channel": "C0GENERAL00", "text": "hi"}, "not_authed"),
    ("a token of nobody", "xoxb-wrong", POST, {"channel": "C0GENERAL00", "text": "hi"}, "invalid_auth"),
    ("an app token where a bot's is asked", APP_TOKEN, "users.list", {}, "not_allowed_token_type"),
    ("a bot token where an app's is asked", BOT_TOKEN, "apps.connections.open", {}, "not_allowed_token_type"),
    ("a scope that was not granted", BOT_TOKEN, "conversations.join", {"channel": "C0GENERAL00"}, "missing_scope"),
    ("a method that does not exist", BOT_TOKEN, "chat.shout", {}, "unknown_method"),
    ("a channel name with capitals", BOT_TOKEN, "conversations.create", {"name": "Inc 1"}, "invalid_name_specials"),
    ("no words", BOT_TOKEN, POST, {"channel": "C0GENERAL00"}, "no_text"),
    ("a section that is too long", BOT_TOKEN, POST, {"channel": "C0GENERAL00", "blocks": [LONG]}, "invalid_blocks"),
    (
        "a view with a title that is too long",
        BOT_TOKEN,
        "views.open",
        {"trigger_id": "1.2.3", "view": {"type": "modal", "title": TITLE, "blocks": [{"type": "divider"}]}},
        "invalid_arguments",
    ),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=[row[0] for row in REFUSALS])
async def test_it_is_refused_and_listed(http, refusal):
    """What Slack refuses is refused with Slack's error name and listed as a violation."""

    _, token, method, args, error = refusal
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with http.post(f"/api/{method}", json=args, headers=headers) as answer:
        body = await answer.json()
    async with http.get("/sandbox/violations") as answer:
        violations = (await answer.json())["violations"]

    assert (False, error) == (body["ok"], body["error"])
    assert [(method, error)] == [(violation["where"], violation["detail"]) for violation in violations]
    assert all(violation["rule"] for violation in violations)


async def test_a_form_says_the_same_as_json(http):
    """A form-encoded body with JSON inside its fields is read as Slack reads it."""

    form = {"token": BOT_TOKEN, "channel": "C0GENERAL00", "blocks": '[{"type": "divider"}]', "text": "hi"}
    async with http.post("/api/chat.postMessage", data=form) as answer:
        body = await answer.json()
        scopes = answer.headers["X-OAuth-Scopes"]

    assert body["ok"]
    assert ["divider"] == [block["type"] for block in body["message"]["blocks"]]
    assert "chat:write" in scopes.split(",")
