"""Socket Mode: two connections to Slack, opened apart in time so that they are never renewed together."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.log import get_logger
from handlers.shapes import Misshapen, check
from handlers.silence import Silence
from handlers.slack_errors import refusal_of

log = get_logger(__name__)

CONNECTIONS = 2
"""Slack sends each envelope to one of them; while one is renewed, the other is there."""

STAGGER_S = 20.0
"""How far apart they are opened, in seconds."""

FINISH_S = 3.0
"""How long a request in progress may take to finish at the end: later than that Slack takes no ack."""

PING_S, AWAY_S = 5.0, 60.0
"""How often a connection is tried with a ping, and how long one may be gone before a fresh one takes its place."""

_PAGE = "https://api.slack.com/apps (Basic Information, App-Level Tokens)"
WRONG_TOKEN = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)


class TokenProblem(Exception):
    """The app-level token is missing or Slack does not take it; the message says which, and where to mend it."""


@dataclass(slots=True, kw_only=True)
class Sockets:
    """Tocsin's connections to Slack.

    `client_base_url` is the address of Slack's Web API ("https://slack.com/api/"), `stagger` the seconds between
    opening one connection and the next, `ping` those between two pings, `look` those between two looks at a connection,
    which `monotonic` times.
    """

    app: AsyncApp
    app_token: str
    client_base_url: str = AsyncWebClient.BASE_URL
    stagger: float = STAGGER_S
    ping: float = PING_S
    look: float = PING_S
    monotonic: Callable[[], float] = time.monotonic
    in_flight: int = 0
    _handlers: list[AsyncSocketModeHandler] = field(default_factory=list)
    _keeping: list[asyncio.Task[None]] = field(default_factory=list)
    _first: asyncio.Event = field(default_factory=asyncio.Event)
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _closing: bool = False

    async def start(self) -> None:
        """Begin to connect, and to go on connecting while Slack cannot be reached.

        Raises:
            TokenProblem: the token is missing, of the wrong kind, or refused by Slack.
        """
        address = await self._address()
        for place in range(CONNECTIONS):
            first = address if place == 0 else None
            keeping = asyncio.create_task(self._keep(first, after=place * self.stagger))
            keeping.add_done_callback(_log_failure)
            self._keeping.append(keeping)

    async def connected(self) -> None:
        """Wait until the first connection stands."""
        await self._first.wait()

    async def standing(self) -> int:
        """Return how many connections stand now."""
        return sum([await handler.client.is_connected() for handler in self._handlers])

    async def is_connected(self) -> bool:
        """Return whether at least one connection stands now."""
        return await self.standing() > 0

    async def close(self) -> None:
        """Take nothing new, let what is in progress finish for at most 3 s, then close the connections."""
        self._closing = True
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        if self.in_flight:
            self._idle.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), timeout=FINISH_S)
        for handler in self._handlers:
            await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt annotates nothing here
        log.info("sockets.closed", unfinished=self.in_flight)

    async def _address(self) -> str | None:
        """Return where to connect first, or None when Slack cannot be reached yet; refuse a token that cannot work."""
        _check_shape(self.app_token)
        try:
            answer = await self._client().apps_connections_open(app_token=self.app_token)
        except SlackApiError as error:
            refusal = refusal_of(error)
            if refusal in WRONG_TOKEN:
                message = f"Slack refuses SLACK_APP_TOKEN ({refusal}). Make one with connections:write at {_PAGE}."
                raise TokenProblem(message) from error
            log.warning("sockets.not_yet", error=refusal)
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("sockets.not_yet", error=type(error).__name__)
        else:
            return str(answer["url"])
        return None

    def _client(self) -> AsyncWebClient:
        client = AsyncWebClient(base_url=self.client_base_url, retry_handlers=[])
        client.proxy = None if self._is_local() else client.proxy
        return client

    def _is_local(self) -> bool:
        """Return whether Slack is played on this machine: a proxy of the environment knows nothing of its ports."""
        return urlsplit(self.client_base_url).hostname in {"127.0.0.1", "::1", "localhost"}

    async def _keep(self, address: str | None, *, after: float) -> None:
        """Keep one connection: the SDK renews it by itself; one that stays away is given up for a fresh one.

        The SDK tries the address it has again and again, though Slack lets each be used once and not for long.
        """
        await asyncio.sleep(after)
        while True:
            handler = self._fresh(address)
            address = None
            with suppress(TimeoutError):
                connecting = handler.connect_async()  # type: ignore[no-untyped-call]  # the same
                await asyncio.wait_for(connecting, timeout=AWAY_S)
                self._first.set()
                log.info("socket.connected")
                await self._away(handler)
            log.warning("socket.replaced")
            self._handlers.remove(handler)
            await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt annotates nothing here

    async def _away(self, handler: AsyncSocketModeHandler) -> None:
        """Return once the connection has been gone for AWAY_S seconds without a break, or silent for too long.

        The SDK pings and renews a silent connection by itself, but measures on the wall clock; this is the second pair
        of eyes, for when that clock was set back or its own task died.
        """
        gone, silence = Silence(monotonic=self.monotonic), Silence(monotonic=self.monotonic)
        while True:
            await asyncio.sleep(self.look)
            client = handler.client
            if await client.is_connected():
                gone = Silence(monotonic=self.monotonic)
            elif gone.lasts(None) >= AWAY_S:
                return
            if silence.is_too_long((client.last_ping_pong_time, id(client.current_session))):
                return

    def _fresh(self, address: str | None) -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(self.app, self.app_token, web_client=self._client(), ping_interval=self.ping)
        handler.client.wss_uri = address
        handler.client.proxy = None if self._is_local() else handler.client.proxy
        handler.client.socket_mode_request_listeners[:] = [self._serve]
        self._handlers.append(handler)
        return handler

    async def _serve(self, client: Any, request: SocketModeRequest) -> None:  # noqa: ANN401 - the SDK's own client
        """Answer one envelope; once closing, leave it un-acked so that Slack gives it to somebody else."""
        if self._closing:
            return
        try:
            check(request.payload)
        except Misshapen as wrong:
            log.warning("request.misshapen", fields=str(wrong))
            return
        self.in_flight += 1
        began = time.time()
        try:
            await send_async_response(client, request, await run_async_bolt_app(self.app, request), began)
        finally:
            self.in_flight -= 1
            if not self.in_flight:
                self._idle.set()


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception():
        log.critical("socket.lost", exc_info=task.exception())


def check_bot_token(token: str) -> None:
    """Refuse a bot token that cannot work; TokenProblem says what is wrong with it, and where to mend it."""
    page = "https://api.slack.com/apps (OAuth & Permissions)"
    if not token:
        message = f"SLACK_BOT_TOKEN is missing. Install the app and copy it from {page}."
        raise TokenProblem(message)
    if not token.startswith("xoxb-"):
        message = f"SLACK_BOT_TOKEN is no bot token (those begin with xoxb-). Copy it from {page}."
        raise TokenProblem(message)


def _check_shape(token: str) -> None:
    if not token:
        message = f"SLACK_APP_TOKEN is missing. Make an app-level token with connections:write at {_PAGE}."
        raise TokenProblem(message)
    if not token.startswith("xapp-"):
        message = f"SLACK_APP_TOKEN is no app-level token (those begin with xapp-). Make one at {_PAGE}."
        raise TokenProblem(message)
