"""HTTP mode: deliveries as signed POSTs to the app's request URL, for apps that do without Socket Mode."""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from sandbox.deliveries import Delivery, DeliveryKind
from sandbox.faults import Faults
from sandbox.ids import SIGNING_SECRET, VERIFICATION
from sandbox.records import Json
from sandbox.workspace import Workspace


class HttpMode:
    """Posts every delivery to one request URL, signed as Slack signs."""

    def __init__(self, *, workspace: Workspace, url: str, session: aiohttp.ClientSession, faults: Faults) -> None:
        """Deliver what `workspace` queues to `url`, spoiled by `faults`."""
        self.workspace = workspace
        self.faults = faults
        self.url = url
        self.session = session
        self._posting: set[asyncio.Task[None]] = set()

    async def verify(self) -> bool:
        """Do Slack's url_verification: whether the app echoes the challenge."""
        body = json.dumps({"token": VERIFICATION, "challenge": "sandbox", "type": "url_verification"})
        headers = {"Content-Type": "application/json", **signed(body)}
        async with self.session.post(self.url, data=body, headers=headers) as answer:
            text = await answer.text()
            return answer.ok and "sandbox" in text

    def pump(self) -> None:
        """Post everything that is queued, each on its own."""
        for delivery in list(self.workspace.deliveries.take()):
            self.workspace.deliveries.mark_sent(delivery, real=self.workspace.real())
            for copy in range(2 if self.faults.doubles() else 1):
                task = asyncio.create_task(self._post(delivery, copy=copy))
                self._posting.add(task)
                task.add_done_callback(self._posting.discard)

    async def close(self) -> None:
        """Give up what is being posted."""
        for task in list(self._posting):
            task.cancel()
        await asyncio.gather(*self._posting, return_exceptions=True)

    async def _post(self, delivery: Delivery, *, copy: int) -> None:
        body, headers = _request(delivery, copy=copy)
        timeout = aiohttp.ClientTimeout(total=self.workspace.deliveries.ack_within_s)
        try:
            async with self.session.post(self.url, data=body, headers=headers, timeout=timeout) as answer:
                text = await answer.text()
                status, json_body = answer.status, "json" in answer.content_type
        except (aiohttp.ClientError, TimeoutError):
            self._failed(delivery, "operation_timeout")
            return
        if status != 200:  # noqa: PLR2004  (Slack takes nothing else for an ack)
            self._failed(delivery, "dispatch_failed")
            return
        response = json.loads(text) if json_body and text else {"text": text} if text else None
        self.workspace.acknowledge(delivery.envelope_id, response=response if isinstance(response, dict) else None)

    def _failed(self, delivery: Delivery, failure: str) -> None:
        if delivery.open:
            self.workspace.violate(rule="no ack within 3 s", where=delivery.kind.value, detail=failure)
            self.workspace.give_up(delivery, failure=failure)


def signed(body: str, *, later: int = 0) -> Json:
    """The two headers that prove a body is Slack's: `v0:{timestamp}:{body}` under the signing secret, real time.

    `later` adds seconds to that time: each attempt of Slack's has its own.
    """
    timestamp = str(int(time.time()) + later)
    base = f"v0:{timestamp}:{body}".encode()
    digest = hmac.new(SIGNING_SECRET.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _request(delivery: Delivery, *, copy: int) -> tuple[str, Json]:
    form = "application/x-www-form-urlencoded"
    if delivery.kind is DeliveryKind.EVENT:
        body, kind = json.dumps(delivery.payload), "application/json"
    elif delivery.kind is DeliveryKind.SLASH:
        body, kind = urlencode(delivery.payload), form
    else:
        body, kind = urlencode({"payload": json.dumps(delivery.payload)}), form
    headers = {"Content-Type": kind, **signed(body, later=delivery.attempt + copy)}
    if delivery.attempt:
        headers |= {"X-Slack-Retry-Num": str(delivery.attempt), "X-Slack-Retry-Reason": "http_timeout"}
    return body, headers
