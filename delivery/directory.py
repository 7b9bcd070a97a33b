"""Getting to know the workspace: who we are, its people, its channels, and a direct message with everyone on call."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.log import get_logger
from bot.policy.rota import Member
from bot.ports import StoreAwayError
from delivery.places import BOTH_KINDS
from delivery.watching import UNREACHABLE, seen

PAGE = 200
REFRESH_SECONDS, RETRY_SECONDS = 3600.0, 5.0
IDENTIFY_SECONDS = 2.0
"""How long the question who we are may hold up the people and the places: pages need those, and nothing needs it."""

log = get_logger("tocsin.directory")

ToMember = Callable[[Mapping[str, Any]], Member]


class Directory:
    """Fills the member table and the places, and keeps them fresh; nothing ever waits for it."""

    def __init__(
        self, *, desk: Desk, client: AsyncWebClient, identify: Callable[[], Awaitable[None]], to_member: ToMember
    ) -> None:
        """`identify` asks Slack who we are; `to_member` reads a user object of Slack's."""
        self._desk = desk
        self._client = client
        self._identify = identify
        self._to_member = to_member
        self._at_home = False

    async def keep(self, *, learned: bool) -> None:
        """Learn everything, again and again: soon after a failure, hourly after success (`learned`: the first time)."""
        while True:
            await asyncio.sleep(REFRESH_SECONDS if learned else RETRY_SECONDS)
            learned = await self.learn()

    async def learn(self) -> bool:
        """Learn who we are, the people, and the places; return whether all of it was answered.

        The people do not wait for the rest: without them nobody can be paged. Once the home workspace is known they
        are read again, for it tells who is a stranger.
        """
        ours, people = await asyncio.gather(self._try(self._who), self._try(self._people))
        if ours and not self._at_home:
            self._at_home = people = await self._try(self._people)
        places = await self._try(self._places)
        readers = await self._try(self._readers)
        return ours and people and places and readers

    async def _try(self, step: Callable[[], Awaitable[None]]) -> bool:
        try:
            await step()
        except (*UNREACHABLE, StoreAwayError) as error:
            log.warning("directory.unanswered", step=getattr(step, "__name__", "step"), error=str(error)[:200])
            return False
        return True

    async def _who(self) -> None:
        async with asyncio.timeout(IDENTIFY_SECONDS):
            await self._identify()

    async def _people(self) -> None:
        async for page in self._pages(self._client.users_list, "members"):
            await self._desk.meet([self._to_member(user) for user in page])

    async def _places(self) -> None:
        expected = await self._desk.expected()
        if expected.missing:
            log.warning("directory.people_missing", people=list(expected.missing))
        for person in expected.people:
            opened = await self._client.conversations_open(users=[person])
            await self._desk.learn_place(f"dm:{person}", opened["channel"]["id"])
        if expected.places:
            await self._channels(expected.places)

    async def _channels(self, places: Mapping[str, str]) -> None:
        ours = {}
        async for page in self._pages(self._client.users_conversations, "channels", types=BOTH_KINDS):
            ours.update({channel["name"]: channel["id"] for channel in page})
        for place, name in places.items():
            if name in ours:
                await self._desk.learn_place(place, ours[name])
            else:
                log.warning("directory.channel_missing", place=place, name=name)

    async def _readers(self) -> None:
        """Learn who reads our channels: one may have been shared with another organisation while nobody listened."""
        async for page in self._pages(self._client.users_conversations, "channels", types=BOTH_KINDS):
            await self._desk.channels_seen([await seen(self._client, channel) for channel in page])

    async def _pages(self, method: Callable[..., Awaitable[Any]], key: str, **args: str) -> AsyncIterator[list[Any]]:
        cursor = ""
        while True:
            answer = await method(limit=PAGE, cursor=cursor, **args)
            yield answer[key]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return
