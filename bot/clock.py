"""The clock: APScheduler ticks, the desk's timers follow, the relay is woken; no job holds state."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.attendance import Attendance
from bot.desk import Desk
from bot.log import get_logger
from bot.ports import StoreAwayError

T = TypeVar("T")
TICK_SECONDS, SWEEP_SECONDS = 1.0, 60.0
LOOK_EVERY = timedelta(minutes=1)
PART_S = 2.0
"""Real seconds in which it must be written down that Tocsin goes; otherwise it was last seen a minute ago at most."""

BATCH = 200
"""How many incidents are looked up at a time."""

log = get_logger("tocsin.clock")


class Clock:
    """Ticks every second and sweeps every minute; both are safe to run more often.

    `watch` is awaited once a minute and looks whether the policy folder has changed; `heartbeat` after each sweep that
    found nothing amiss, so that somebody outside notices silence; `swept` hears how many gaps each sweep found.
    `attendance` knows when Tocsin was away, None where nobody is told.
    `standby` is awaited every second, beside a tick that a database without an answer holds up.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        heartbeat: Callable[[], Awaitable[None]] | None = None,
        watch: Callable[[], Awaitable[None]] | None = None,
        swept: Callable[[int], None] = lambda _gaps: None,
        attendance: Attendance | None = None,
        standby: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._desk = desk
        self._watch = watch
        self._looked_at: datetime | None = None
        self._swept = swept
        self._attendance = attendance
        self._standby = standby
        self._heartbeat = heartbeat
        self._turn = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to tick."""
        once = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._scheduler.add_job(self.tick, "interval", seconds=TICK_SECONDS, **once)
        self._scheduler.add_job(self.sweep, "interval", seconds=SWEEP_SECONDS, **once)
        self._scheduler.add_job(self.stand_by, "interval", seconds=TICK_SECONDS, **once)
        self._scheduler.start()

    async def stand_by(self) -> None:
        """See to what was written down while the database did not answer."""
        if self._standby:
            await self._kept(self._standby(), failing="clock.standby_failed")

    async def tick(self) -> None:
        """Run every timer due by now, incident by incident: one that fails holds back no other."""
        async with self._turn:
            await self._attend()
            await self._kept(self._desk.digest(), failing="clock.digest_failed")
            await self._kept(self._desk.close_gaps(), failing="clock.gap_failed")
            done: set[int] = set()
            while fresh := [number for number in await self._due(len(done)) if number not in done]:
                done.update(fresh)
                for number in fresh:
                    await self._kept(self._run(number), failing="clock.tick_failed", incident=number)
            await self._tell_the_rest(done)
            await self._look()

    async def _attend(self) -> None:
        if self._attendance:
            await self._kept(self._attendance.look(), failing="clock.attendance_failed")

    async def _run(self, number: int) -> None:
        await self._desk.run_timers(number)
        if self._attendance:
            await self._attendance.told(number)

    async def _tell_the_rest(self, done: set[int]) -> None:
        """Tell of an absence where nothing is due: behind everything that was due meanwhile."""
        for number in self._attendance.untold if self._attendance else ():
            if number not in done:
                await self._kept(self._run(number), failing="clock.tick_failed", incident=number)

    async def _look(self) -> None:
        """Look at the policy folder once a minute of the desk's own time, so that a time machine moves it too."""
        now = self._desk.now()
        if self._watch is None or (self._looked_at and now - self._looked_at < LOOK_EVERY):
            return
        self._looked_at = now
        await self._kept(self._watch(), failing="clock.policy_unread")

    async def _due(self, beyond: int) -> Sequence[int]:
        found = await self._kept(self._desk.due(limit=BATCH + beyond), failing="clock.tick_failed")
        return found or ()

    async def sweep(self) -> None:
        """Look for what was forgotten, repair and report it; tell the outside only when nothing was amiss."""
        await self._kept(self._desk.chase_reviews(), failing="clock.review_failed")
        numbers = await self._kept(self._desk.open_numbers(), failing="clock.sweep_failed")
        found = [
            await self._kept(self._desk.sweep_incident(number), failing="clock.sweep_failed", incident=number)
            for number in numbers or ()
        ]
        found.append(await self._kept(self._desk.sweep_outbox(), failing="clock.sweep_failed"))
        if numbers is None or any(gaps is None or gaps for gaps in found):
            self._swept(sum(gaps or 0 for gaps in found))
            log.error("clock.gaps_found", gaps=sum(gaps or 0 for gaps in found))
        elif self._heartbeat:
            await self._kept(self._heartbeat(), failing="clock.heartbeat_failed")

    async def _kept(self, step: Awaitable[T], *, failing: str, incident: int | None = None) -> T | None:
        """Return what `step` gives, or None when it failed, which the log says and the next tick tries again."""
        try:
            return await step
        except StoreAwayError as away:
            log.error(failing, incident=incident, error=str(away))  # noqa: TRY400 - each second, and where is known
        except Exception:
            log.exception(failing, incident=incident)
        return None

    async def part(self) -> None:
        """Write down that Tocsin goes, once a tick under way has finished; a database that is away holds up no end."""
        await self._kept(self._part(), failing="clock.attendance_failed")

    async def _part(self) -> None:
        async with asyncio.timeout(PART_S), self._turn:
            if self._attendance:
                await self._attendance.part()

    def stop(self) -> None:
        """Stop ticking; a tick under way finishes."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
