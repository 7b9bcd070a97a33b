"""What the clock holds of the desk: what is due, what was forgotten, and how much waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk.transacting import Transactions
from bot.incident.history.absence import Absence
from bot.usecases import (
    gauging,
    presence,
    queries,
    ticking,
)
from bot.usecases.digesting import ask_digest, digest_wanted
from bot.usecases.sampling import are_gaps_due, close_gaps


@dataclass(slots=True, kw_only=True)
class ClockDesk(Transactions):
    """Runs use-cases for the clock."""

    async def due(self, *, limit: int) -> Sequence[int]:
        """Return numbers of incidents with a timer due by now, the longest overdue first."""
        return await self._read(lambda unit: ticking.due(unit, self.world, limit=limit))

    async def run_timers(self, number: int) -> None:
        """Run what is due of one incident."""
        await self._write_behind(lambda unit: ticking.run_timers(unit, self.world, number=number))

    async def appear(self, *, returned: bool) -> presence.Appearance:
        """Write down that Tocsin is here; `returned` asks for the absence before, and who is to be told of it."""
        return await self._write_behind(lambda unit: presence.appear(unit, self.world, returned=returned), wake=False)

    async def part(self) -> None:
        """Write down that Tocsin was here until now."""
        await self._write(lambda unit: presence.part(unit, self.world), wake=False)

    async def all_told(self, absence: Absence) -> None:
        """Write down that every open incident was told of `absence`."""
        await self._write_behind(lambda unit: presence.all_told(unit, absence), wake=False)

    async def digest(self) -> None:
        """Ask for the day's digest if it is due and was not asked for yet."""
        if await self._read(lambda unit: digest_wanted(unit, self.world)):
            await self._write_behind(lambda unit: ask_digest(unit, self.world))

    async def close_gaps(self) -> None:
        """Write how many denials were only counted, for each person whose window is over."""
        if await self._read(lambda unit: are_gaps_due(unit, self.world)):
            await self._write_behind(lambda unit: close_gaps(unit, self.world))

    async def open_numbers(self) -> Sequence[int]:
        """Return the numbers of everything open."""
        return await self._read(lambda unit: ticking.open_numbers(unit, self.world))

    async def sweep_incident(self, number: int) -> int:
        """Repair and report what was about to be forgotten of one incident; return how many gaps there were."""
        return await self._write_behind(lambda unit: ticking.sweep_incident(unit, self.world, number=number))

    async def sweep_outbox(self) -> int:
        """Report deliveries that wait too long, and return how many there are."""
        return await self._write_behind(lambda unit: ticking.sweep_outbox(unit, self.world))

    async def backlog(self) -> queries.Backlog:
        """Return what waits now, and when something next falls due."""
        return await self._read(lambda unit: queries.backlog(unit, self.world))

    async def gauges(self) -> gauging.Gauges:
        """Return how much waits, in figures."""
        return await self._read(lambda unit: gauging.gauge(unit, self.world))
