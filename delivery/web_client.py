"""The one client that talks to Slack: one shared session, no retries of its own."""

from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT = 10.0
CONNECT_TIMEOUT = 5.0

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def open_session() -> aiohttp.ClientSession:
    """Return the session every call shares, so that TLS is set up once; whoever opens it closes it.

    A call that is not answered within 10 s counts as ambiguous; the SDK leaves time-outs to a shared session.
    """
    timeout = aiohttp.ClientTimeout(total=TIMEOUT, connect=CONNECT_TIMEOUT, sock_connect=CONNECT_TIMEOUT)
    return aiohttp.ClientSession(timeout=timeout)


def open_client(
    *, token: str, session: aiohttp.ClientSession, base_url: str = AsyncWebClient.BASE_URL
) -> AsyncWebClient:
    """Return a client for the Web API at `base_url` over `session`.

    It has no retry handlers: the SDK's own posts a message twice when the connection breaks after the request.
    """
    client = AsyncWebClient(token=token, base_url=base_url, session=session, timeout=int(TIMEOUT), retry_handlers=[])
    if urlsplit(base_url).hostname in LOOPBACK:
        # The SDK takes a proxy from the environment, which knows nothing of this machine's own ports.
        client.proxy = None
    return client
