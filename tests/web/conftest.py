"""An HTTP side with Tocsin's listeners behind it, asked in-process: no port, no socket, the real FastAPI."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI

from bot.desk import Desk
from bot.ops.frontage import Frontage, frontage, new_metrics
from bot.settings import Settings
from handlers.identity import Identity
from handlers.listeners import build_app
from tests.handlers.conftest import client as client  # noqa: PLC0414 - fixtures are shared by name
from tests.handlers.conftest import database as database  # noqa: PLC0414
from tests.handlers.conftest import desk as desk  # noqa: PLC0414
from tests.handlers.conftest import logged as logged  # noqa: PLC0414
from tests.handlers.conftest import slack as slack  # noqa: PLC0414
from tests.handlers.conftest import template as template  # noqa: PLC0414

SECRET = "signing-secret-of-the-tests"
NOW = 1_790_000_000
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def signature(body: bytes, *, at: int = NOW, secret: str = SECRET) -> dict[str, str]:
    """The headers Slack would send with `body`."""
    digest = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": str(at), "x-slack-signature": f"v0={digest}"}


@dataclass
class Answered:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


async def ask(
    site: FastAPI, method: str, path: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Answered:
    """Send one request straight into the application, as a server would hand it over."""
    answered, sent = Answered(), False
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def receive() -> dict[str, Any]:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answered.status = message["status"]
            answered.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answered.body += message.get("body", b"")

    await site(scope, receive, send)
    return answered


@dataclass
class Shopfront:
    """The HTTP side, and Slack posting to it."""

    front: Frontage
    desk: Desk
    walls: list[float]

    @property
    def site(self) -> FastAPI:
        """The application."""
        return self.front.server.site

    async def get(self, path: str) -> Answered:
        """Fetch an address."""
        return await ask(self.site, "GET", path)

    async def post(self, body: bytes, *, kind: str = FORM, **headers: str) -> Answered:
        """Post a body, signed now unless other headers are given."""
        given = {"content-type": kind, **signature(body, at=int(self.walls[0]))}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        return await ask(self.site, "POST", "/slack/events", body=body, headers=given)

    async def types(self, text: str, *, trigger: str = "1.2.a", **more: str) -> Answered:
        """Post a slash as Slack does."""
        return await self.post(slash(text, trigger=trigger), **more)


def slash(text: str, *, trigger: str = "1.2.a") -> bytes:
    """The body of a slash."""
    fields = {
        "command": "/incident",
        "text": text,
        "trigger_id": trigger,
        "user_id": "U0ADA000000",
        "team_id": "T0SANDBOX00",
        "channel_id": "C0GENERAL00",
        "response_url": "https://hooks.slack.com/commands/1/2/3",
    }
    return urlencode(fields).encode()


@pytest.fixture
async def front(slack, desk, client) -> Shopfront:
    """An HTTP side without sockets, ready, in the sandbox's company."""
    settings = Settings(_env_file=None, slack_signing_secret=SECRET, tocsin_http_port=0)
    identity, metrics = Identity(), new_metrics()
    await identity.learn(client)
    desk.world.home_team = identity.team_id or ""
    app = build_app(desk=desk, client=client, identity=identity, metrics=metrics)
    made = frontage(settings, desk=desk, metrics=metrics, app=app, sockets=None)
    assert made is not None
    assert made.inbox is not None
    walls = [float(NOW)]
    made.inbox.wall = lambda: walls[0]
    return Shopfront(front=made, desk=desk, walls=walls)
