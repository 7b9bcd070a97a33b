"""What the relay holds of the desk: claiming what is to go out, and settling what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.transacting import Transactions
from bot.incident.reacting.effects import Effect
from bot.incident.reading.timeline_file import TimelineFile
from bot.ports import Delivery, DeliveryState
from bot.usecases import (
    claiming,
    queries,
    settling,
    undelivered,
)
from bot.usecases.asked import Job
from bot.usecases.filing import timeline_file
from bot.usecases.outcomes import Outcome


@dataclass(slots=True, kw_only=True)
class DeliveryDesk(Transactions):
    """Runs use-cases for the relay."""

    async def claim(self, *, limit: int) -> list[Job]:
        """Return up to `limit` deliveries ready to go, their intent committed."""
        return await self._write_behind(
            lambda unit: claiming.claim(unit, self.world, limit=limit, owner=self.owner), wake=False
        )

    async def settle(self, row: str, outcome: Outcome, /) -> None:
        """Write down what became of a delivery."""
        await self._write_behind(
            lambda unit: settling.settle(unit, self.world, row=row, outcome=outcome, owner=self.owner)
        )

    async def timeline_file(self, effect: Effect, /) -> TimelineFile | None:
        """Return what the file that `effect` asks for holds now, or None when its reader may no longer have it."""
        return await self._read(lambda unit: timeline_file(unit, effect, self.world))

    async def keep_file(self, row: str, file: str, /) -> None:
        """Keep Slack's id of the file that the outbox row `row` is about to share."""
        await self._write_behind(lambda unit: unit.outbox.keep_file(row, file), wake=False)

    async def take_over(self) -> None:
        """Make deliveries begun by a process that is gone ours to look up and finish, where only one can run."""
        await self._write(lambda unit: unit.outbox.take_over(self.owner))

    async def learn_quiet(self, *, number: int, ref: str, until: datetime) -> None:
        """Write down that whoever page `ref` of an incident went to has Do Not Disturb on."""
        await self._write_behind(
            lambda unit: settling.learn_quiet(unit, self.world, number=number, ref=ref, until=until)
        )

    async def page_otherwise(self) -> None:
        """Page by the next way whoever Slack could not carry a page to yet."""
        await self._write_behind(lambda unit: settling.page_otherwise(unit, self.world))

    async def undelivered(self) -> Sequence[Delivery]:
        """Return what was not delivered."""
        return await self._read(lambda unit: queries.undelivered(unit, self.world))

    async def revive(self, row: str, /) -> DeliveryState | None:
        """Have a dead delivery tried again; return how it stood, None when there is none."""
        return await self._write(lambda unit: undelivered.revive(unit, self.world, id=row))

    async def drop(self, row: str, /) -> DeliveryState | None:
        """Let a dead delivery go for good; return how it stood, None when there is none."""
        return await self._write(lambda unit: undelivered.drop(unit, self.world, id=row), wake=False)

    async def learn_place(self, place: str, channel: str, /) -> None:
        """Remember the Slack channel id of a shared place or a direct message."""
        await self._write_behind(lambda unit: unit.places.put(place, channel, now=self.now()), wake=False)
