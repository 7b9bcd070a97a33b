"""What is held of the desk for the spool: what to remember, and entering what was written down."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.desk.patience import at_most
from bot.desk.transacting import Transactions
from bot.ports import Sent
from bot.usecases import entering, spooling
from bot.usecases.asked import Answer
from bot.usecases.spooling import LastKnown, Slip

LOOKS_S = 0.3
"""Real seconds in which a database that hung shows that it is back."""


@dataclass(slots=True, kw_only=True)
class SpoolDesk(Transactions):
    """Runs use-cases for the spool."""

    async def last_known(self) -> LastKnown | None:
        """Return what is to be remembered for when the database does not answer; None without a policy."""
        return await self._read(lambda unit: spooling.last_known(unit, self.world))

    async def enter(self, slip: Slip, sent: Mapping[str, Sent | None]) -> Answer:
        """Make an incident of a slip; `sent` are its pages that left, by effect, and where they stand."""
        return await self._write(lambda unit: entering.enter(unit, slip, sent, self.world))

    async def try_it(self) -> None:
        """Try whether the database can be written to; StoreAwayError when not."""
        with at_most(LOOKS_S):
            await self._write(lambda _: None, wake=False)
