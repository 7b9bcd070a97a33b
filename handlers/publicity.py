"""Whether anyone in the workspace can read a channel: what was said elsewhere stays there."""

from slack_sdk.web.async_client import AsyncWebClient

from handlers.rooms import described


async def is_public(client: AsyncWebClient, channel: str) -> bool:
    """Return whether anyone here can read `channel`, a Slack id; one Tocsin cannot look at is taken to be private."""
    known = await described(client, channel)
    return bool(known.get("is_channel")) and not known.get("is_private")
