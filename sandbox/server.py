"""One running sandbox: a workspace, its HTTP and Socket Mode skins, faults and a time machine."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from sandbox import acts, shown, sight
from sandbox.clock import Probe, VirtualClock
from sandbox.control import control_routes
from sandbox.durations import duration
from sandbox.faults import Faults
from sandbox.http_mode import HttpMode
from sandbox.ids import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from sandbox.records import Json
from sandbox.refusals import ActRefused
from sandbox.socket_mode import SocketMode
from sandbox.time_machine import Jump, TimeMachine, probe_at
from sandbox.web_api import Hook, WebApi
from sandbox.workspace import Workspace

Leapt = Callable[[datetime, int], None]
"""Hears that the clock was moved: when (virtual) it stood before, and the number of the last thing before that."""

_RETURN_WITHIN_S = 15.0


class Sandbox:
    """A Slack of your own, with one app installed."""

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET

    def __init__(
        self, *, manifest: Mapping[str, Any], started_at: datetime | None = None, flowing: bool = False
    ) -> None:
        """Install the app of `manifest` in a seeded workspace.

        `started_at` is the virtual start (aware; default: now); `flowing` lets virtual time run with real time.
        """
        self.clock = VirtualClock(started_at=started_at, running=flowing)
        self.workspace = Workspace(manifest=manifest, clock=self.clock)
        self.faults = Faults()
        self.web_api = WebApi(workspace=self.workspace, faults=self.faults)
        self.socket_mode = SocketMode(workspace=self.workspace, faults=self.faults)
        self.time = TimeMachine(workspace=self.workspace, faults=self.faults, in_flight=lambda: self.web_api.in_flight)
        self.application = web.Application()
        self.application.add_routes([*self.web_api.routes(), *self.socket_mode.routes(), *control_routes(self)])
        self.on_jump: list[Leapt] = []
        self._runner: web.AppRunner | None = None
        self._feeding: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None
        self._probe_url: str | None = None

    # -- running ----------------------------------------------------------------------------------------------

    @property
    def on_call(self) -> list[Hook]:
        """Functions called with each Web API call and the phase, "before" or "after" it is carried out."""
        return self.web_api.hooks

    @property
    def url(self) -> str:
        """The sandbox's address."""
        return self.workspace.base_url

    @property
    def api_url(self) -> str:
        """The `base_url` for slack-sdk."""
        return f"{self.workspace.base_url}/api/"

    def add_routes(self, routes: Iterable[web.AbstractRouteDef]) -> None:
        """Serve more, such as the page; before `start`."""
        self.application.add_routes(routes)

    async def start(self, *, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen on `host` and `port` (0: any free one)."""
        self._runner = web.AppRunner(self.application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        bound = self._runner.addresses[0][1]
        self.workspace.base_url = f"http://{host}:{bound}"
        self._feeding = asyncio.create_task(self.socket_mode.run())
        if self._probe_url is not None:
            self.register_bot(self._probe_url)

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        self.web_api.let_go()
        await self.socket_mode.drop()
        if self._feeding is not None:
            self._feeding.cancel()
            with suppress(asyncio.CancelledError):
                await self._feeding
        if self.socket_mode.http is not None:
            await self.socket_mode.http.close()
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def deliver_to(self, url: str) -> bool:
        """Switch to HTTP mode: signed POSTs to `url`; whether the app answered Slack's url_verification."""
        self.socket_mode.http = HttpMode(workspace=self.workspace, url=url, session=self._client(), faults=self.faults)
        return await self.socket_mode.http.verify()

    def register_bot(self, probe: Probe | str) -> None:
        """Tell the time machine how to ask the bot whether it is idle: a callable, or a URL to POST `{"now": …}` to."""
        if not isinstance(probe, str):
            self.time.probe = probe
            return
        self._probe_url = probe
        if self._runner is not None:
            self.time.probe = probe_at(probe, self._client())

    # -- people -----------------------------------------------------------------------------------------------

    async def act(self, request: Mapping[str, Any]) -> Json:
        """Do what a person does, wait for the app, and say what came of it.

        Raises ActRefused with a sentence when Slack would not let them.
        """
        if self.faults.down(self.clock.now()):
            message = f"Slack is down until {self.faults.down_until}: nobody can do anything in it."
            raise ActRefused(message)
        person = sight.person_named(self.workspace, str(request.get("as", "")))
        since = self.workspace.ids.number()
        delivery = acts.perform(self.workspace, request)
        if delivery is not None:
            await self.time.finished(delivery)
        if request.get("settle", True):
            await self.time.settle()
        view = self.workspace.modals.top(person.id)
        return {
            "acked": delivery is not None and delivery.ack_ms is not None,
            "ack_ms": delivery.ack_ms if delivery else None,
            "sent": delivery is not None,
            "response": delivery.response if delivery else None,
            "failure": delivery.failure if delivery else None,
            "view": shown.view_shown(self.workspace, view) if view else None,
            "messages": shown.new_messages(self.workspace, person, since),
        }

    # -- time and faults --------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Wait until the bot is idle and nothing is un-acked."""
        await self.time.settle()

    async def advance(self, by: str | float | timedelta) -> list[Jump]:
        """Move virtual time by `by` ("15m", seconds, a timedelta), stopping at everything due on the way."""
        step = by if isinstance(by, timedelta) else duration(by)
        return await self.advance_to(self.clock.now() + step)

    async def advance_to(self, target: datetime) -> list[Jump]:
        """Move virtual time to `target` (aware), stopping at everything due on the way."""
        started, since = self.clock.now(), self.workspace.ids.number()
        jumps: list[Jump] = []
        if self.faults.down_until is not None and self.clock.now() < self.faults.down_until <= target:
            jumps += await self.time.advance_to(self.faults.down_until)
            await self._sockets_back()
        return self._told(jumps + await self.time.advance_to(target), started=started, since=since)

    async def advance_to_next(self) -> list[Jump]:
        """Move virtual time to the next thing anybody wants to do."""
        started, since = self.clock.now(), self.workspace.ids.number()
        jumps = await self.time.advance_to_next()
        if jumps and jumps[0].why == "slack":
            await self._sockets_back()
        return self._told(jumps, started=started, since=since)

    async def fault(self, request: Mapping[str, Any]) -> Json:
        """Put faults in force, as POST /sandbox/faults does; raises ValueError with a sentence."""
        if request.get("reset"):
            self.faults.reset()
            self.workspace.limits.configure(setting=True)
            self.web_api.let_go()
        self.faults.set(request, now=self.clock.now())
        if "rate_limits" in request:
            self.workspace.limits.configure(setting=request["rate_limits"])
        if request.get("revoke"):
            self.workspace.revoke()
        if request.get("silent"):
            self.socket_mode.hush()
        if request.get("disconnect"):
            await self.socket_mode.refresh()
        if request.get("slack_down"):
            await self.socket_mode.drop()
        return self.faults.shown()

    async def reset(self) -> None:
        """Forget everything but the clock: the seeded company, no faults, no calls."""
        self.faults.reset()
        self.web_api.let_go()
        self.workspace.seed()

    def _told(self, jumps: list[Jump], *, started: datetime, since: int) -> list[Jump]:
        for hear in self.on_jump if jumps else ():
            hear(started, since)
        return jumps

    def _client(self) -> aiohttp.ClientSession:
        self._session = self._session or aiohttp.ClientSession()
        return self._session

    async def _sockets_back(self) -> None:
        # Sockets live in real time: after an outage the client needs its own seconds to come back.
        deadline = self.workspace.real() + _RETURN_WITHIN_S
        while self.socket_mode.ever_connected and not self.socket_mode.connections:
            if self.workspace.real() > deadline:
                return
            await asyncio.sleep(0.05)
