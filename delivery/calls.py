"""One call to Slack: a permit first, then the request, then what its answer means."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.failpoints import FAILPOINTS
from bot.incident.reacting.effects import Effect, Json
from delivery.buckets import POST, Limits
from delivery.outcomes import CallFailed, Denied, Verdict, classify

READS = frozenset(
    {
        *("conversations.history", "conversations.info", "conversations.members", "conversations.replies"),
        "users.conversations",
    }
)
"""Methods that take their arguments in the address, and change nothing."""

FORMS = frozenset({"files.completeUploadExternal", "files.getUploadURLExternal"})
"""Methods that do not read JSON bodies."""


class SlackCalls:
    """Calls the Web API on behalf of outbox rows, inside Slack's limits.

    `now` is virtual time; `bot_user` returns Tocsin's own Slack user id, empty while that is not known yet.
    """

    def __init__(
        self, *, client: AsyncWebClient, limits: Limits, now: Callable[[], datetime], bot_user: Callable[[], str]
    ) -> None:
        self._client = client
        self._limits = limits
        self._now = now
        self._bot_user = bot_user
        self._asked_user = ""

    async def call(self, method: str, *, row: Effect, **arguments: Json) -> dict[str, Any]:
        """Return Slack's answer to `method`; arguments that are None are left out.

        Raises Denied when our limits hold it back, CallFailed when it did not succeed.
        """
        channel = str(arguments.get("channel", "")) if method == POST else ""
        wait = self._limits.take(method=method, channel=channel, row=row.id, lane=row.lane, now=self._now())
        if wait:
            raise Denied(method=method, after=wait)
        FAILPOINTS.reach(f"{method}, before it is sent")
        try:
            answer = await self._request(
                method, {name: value for name, value in arguments.items() if value is not None}
            )
            FAILPOINTS.reach(f"{method}, after its answer")
        except (SlackApiError, aiohttp.ClientError, OSError) as error:
            raise self._failed(method, error) from error
        return answer

    @property
    def known_me(self) -> str:
        """Tocsin's own Slack user id; empty while nobody has learnt it."""
        return self._bot_user() or self._asked_user

    async def me(self, *, row: Effect) -> str:
        """Return Tocsin's own Slack user id, asked for if need be; raises as `call` does."""
        if not self.known_me:
            answer = await self.call("auth.test", row=row)
            self._asked_user = str(answer["user_id"])
        return self.known_me

    async def _request(self, method: str, arguments: dict[str, Json]) -> dict[str, Any]:
        if method in READS:
            answer = await self._client.api_call(method, http_verb="GET", params=arguments)
        elif method in FORMS:
            answer = await self._client.api_call(method, data=arguments)
        else:
            answer = await self._client.api_call(method, json=arguments)
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    def _failed(self, method: str, error: SlackApiError | aiohttp.ClientError | OSError) -> CallFailed:
        failed = classify(method, error)
        if failed.verdict is Verdict.LIMITED:
            failed.after = self._limits.close(method=method, seconds=failed.after, now=self._now())
        return failed
