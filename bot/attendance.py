"""Attendance: that this process is here, written down once a minute, and what there is to tell after an absence."""

from datetime import datetime, timedelta

from bot.desk import Desk
from bot.incident.history.absence import AWAY_AFTER
from bot.log import get_logger
from bot.usecases.presence import Appearance

EVERY = timedelta(minutes=1)

log = get_logger("tocsin.attendance")


class Attendance:
    """Knows when this process last looked at its clocks.

    Whether Tocsin was away is asked when this process looks for the first time, and when it looks again after it could
    not: a database did not answer. `stands_still` says that its time is real, so that a long time between two looks is
    an absence as well: it was suspended. Where a time machine moves the time, such a time only had nothing due in it.
    """

    def __init__(self, desk: Desk, *, stands_still: bool) -> None:
        self._desk = desk
        self._stands_still = stands_still
        self._seen_at: datetime | None = None
        self._found = Appearance()
        self._untold: set[int] = set()

    @property
    def untold(self) -> tuple[int, ...]:
        """Return the numbers of the incidents that are still to be told of the absence, oldest first."""
        return tuple(sorted(self._untold))

    async def look(self) -> None:
        """Write down that Tocsin is here, at most once a minute; whatever fails is tried again at the next look."""
        now, last = self._desk.now(), self._seen_at
        if last is not None and abs(now - last) < EVERY:
            return
        self._seen_at = None
        found = await self._desk.appear(returned=last is None or self._was_suspended(now, last))
        self._seen_at = now
        if found.absence and found.untold:
            self._found, self._untold = found, set(found.untold)
            since, until = found.absence.since.isoformat(), found.absence.until.isoformat()
            log.warning("tocsin.was_away", since=since, until=until, incidents=len(found.untold))

    def _was_suspended(self, now: datetime, last: datetime) -> bool:
        return self._stands_still and now - last >= AWAY_AFTER

    async def told(self, number: int) -> None:
        """Remember that incident `number` was told; once all were, nobody is told of this absence any more.

        Until that is written down the last of them stays untold, so that it is tried again.
        """
        if self._found.absence and self._untold <= {number}:
            await self._desk.all_told(self._found.absence)
            self._found = Appearance()
        self._untold.discard(number)

    async def part(self) -> None:
        """Write down that Tocsin was here until now, if this process ever looked."""
        if self._seen_at:
            await self._desk.part()
