"""Asking Slack while checking: every answer, refusal and silence is a value, with the headers it came with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

NO_ANSWER = "no answer"
PAGE, MOST_PAGES = 1000, 20
"""How many rows are asked for at once, and how often: enough for the largest workspace that one call a row allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What Slack said: `error` is "" for a good answer, Slack's own word, or NO_ANSWER."""

    data: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All rows of a list; `error` says why it is not whole, "" when it is."""

    rows: tuple[Mapping[str, Any], ...]
    error: str = ""


class Asking:
    """Calls methods of Slack's that change nothing, each once: a refusal is a finding and not tried again."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def ask(self, method: str, *, token: str = "", **args: str) -> Reply:
        """Return Slack's answer to `method`; by another token than the bot's when one is given."""
        headers = {"Authorization": f"Bearer {token}"} if token else None
        try:
            answer = await self._client.api_call(method, data=args, headers=headers)
        except SlackApiError as refused:
            said = refused.response
            data = said.data if isinstance(getattr(said, "data", None), Mapping) else {}
            return Reply(data=data, headers=_lower(said.headers), error=str(data.get("error") or NO_ANSWER))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return Reply(error=NO_ANSWER)
        return Reply(data=answer.data if isinstance(answer.data, Mapping) else {}, headers=_lower(answer.headers))

    async def rows(self, method: str, key: str, **args: str) -> Rows:
        """Return every row of a list that Slack gives in pages."""
        rows: list[Mapping[str, Any]] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            reply = await self.ask(method, limit=str(PAGE), cursor=cursor, **args)
            if reply.error:
                return Rows(rows=tuple(rows), error=reply.error)
            rows.extend(reply.data.get(key, ()))
            cursor = (reply.data.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return Rows(rows=tuple(rows))
        return Rows(rows=tuple(rows), error="more than could be read")


def _lower(headers: Mapping[str, str]) -> Mapping[str, str]:
    return {str(name).lower(): str(value) for name, value in headers.items()}
