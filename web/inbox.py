"""Slack's request URL: what arrives is checked, then handed to whoever answers, and answered only after that."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request, Response
from starlette.requests import ClientDisconnect

from bot.log import get_logger
from web.signatures import Signatures

log = get_logger(__name__)

LONGEST = 1_000_000
"""How many bytes a request may have; Slack's largest (a form with long texts) stay well below."""

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
STATUS: Mapping[str, int] = {
    "unsigned": 401,
    "stale": 401,
    "forged": 401,
    "replayed": 401,
    "too_large": 413,
    "wrong_type": 415,
    "malformed": 400,
    "closing": 503,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What Slack hears."""

    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


class TurnedAway(Exception):
    """A request that is not answered; `why` is one of STATUS."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


Answer = Callable[[dict[str, Any], Mapping[str, str]], Awaitable[Reply]]
"""Answers a payload with its headers; raises ValueError for one that Slack cannot have made."""

Parse = Callable[[str], dict[str, Any]]
"""Reads a JSON object; raises ValueError."""


@dataclass(slots=True, kw_only=True)
class Inbox:
    """Slack's request URL. `wall` gives seconds since 1970, `turned_away` hears why a request was not answered.

    Once `closing`, everything is turned away with 503, which Slack tries again elsewhere.
    """

    signatures: Signatures
    parse: Parse
    answer: Answer
    turned_away: Callable[[str], None] = lambda _why: None
    wall: Callable[[], float] = field(default=time.time)
    closing: bool = False
    in_flight: int = 0

    async def receive(self, request: Request) -> Response:
        """Answer one request, with 200 only after everything it asked for is committed."""
        self.in_flight += 1
        try:
            reply = await self._reply(request)
        except TurnedAway as away:
            self.turned_away(away.why)
            log.warning("request.turned_away", why=away.why)
            reply = Reply(status=STATUS[away.why])
        finally:
            self.in_flight -= 1
        return Response(content=reply.body, status_code=reply.status, media_type=reply.content_type)

    async def _reply(self, request: Request) -> Reply:
        if self.closing:
            raise TurnedAway("closing")
        body = await _body(request)
        if why := self._forgery(request, body):
            raise TurnedAway(why)
        payload = self._payload(body, content_type=request.headers.get("content-type", ""))
        if payload.get("ssl_check") == "1":
            return Reply(status=200)
        challenge = payload.get("challenge")
        if payload.get("type") == "url_verification" and isinstance(challenge, str):
            return Reply(status=200, body=challenge)
        try:
            return await self.answer(payload, _first(request))
        except ValueError:
            raise TurnedAway("malformed") from None

    def _forgery(self, request: Request, body: bytes) -> str:
        headers = request.headers
        return self.signatures.wrong(
            body,
            timestamp=headers.get("x-slack-request-timestamp", ""),
            signature=headers.get("x-slack-signature", ""),
            now=self.wall(),
        )

    def _payload(self, body: bytes, *, content_type: str) -> dict[str, Any]:
        kind = content_type.partition(";")[0].strip().lower()
        if kind not in {JSON, FORM}:
            raise TurnedAway("wrong_type")
        try:
            text = body.decode("utf-8")
            return self.parse(text) if kind == JSON else self._form(text)
        except ValueError:
            raise TurnedAway("malformed") from None

    def _form(self, text: str) -> dict[str, Any]:
        """Return what a form says: the slash itself, or the JSON in its field `payload`."""
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=200)
        fields = dict(pairs)
        if len(fields) != len(pairs):
            message = "a field stands twice"
            raise ValueError(message)
        return self.parse(fields["payload"]) if "payload" in fields else dict(fields)


async def _body(request: Request) -> bytes:
    """Return the raw body, read no further than it may be long."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST:
                raise TurnedAway("too_large")
    except ClientDisconnect:
        raise TurnedAway("malformed") from None
    return bytes(body)


def _first(request: Request) -> Mapping[str, str]:
    """Return the headers that say which try of a delivery this is."""
    return {name: value for name, value in request.headers.items() if name.startswith("x-slack-retry-")}
