"""What the HTTP side holds of the desk: the links in pages."""

from dataclasses import dataclass

from bot.desk.transacting import Transactions
from bot.usecases.page_links import LinkSeen, look_at_link, use_link
from bot.usecases.signing import KEY_NAME


@dataclass(slots=True, kw_only=True)
class LinkDesk(Transactions):
    """Runs use-cases for people who open the link in a page."""

    def is_genuine(self, token: str) -> bool:
        """Return whether we signed the link whose address ends in `token`; the database is not asked."""
        return self.world.links is not None and self.world.links.handle_in(token) is not None

    async def look_at_link(self, token: str, /) -> LinkSeen:
        """Return how a link stands; nothing is changed."""
        return await self._read(lambda unit: look_at_link(unit, token, self.world))

    async def use_link(self, token: str, /) -> LinkSeen:
        """Acknowledge as whom the link was sent to, if it still can."""
        return await self._write(lambda unit: use_link(unit, token, self.world))

    async def link_key(self) -> bytes:
        """Return the key that signs links, the same in every process on this database."""
        return await self._write(lambda unit: unit.signing_keys.kept(KEY_NAME, now=self.now()), wake=False)
