"""Where something is said: the Slack channel id of a place."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, assert_never

from bot.incident.reacting.effects import Effect, PlaceKind
from bot.usecases.asked import Job
from delivery.calls import SlackCalls
from delivery.outcomes import CallFailed, Verdict

PAGE = 200
BOTH_KINDS = "public_channel,private_channel"

Learn = Callable[[str, str], Awaitable[None]]
"""Keeps the Slack channel id (second) of a place (first)."""


class Channels:
    """Finds channel ids that the desk does not know yet, and has it keep them."""

    def __init__(self, *, calls: SlackCalls, learn: Learn) -> None:
        self._calls = calls
        self._learn = learn
        self._named: dict[str, str] = {}
        self._listing = asyncio.Lock()

    async def of(self, job: Job) -> str:
        """Return the Slack channel id of the place of `job`.

        Raises CallFailed, "channel_not_found" when there is no such channel for Tocsin, and Denied.
        """
        place = job.delivery.effect.place
        if job.channel:
            return job.channel
        match place.kind:
            case PlaceKind.DM:
                channel = await self._open(place.key, job.delivery.effect)
            case PlaceKind.CHANNEL | PlaceKind.LEFT | PlaceKind.ASKER | PlaceKind.OUTSIDE:
                raise _nowhere()
            case (
                PlaceKind.INCIDENTS
                | PlaceKind.LEADERSHIP
                | PlaceKind.BROADCAST
                | PlaceKind.GOVERNANCE
                | PlaceKind.OPERATORS
            ):
                channel = await self._by_name(job.channel_name.removeprefix("#"), job.delivery.effect)
            case unknown:
                assert_never(unknown)
        await self._learn(str(place), channel)
        return channel

    async def _open(self, person: str, row: Effect) -> str:
        answer = await self._calls.call("conversations.open", row=row, users=person)
        return str(answer["channel"]["id"])

    async def _by_name(self, name: str, row: Effect) -> str:
        # One listing answers for everybody who asks meanwhile.
        async with self._listing:
            if name not in self._named:
                found = await mine(self._calls, row=row)
                self._named = {str(one["name"]): str(one["id"]) for one in found}
        if name not in self._named:
            raise _nowhere()
        return self._named[name]


def _nowhere() -> CallFailed:
    return CallFailed(method="users.conversations", verdict=Verdict.HERE, error="channel_not_found")


async def mine(calls: SlackCalls, *, row: Effect, types: str = BOTH_KINDS) -> list[Mapping[str, Any]]:
    """Return every channel Tocsin is in that is not archived, as Slack describes it; raises as `calls.call` does."""
    found: list[Mapping[str, Any]] = []
    cursor: str | None = None
    while True:
        answer = await calls.call(
            "users.conversations", row=row, types=types, exclude_archived=True, limit=PAGE, cursor=cursor
        )
        found.extend(answer.get("channels") or ())
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return found
