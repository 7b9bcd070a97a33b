"""What the page's tests share: a workspace with a reader, a sandbox that serves the page, a browser if there is one."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from sandbox.clock import VirtualClock
from sandbox.ids import BOT_TOKEN
from sandbox.mailbox import Letter, Mailbox
from sandbox.page.reader import Reader
from sandbox.page.routes import page_routes
from sandbox.page.state import Hooks, Timer
from sandbox.server import Sandbox
from sandbox.sight import person_named
from sandbox.workspace import Workspace

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
SCOPES = ("channels:manage", "channels:read", "chat:write", "commands", "im:write", "pins:write", "users:read")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture
def manifest() -> dict[str, Any]:
    """An app with one command, a message shortcut and both tabs."""
    return {
        "display_information": {"name": "Tocsin"},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Tocsin"},
            "slash_commands": [
                {"command": "/incident", "description": "Declare", "usage_hint": "declare sev1", "should_escape": True}
            ],
            "shortcuts": [
                {"name": "Declare an incident", "type": "message", "callback_id": "declare", "description": "d"}
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": ["app_home_opened"]},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


@pytest.fixture
def workspace(manifest) -> Workspace:
    """A workspace that stands still at START."""
    return Workspace(manifest=manifest, clock=VirtualClock(started_at=START))


@pytest.fixture
def reader(workspace) -> Reader:
    """Ada, in Berlin."""
    return reader_of(workspace, "ada")


def reader_of(workspace: Workspace, handle: str) -> Reader:
    """The page's reader of that handle."""
    return Reader(workspace=workspace, person=person_named(workspace, handle))


@pytest.fixture
def read_as(workspace) -> Callable[[str], Reader]:
    """Any of the people as a reader."""
    return lambda handle: reader_of(workspace, handle)


@pytest.fixture
def say(workspace) -> Callable[..., dict[str, Any]]:
    """Call a Web API method as the app, and be told when Slack refuses."""

    def call(method: str, **args: Any) -> dict[str, Any]:
        answer: dict[str, Any] = workspace.call(token=BOT_TOKEN, method=method, args=args)
        assert answer["ok"], answer
        return answer

    return call


@pytest.fixture
def mailbox() -> Mailbox:
    """A mailbox with one letter to Noor."""
    letter = Letter(
        sender="tocsin@example.com", to=("noor@example.com",), subject="Page: INC-1", text="See http://127.0.0.1/x <b>"
    )
    return Mailbox(letters=[letter])


class Bot:
    """An app on the other end of Socket Mode: it acknowledges everything, with `answer` if there is one."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.answer: dict[str, Any] | None = None
        self.silent = False
        self.ready = asyncio.Event()

    async def run(self, sandbox: Sandbox) -> None:
        """Connect, and acknowledge until cancelled."""
        async with aiohttp.ClientSession() as session:
            headers = {"Authorization": f"Bearer {sandbox.app_token}"}
            async with session.post(f"{sandbox.api_url}apps.connections.open", headers=headers) as answer:
                url = (await answer.json())["url"]
            async with session.ws_connect(url, timeout=aiohttp.ClientWSTimeout(ws_close=0.1)) as socket:
                self.ready.set()
                async for frame in socket:
                    await self._take(socket, frame.json())

    async def _take(self, socket: aiohttp.ClientWebSocketResponse, envelope: dict[str, Any]) -> None:
        if "envelope_id" not in envelope or self.silent:
            return
        self.heard.append(envelope)
        ack = {"envelope_id": envelope["envelope_id"]}
        answers = self.answer is not None and envelope["type"] != "events_api"
        await socket.send_json(ack | ({"payload": self.answer} if answers else {}))


@pytest.fixture
def bot() -> Bot:
    """The app."""
    return Bot()


@pytest.fixture
async def sandbox(manifest, mailbox, bot) -> AsyncIterator[Sandbox]:
    """A sandbox that serves its page, with an app connected to it."""
    running = Sandbox(manifest=manifest, started_at=START)
    due = Timer(label="INC-1 acknowledge", due=datetime(2026, 3, 2, 14, 5, tzinfo=UTC))
    hooks = Hooks(timers=lambda: [due], on_call=lambda: {"noor": "primary"})
    running.add_routes(page_routes(running, mailbox=mailbox, hooks=hooks))
    await running.start()
    connected = asyncio.create_task(bot.run(running))
    await bot.ready.wait()
    yield running
    await running.stop()
    connected.cancel()
    await asyncio.gather(connected, return_exceptions=True)


@pytest.fixture
async def http(sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    """A browser without JavaScript, as a plain HTTP client."""
    async with aiohttp.ClientSession(base_url=sandbox.url) as session:
        yield session
