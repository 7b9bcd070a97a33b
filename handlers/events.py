"""Slack's own events: people come and go, channels are archived, Tocsin is removed; each is acked once it is kept."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.log import get_logger
from handlers.payloads import event_key
from handlers.people import member
from handlers.sharing import Sharing

log = get_logger(__name__)

Listener = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackEvents:
    """Listens to every event the manifest subscribes to; one that fails is not acked, so Slack delivers it again."""

    desk: Desk
    client: AsyncWebClient

    @property
    def channels(self) -> Sharing:
        """Return what listens to who reads a channel."""
        return Sharing(desk=self.desk, client=self.client)

    def listeners(self) -> Mapping[str, Listener]:
        """Return a listener for each event by its type."""
        return {
            "app_home_opened": self.home,
            "app_uninstalled": self.gone,
            "channel_archive": self.archived,
            "channel_id_changed": self.channels.renumbered,
            "channel_shared": self.channels.shared,
            "channel_unshared": self.channels.unshared,
            "group_archive": self.archived,
            "team_join": self.person,
            "tokens_revoked": self.gone,
            "user_change": self.person,
        }

    async def person(self, body: dict[str, Any]) -> None:
        """Remember somebody who joined or changed."""
        known = member(body["event"]["user"], home_team=self.desk.world.home_team)
        await self.desk.meet([known])
        log.info("member.met", actor=known.id, request_id=event_key(body))

    async def archived(self, body: dict[str, Any]) -> None:
        """Have those told who can unarchive an incident's channel."""
        await self.desk.channel_archived(str(body["event"]["channel"]))

    async def gone(self, body: dict[str, Any]) -> None:
        """Say loudly that Slack will refuse every call from now on."""
        log.critical("slack.gone", reason=body["event"]["type"], request_id=event_key(body))

    async def home(self, body: dict[str, Any]) -> None:
        """Draw somebody's own page for them; the messages tab needs nothing drawn."""
        if body["event"].get("tab") == "home":
            await self.desk.home_opened(str(body["event"]["user"]))
