"""Requests that came over HTTP, answered by the same listeners as those of Socket Mode."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from handlers.shapes import check

UNSERVED = 404
"""What Bolt answers when nobody listens for something."""


class NotForUs(ValueError):
    """A request with the right form that nobody here listens for."""


async def answer(app: AsyncApp, payload: dict[str, Any], headers: Mapping[str, str]) -> tuple[int, str, str]:
    """Return status, body and content type of the answer to a request whose signature was verified already.

    Raises:
        Misshapen: a field is not what Slack makes it.
        NotForUs: no listener is for this.
    """
    check(payload)
    request = AsyncBoltRequest(body=payload, headers=dict(headers), mode="socket_mode")
    response = await app.async_dispatch(request)
    if response.status == UNSERVED:
        message = "nobody listens for this"
        raise NotForUs(message)
    kind = (response.headers.get("content-type") or ["text/plain; charset=utf-8"])[0]
    return response.status, response.body or "", kind
