"""The real slack-bolt over Socket Mode: it connects by base URL and cannot tell the sandbox from Slack."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

DIVIDER = {"type": "divider"}
GO = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Declare"},
    "submit": {"type": "plain_text", "text": "Declare"},
    "blocks": [
        {
            "type": "input",
            "block_id": "title",
            "label": {"type": "plain_text", "text": "What is broken?"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


class TinyApp:
    """A bolt app with one of each listener."""

    def __init__(self, sandbox) -> None:
        self.heard: list[str] = []
        self.stumbles = 0
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        self.bolt = AsyncApp(client=client, signing_secret=sandbox.signing_secret, process_before_response=True)
        self.bolt.command("/incident")(self.command)
        self.bolt.action("go")(self.press)
        self.bolt.view("form")(self.submitted)
        self.bolt.event("app_home_opened")(self.home)

    async def command(self, ack, body) -> None:
        """Answer with a button."""
        self.heard.append(body["text"])
        await ack(text="hello", blocks=[{"type": "actions", "elements": [GO]}])

    async def press(self, ack, body, client) -> None:
        """Open a modal."""
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def submitted(self, ack, body, client) -> None:
        """Post the title."""
        title = body["view"]["state"]["values"]["title"]["text"]["value"]
        if len(title) < 3:
            await ack(response_action="errors", errors={"title": "Say more."})
            return
        await ack()
        await client.chat_postMessage(channel="C0INCIDENTS", text=title)

    async def home(self, event, client) -> None:
        """Draw App Home, stumbling first if it was told to."""
        self.heard.append(event["type"])
        if self.stumbles:
            self.stumbles -= 1
            message = "not now"
            raise RuntimeError(message)
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [DIVIDER]})


@pytest.fixture
async def app(sandbox) -> AsyncIterator[TinyApp]:
    """The tiny app, connected twice."""
    logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)
    tiny = TinyApp(sandbox)
    handlers = [AsyncSocketModeHandler(tiny.bolt, sandbox.app_token, ping_interval=1) for _ in range(2)]
    for handler in handlers:
        handler.client.web_client = AsyncWebClient(base_url=sandbox.api_url)
        await handler.connect_async()
    yield tiny
    for handler in handlers:
        await handler.close_async()


async def test_a_command_is_acked_and_answered(sandbox, app):
    """A command reaches the app, and its ack is shown to the person alone."""

    result = await sandbox.act({"as": "ada", "do": "command", "channel": "general", "text": "/incident page @noor"})

    assert ["page <@U0NOOR00000|noor>"] == app.heard
    assert (True, "hello") == (result["acked"], result["response"]["text"])
    assert [("hello", True)] == [(line["text"], line["ephemeral"]) for line in result["messages"]]
    assert 1000 > result["ack_ms"]


async def test_a_button_opens_a_modal_that_posts(sandbox, app):
    """Press, fill, be corrected, submit: the app's answer to each is shown."""

    await sandbox.act({"as": "ada", "do": "command", "channel": "general", "text": "/incident"})
    pressed = await sandbox.act({"as": "ada", "do": "click", "button": "Go"})
    short = await sandbox.act({"as": "ada", "do": "submit", "values": {"What is broken?": "x"}})
    done = await sandbox.act({"as": "ada", "do": "submit", "values": {"text": "Checkout is down"}})

    assert "Declare" == pressed["view"]["title"]["text"]
    assert {"title": "Say more."} == short["view"]["errors"]
    assert (None, ["Checkout is down"]) == (done["view"], [line["text"] for line in done["messages"]])
    assert [] == sandbox.workspace.violations


async def test_each_envelope_goes_to_one_connection(sandbox, app):
    """Two connections share the envelopes; none is seen twice."""

    for _ in range(4):
        await sandbox.act({"as": "ada", "do": "command", "channel": "general", "text": "/incident"})

    assert 2 == len(sandbox.socket_mode.connections)
    assert 4 == len(app.heard)


async def test_a_duplicated_envelope_is_seen_twice(sandbox, app):
    """The fault `duplicate` delivers an envelope twice with the same ids."""

    await sandbox.fault({"duplicate": 1.0})
    result = await sandbox.act({"as": "ada", "do": "command", "channel": "general", "text": "/incident"})

    assert 2 == len(app.heard)
    assert 1 == len(result["messages"])


async def test_an_event_that_failed_comes_again(sandbox, app):
    """An event whose listener failed is not acked and is sent again in virtual time."""

    sandbox.workspace.deliveries.ack_within_s = 0.05
    app.stumbles = 1
    await sandbox.act({"as": "ada", "do": "open_home"})
    assert None is sandbox.workspace.modals.homes.get("U0ADA000000")

    jumps = await sandbox.advance("10s")

    assert ["sandbox", "target"] == [jump.why for jump in jumps]
    assert ["app_home_opened"] * 2 == app.heard
    assert sandbox.workspace.modals.homes["U0ADA000000"]


async def test_a_refresh_reconnects(sandbox, app):
    """After refresh_requested the client comes back on a fresh connection and nothing is lost."""

    before = set(sandbox.socket_mode.connections)
    await sandbox.fault({"disconnect": True})
    for _ in range(500):
        if len(set(sandbox.socket_mode.connections) - before) == len(before):
            break
        await asyncio.sleep(0.01)
    result = await sandbox.act({"as": "ada", "do": "command", "channel": "general", "text": "/incident"})

    assert set() == before & set(sandbox.socket_mode.connections)
    assert (2, True) == (len(sandbox.socket_mode.connections), result["acked"])


async def test_without_a_connection_the_person_is_told(sandbox):
    """With no app connected a command fails at once, as Slack says it."""

    result = await sandbox.act({"as": "ada", "do": "command", "channel": "general", "text": "/incident"})

    assert (False, "dispatch_failed") == (result["acked"], result["failure"])
    assert ['/incident failed with the error "dispatch_failed"'] == [line["text"] for line in result["messages"]]


async def test_http_mode_is_signed(sandbox):
    """In HTTP mode bolt verifies the signature of commands, presses and events."""

    tiny = TinyApp(sandbox)

    async def serve(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await tiny.bolt.async_dispatch(await to_bolt_request(request)))

    server = web.Application()
    server.add_routes([web.post("/slack/events", serve)])
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()

    verified = await sandbox.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    result = await sandbox.act({"as": "ada", "do": "command", "channel": "general", "text": "/incident list"})
    pressed = await sandbox.act({"as": "ada", "do": "click", "button": "Go"})
    await sandbox.act({"as": "ada", "do": "open_home"})
    await runner.cleanup()

    assert verified
    assert (True, "hello") == (result["acked"], result["response"]["text"])
    assert "Declare" == pressed["view"]["title"]["text"]
    assert ["list", "app_home_opened"] == tiny.heard


async def test_in_http_mode_anything_but_200_is_no_ack(sandbox):
    """An app that answers 500 has not acknowledged, and fails Slack's url_verification."""

    async def broken(_request: web.Request) -> web.Response:
        return web.Response(status=500, text="sandbox")

    server = web.Application()
    server.add_routes([web.post("/slack/events", broken)])
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()

    verified = await sandbox.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    result = await sandbox.act({"as": "ada", "do": "command", "channel": "general", "text": "/incident"})
    await runner.cleanup()

    assert (False, False, "dispatch_failed") == (verified, result["acked"], result["failure"])
    assert 1 == len(sandbox.workspace.violations)
