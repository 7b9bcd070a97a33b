"""The clock: APScheduler ticks, the desk's timers follow, the relay is woken; no job holds state."""

import asyncio
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.desk import Desk
from bot.log import get_logger
from bot.usecases.ticking import BATCH

TICK_SECONDS, SWEEP_SECONDS = 1.0, 60.0
log = get_logger("tocsin.clock")


class Clock:
    """Ticks every second and sweeps every minute; both are safe to run more often.

    `heartbeat` is awaited after each sweep that found nothing amiss, so that somebody outside notices silence.
    """

    def __init__(self, desk: Desk, *, heartbeat: Callable[[], Awaitable[None]] | None = None) -> None:
        self._desk = desk
        self._heartbeat = heartbeat
        self._turn = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to tick."""
        once = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._scheduler.add_job(self.tick, "interval", seconds=TICK_SECONDS, **once)
        self._scheduler.add_job(self.sweep, "interval", seconds=SWEEP_SECONDS, **once)
        self._scheduler.start()

    async def tick(self) -> None:
        """Run every timer due by now; what fails is said in the log and tried again at the next tick."""
        async with self._turn:
            try:
                while await self._desk.tick() == BATCH:
                    continue
            except Exception:
                log.exception("clock.tick_failed")

    async def sweep(self) -> None:
        """Look for forgotten timers, repair and report them, then tell the outside that all is well."""
        try:
            gaps = await self._desk.sweep()
            if gaps:
                log.error("clock.gaps_found", gaps=gaps)
            if self._heartbeat:
                await self._heartbeat()
        except Exception:
            log.exception("clock.sweep_failed")

    def stop(self) -> None:
        """Stop ticking; a tick under way finishes."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
