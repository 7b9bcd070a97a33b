"""Slack's events about who reads a channel: it is shared, shared no longer, or goes by another id."""

import asyncio
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.log import get_logger
from handlers.payloads import event_key
from handlers.rooms import LOOK_S

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Listens for who reads which channel; `client` carries the bot's token and asks for an organisation's name."""

    desk: Desk
    client: AsyncWebClient

    async def shared(self, body: dict[str, Any]) -> None:
        """Withhold details in a channel that another organisation reads now."""
        event = body["event"]
        team = str(event["connected_team_id"])
        await self.desk.channel_shared(str(event["channel"]), team=team, name=await self._name(team))
        log.info("channel.shared", channel=event["channel"], request_id=event_key(body))

    async def unshared(self, body: dict[str, Any]) -> None:
        """Show details again where no other organisation reads any more."""
        event = body["event"]
        is_shared, team = bool(event.get("is_ext_shared")), str(event["previously_connected_team_id"])
        await self.desk.channel_unshared(str(event["channel"]), team=team, is_shared=is_shared)
        log.info("channel.unshared", channel=event["channel"], request_id=event_key(body))

    async def renumbered(self, body: dict[str, Any]) -> None:
        """Go on with a channel under its new id."""
        event = body["event"]
        await self.desk.channel_renumbered(str(event["old_channel_id"]), now=str(event["new_channel_id"]))
        log.info("channel.renumbered", channel=event["new_channel_id"], request_id=event_key(body))

    async def _name(self, team: str) -> str:
        """Return what an organisation is called; nothing when Slack does not say in time, for details must go first."""
        try:
            async with asyncio.timeout(LOOK_S):
                answer = await self.client.team_info(team=team)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("sharing.nameless", error=str(error)[:200])
            return ""
        return str((answer.get("team") or {}).get("name") or "")
