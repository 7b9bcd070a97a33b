"""Looking at a channel: what Slack says of it, within the time of a form."""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.incident.commands import Host

LOOK_S = 1.0
"""Real seconds the look may take: a form must open within the trigger's three."""


async def described(client: AsyncWebClient, channel: str) -> Mapping[str, Any]:
    """Return what Slack says of `channel`, a Slack id; nothing of one that Tocsin cannot look at in time."""
    try:
        async with asyncio.timeout(LOOK_S):
            return dict((await client.conversations_info(channel=channel))["channel"])
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return {}


async def look_at(client: AsyncWebClient, channel: str) -> Host:
    """Return the channel as Slack describes it; one it says nothing of is private, and Tocsin is not in it."""
    known = await described(client, channel)
    return Host(
        id=channel,
        name=str(known.get("name") or ""),
        is_private=bool(known.get("is_private", True)),
        is_member=bool(known.get("is_member")),
        is_shared=any(known.get(flag) for flag in ("is_ext_shared", "is_pending_ext_shared", "is_org_shared")),
        is_general=bool(known.get("is_general")),
        is_conversation=bool(known.get("is_im") or known.get("is_mpim")),
    )
