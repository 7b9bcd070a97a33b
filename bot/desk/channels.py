"""What is held of the desk about channels as places: who reads them, and under which id."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.desk.transacting import Transactions
from bot.usecases import sharing
from bot.usecases.sharing import Seen


@dataclass(slots=True, kw_only=True)
class ChannelDesk(Transactions):
    """Runs use-cases about channels."""

    async def channel_shared(self, channel: str, *, team: str, name: str) -> None:
        """Withhold details in the Slack channel `channel`, which the organisation of `team` reads from now on."""
        await self._write(lambda unit: sharing.channel_shared(unit, self.world, channel=channel, team=team, name=name))

    async def channel_unshared(self, channel: str, *, team: str, is_shared: bool) -> None:
        """Show details again in `channel`, unless other organisations still read it."""
        await self._write(
            lambda unit: sharing.channel_unshared(unit, self.world, channel=channel, team=team, is_shared=is_shared)
        )

    async def channel_renumbered(self, was: str, *, now: str) -> None:
        """Go on with a channel under the id that Slack gave it."""
        await self._write(lambda unit: sharing.channel_renumbered(unit, self.world, was=was, now=now))

    async def channels_seen(self, channels: Iterable[Seen]) -> None:
        """Compare what Slack says of channels now with what is known, and do what follows."""
        seen = tuple(channels)
        await self._write(lambda unit: sharing.channels_seen(unit, self.world, seen))

    async def is_answered(self, key: str) -> bool:
        """Return whether the request of that key was done already."""
        return await self._read(lambda unit: unit.requests.answered(key) is not None)

    async def private_channels(self) -> Sequence[str]:
        """Return the Slack channel ids of private incidents that are open."""
        return await self._read(lambda unit: sharing.private_channels(unit, self.world))
