"""The bot as an operating-system process of its own, which can be killed and started again."""

import asyncio
import multiprocessing
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

import aiohttp
from aiohttp import web

from bot import log
from bot.app import Bot, Now
from bot.settings import Settings
from sandbox.clock import BotState
from sandbox.time_machine import DYING, probe_at

FORKING = multiprocessing.get_context("forkserver")
"""Starts each bot as a copy of one process that has imported everything already, so that a start is quick."""

START_WITHIN_S = 20.0


@dataclass(slots=True)
class GivenTime:
    """A clock that shows what it was last given."""

    shown: datetime

    def now(self) -> datetime:
        """Return what was last given."""
        return self.shown


def live(settings: Settings, now: datetime, born: Connection) -> None:
    """Be a bot until killed; send the port of its probe through `born` once it listens to Slack."""
    be(settings, now, born, compose=lambda settings, now: Bot(settings, now=now))


def be(settings: Settings, now: datetime, born: Connection, *, compose: Callable[[Settings, Now], Bot]) -> None:
    """Be the bot that `compose` makes of the settings and a clock, as `live` is."""
    log.configure(json=False, level="CRITICAL", stream=sys.stderr)
    asyncio.run(_be(settings, now, born, compose))


async def _be(settings: Settings, now: datetime, born: Connection, compose: Callable[[Settings, Now], Bot]) -> None:
    time = GivenTime(now)
    bot = compose(settings, time.now)
    await bot.prepare()
    port = await _serve_probe(bot, time)
    await bot.start()
    if bot.outside and bot.outside.sockets:
        await bot.outside.sockets.connected()
    born.send(port)
    await asyncio.Event().wait()


async def _serve_probe(bot: Bot, time: GivenTime) -> int:
    async def look(request: web.Request) -> web.Response:
        asked = await request.json()
        time.shown = datetime.fromisoformat(asked["now"])
        busy, wake = await bot.idle()
        return web.json_response({"busy": busy, "next_wake": wake.isoformat() if wake else None})

    served = web.Application()
    served.add_routes([web.post("/", look)])
    runner = web.AppRunner(served, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return int(runner.addresses[0][1])


class BotProcess:
    """One bot at a time, as a process that lives `life`; `starts` counts how often it was started."""

    def __init__(self, settings: Settings, *, life: Callable[[Settings, datetime, Connection], None] = live) -> None:
        self._settings = settings
        self._life = life
        self._process: ForkServerProcess | None = None
        self._probe: Any = None
        self._session = aiohttp.ClientSession()
        self.starts = 0

    @property
    def is_alive(self) -> bool:
        """Whether it runs: neither killed from here, nor dead by its own hand."""
        return self._process is not None and self._process.is_alive()

    async def start(self, *, now: datetime) -> bool:
        """Start it at virtual `now`; return whether it lived until it was connected."""
        born, womb = FORKING.Pipe(duplex=False)
        self._process = process = FORKING.Process(target=self._life, args=(self._settings, now, womb), daemon=True)
        process.start()
        womb.close()
        self.starts += 1
        try:
            port = await asyncio.to_thread(_hear, born)
        except EOFError:
            if self._process is process:  # else it was killed from here, and is closed already
                process.join()
                if process.exitcode != -signal.SIGKILL:
                    message = "the bot ended by itself while it started"
                    raise RuntimeError(message) from None
            return False
        finally:
            born.close()
        self._probe = probe_at(f"http://127.0.0.1:{port}/", self._session, unreachable=DYING)
        return self._process is process and self.is_alive

    def kill(self) -> None:
        """Kill it with SIGKILL, and return once it is gone."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join()
            process.close()

    async def ask(self, now: datetime) -> BotState:
        """Tell it the time, let it do what is due, and return whether it is idle."""
        state: BotState = await self._probe(now)
        return state

    async def close(self) -> None:
        """Kill it, and look after nothing any more."""
        self.kill()
        await self._session.close()


def _hear(born: Connection) -> int:
    if not born.poll(START_WITHIN_S):
        message = "the bot did not start in time"
        raise TimeoutError(message)
    return int(born.recv())
