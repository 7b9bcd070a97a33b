"""Whether anyone in the workspace can read a channel: what was said elsewhere stays there."""

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

LOOK_S = 1.0
"""Real seconds the look may take: the dialog's trigger lives three."""


async def is_public(client: AsyncWebClient, channel: str) -> bool:
    """Return whether anyone here can read `channel`, a Slack id; one Tocsin cannot look at is taken to be private."""
    try:
        async with asyncio.timeout(LOOK_S):
            known = (await client.conversations_info(channel=channel))["channel"]
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return False
    return bool(known.get("is_channel")) and not known.get("is_private")
