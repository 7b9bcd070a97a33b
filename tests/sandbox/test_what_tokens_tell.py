"""What Slack tells whoever calls it beside the answer: scopes, its own time, and which app a token is of."""

from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import pytest

from sandbox.ids import APP_ID, APP_TOKEN, BOT_TOKEN, OTHER_APP_ID, OTHER_APP_TOKEN
from sandbox.server import Sandbox
from tests.sandbox.conftest import START


@pytest.mark.parametrize(
    ("token", "scopes"),
    [(BOT_TOKEN, "chat:write,commands"), (APP_TOKEN, "connections:write"), ("xoxb-nobody", None), ("", None)],
)
async def test_scopes_are_named_to_whom_they_were_granted(manifest: dict[str, Any], token: str, scopes: str | None):
    """Each token hears its own scopes, a stranger none; Slack's time stands beside every answer."""

    manifest["oauth_config"]["scopes"]["bot"] = ["commands", "chat:write"]
    sandbox = Sandbox(manifest=manifest, started_at=START)
    await sandbox.start()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.post(f"{sandbox.api_url}auth.test", headers=headers) as said:
        told = said.headers
    await sandbox.stop()

    assert scopes == told.get("X-OAuth-Scopes")
    assert START == parsedate_to_datetime(told["Date"])


@pytest.mark.parametrize(("token", "app"), [(APP_TOKEN, APP_ID), (OTHER_APP_TOKEN, OTHER_APP_ID)])
def test_an_app_token_says_which_app_it_is_of(workspace, token, app):
    """auth.test takes an app-level token too, and names the app instead of a bot."""

    answer = workspace.call(token=token, method="auth.test", args={})

    assert (True, app, None) == (answer["ok"], answer["app_id"], answer.get("user_id"))


def test_a_read_only_channel_takes_nothing(workspace):
    """Where only some may post the app is refused, and conversations.info says so beforehand; it breaks no rule."""

    room = next(room for room in workspace.channels.values() if room.name == "incidents")
    room.is_read_only = True
    shown = workspace.call(token=BOT_TOKEN, method="conversations.info", args={"channel": room.id})
    refused = workspace.call(token=BOT_TOKEN, method="chat.postMessage", args={"channel": room.id, "text": "hi"})

    assert shown["channel"]["is_read_only"]
    assert "restricted_action_read_only_channel" == refused["error"]
    assert [] == workspace.violations
