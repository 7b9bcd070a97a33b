"""What the sandbox's tests share: a manifest, a frozen workspace, a running sandbox, a real second that is told."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from sandbox.clock import VirtualClock
from sandbox.ids import BOT_TOKEN
from sandbox.server import Sandbox
from sandbox.workspace import Workspace

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)

SCOPES = [
    "bookmarks:write",
    "channels:history",
    "channels:manage",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "metadata.message:read",
    "pins:read",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users:read",
]
EVENTS = [
    "app_home_opened",
    "app_uninstalled",
    "channel_archive",
    "channel_rename",
    "group_archive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.im",
    "pin_added",
    "reaction_added",
    "team_join",
    "tokens_revoked",
    "user_change",
]


class Seconds:
    """Real seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The present, in seconds."""
        return self.now


@pytest.fixture
def manifest() -> dict[str, Any]:
    """A manifest with one command, two shortcuts, every scope and event the tests speak of."""
    return {
        "display_information": {"name": "Tocsin"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Tocsin"},
            "slash_commands": [{"command": "/incident", "description": "Declare", "should_escape": True}],
            "shortcuts": [
                {"name": "Declare an incident", "type": "message", "callback_id": "declare", "description": "d"},
                {"name": "Start", "type": "global", "callback_id": "start", "description": "d"},
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


@pytest.fixture
def clock() -> VirtualClock:
    """A frozen clock."""
    return VirtualClock(started_at=START)


@pytest.fixture
def real() -> Seconds:
    """Real seconds that stand still."""
    return Seconds()


@pytest.fixture
def workspace(manifest, clock, real) -> Workspace:
    """A workspace without any wire."""
    return Workspace(manifest=manifest, clock=clock, real=real)


@pytest.fixture
def call(workspace) -> Callable[..., dict[str, Any]]:
    """Call a Web API method with the bot's token."""

    def ask(method: str, **args: Any) -> dict[str, Any]:
        answer: dict[str, Any] = workspace.call(token=BOT_TOKEN, method=method, args=args)
        return answer

    return ask


@pytest.fixture
async def sandbox(manifest) -> AsyncIterator[Sandbox]:
    """A sandbox that listens."""
    running = Sandbox(manifest=manifest, started_at=START)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def http(sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP client at the sandbox."""
    async with aiohttp.ClientSession(base_url=sandbox.url) as session:
        yield session
