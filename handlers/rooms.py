"""Looking at a channel before something is declared in it: what Slack says of it, within the time of a form."""

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.incident.commands import Host

LOOK_S = 1.0
"""Seconds the look may take: a form must open within the trigger's three."""


async def look_at(client: AsyncWebClient, channel: str) -> Host:
    """Return the channel as Slack describes it; one it says nothing of is private, and Tocsin is not in it."""
    try:
        async with asyncio.timeout(LOOK_S):
            known = (await client.conversations_info(channel=channel))["channel"]
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return Host(id=channel)
    return Host(
        id=channel,
        name=str(known.get("name") or ""),
        is_private=bool(known.get("is_private", True)),
        is_member=bool(known.get("is_member")),
        is_shared=any(known.get(flag) for flag in ("is_ext_shared", "is_pending_ext_shared", "is_org_shared")),
        is_general=bool(known.get("is_general")),
        is_conversation=bool(known.get("is_im") or known.get("is_mpim")),
    )
