"""Looking at channels: who reads them by Slack's flags, for of some changes Slack tells nobody."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.log import get_logger
from bot.usecases.sharing import Seen

UNREACHABLE = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)
"""What asking Slack something can end in, besides an answer."""

log = get_logger("delivery.watching")


class WatchDesk(Protocol):
    """What is needed of the desk."""

    async def private_channels(self) -> Sequence[str]:
        """Return the Slack channel ids of private incidents that are open."""

    async def channels_seen(self, channels: Sequence[Seen], /) -> None:
        """Compare what Slack says of channels now with what is known, and do what follows."""


class Lookout:
    """Looks beside everything else, one look at a time: neither clock nor page waits for Slack's answer."""

    def __init__(self, *, desk: WatchDesk, client: AsyncWebClient) -> None:
        self._desk = desk
        self._client = client
        self._task: asyncio.Task[None] | None = None

    @property
    def in_flight(self) -> int:
        """Return whether a look is under way, as a count."""
        return int(self._task is not None and not self._task.done())

    def begin(self) -> None:
        """Begin to look, unless a look is under way."""
        if not self.in_flight:
            self._task = asyncio.create_task(self.look())
            self._task.add_done_callback(_said)

    async def stop(self) -> None:
        """End a look under way."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Look at the channel of every private incident that is open: an owner may have made it public.

        Slack tells an app of that only among everything said in its channels, which Tocsin does not ask to hear.
        """
        for channel in await self._desk.private_channels():
            try:
                answer = await self._client.conversations_info(channel=channel)
            except UNREACHABLE as error:
                log.warning("watching.unanswered", channel=channel, error=str(error)[:200])
                continue
            await self._desk.channels_seen([await seen(self._client, answer["channel"])])


async def seen(client: AsyncWebClient, channel: Mapping[str, Any]) -> Seen:
    """Return a channel as its flags describe it, the other organisations by name where Slack tells it."""
    home = str(channel.get("context_team_id") or "")
    others: list[str] = [] if not channel.get("is_ext_shared") else list(channel.get("shared_team_ids") or ())
    teams = [team for team in others if team != home] or (["unknown"] if channel.get("is_ext_shared") else [])
    named = [(team, await _name(client, team)) for team in teams]
    return Seen(id=str(channel["id"]), is_private=bool(channel.get("is_private")), teams=tuple(named))


async def _name(client: AsyncWebClient, team: str) -> str:
    try:
        answer = await client.team_info(team=team)
    except UNREACHABLE as error:
        log.warning("watching.nameless", error=str(error)[:200])
        return ""
    return str((answer.get("team") or {}).get("name") or "")


def _said(task: asyncio.Task[None]) -> None:
    """Say that a look failed; the next one begins anew."""
    if not task.cancelled() and task.exception():
        log.error("watching.failed", error=type(task.exception()).__name__)
