"""Socket Mode: each envelope to one connection, acks from any, refreshes and cuts on demand."""

import asyncio
import json

from aiohttp import WSMsgType, web

from sandbox.deliveries import Delivery, DeliveryState
from sandbox.faults import Faults
from sandbox.http_mode import HttpMode
from sandbox.ids import APP_ID
from sandbox.records import Json
from sandbox.workspace import Workspace

MOST_CONNECTIONS = 10
# How long (real) a delivery waits for a connection before Slack gives up on an app that has none.
NO_SOCKET_GRACE_S = 0.5
_LOOK_EVERY_S = 0.05
_CONNECTION_LIVES_S = 18_060


class SocketMode:
    """The connections of one app, and the loop that feeds them."""

    def __init__(self, *, workspace: Workspace, faults: Faults) -> None:
        """Deliver what `workspace` queues, spoiled by `faults`."""
        self.workspace = workspace
        self.faults = faults
        self.connections: list[web.WebSocketResponse] = []
        self.ever_connected = False
        self.http: HttpMode | None = None
        self._silent: set[web.WebSocketResponse] = set()
        self._tickets: set[str] = set()
        self._turn = 0
        self._alone_since = workspace.real()
        self._wake = asyncio.Event()
        workspace.deliveries.listener = self._wake.set
        workspace.socket_url = self._new_url

    def routes(self) -> list[web.RouteDef]:
        """The route to serve."""
        return [web.get("/link", self._connect)]

    async def run(self) -> None:
        """Feed the connections until cancelled."""
        while True:
            await self._pause()
            await self.pump()

    async def pump(self) -> None:
        """Send what is queued, give up what nobody acknowledged in time, redeliver what is due."""
        if self.workspace.clock.running:
            self.workspace.fire_due()
        if self.http is not None:
            self.http.pump()
        elif self.connections:
            for delivery in list(self.workspace.deliveries.take()):
                await self._send(delivery)
        else:
            self._give_up_alone()
        self.workspace.expire()

    async def refresh(self) -> None:
        """Ask every connection to come back on a fresh one, as Slack does every few hours."""
        frame = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "applink-sandbox"}}
        for connection in list(self.connections):
            await _write(connection, frame)

    def hush(self) -> None:
        """Leave every connection of now half-open: nothing is heard on it, nothing said, no ping answered."""
        self._silent.update(self.connections)

    async def drop(self) -> None:
        """Close every connection."""
        for connection in list(self.connections):
            await connection.close()

    async def _pause(self) -> None:
        busy = bool(self.workspace.deliveries.unacked()) or self.workspace.clock.running
        try:
            # Not wait_for: on Python 3.11 it drops a cancellation that comes together with the event.
            async with asyncio.timeout(_LOOK_EVERY_S if busy else None):
                await self._wake.wait()
        except TimeoutError:
            return
        self._wake.clear()

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if self.faults.down(self.workspace.clock.now()) or ticket not in self._tickets:
            return web.Response(status=503 if ticket in self._tickets else 403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await _write(socket, {"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await _write(socket, self._hello())
        self.connections.append(socket)
        self.ever_connected = True
        self._wake.set()
        try:
            await self._listen(socket)
        finally:
            self.connections.remove(socket)
            self._silent.discard(socket)
            self._alone_since = self.workspace.real()
            self._wake.set()
        return socket

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if socket in self._silent:
                continue
            if frame.type is WSMsgType.PING:
                await socket.pong(frame.data)
            if frame.type is not WSMsgType.TEXT:
                continue
            try:
                body = json.loads(frame.data)
            except json.JSONDecodeError:
                body = {}
            envelope_id = body.get("envelope_id") if isinstance(body, dict) else None
            if not isinstance(envelope_id, str):
                self.workspace.violate(rule="a frame acknowledges an envelope_id", where="socket", detail=frame.data)
                continue
            payload = body.get("payload")
            self.workspace.acknowledge(envelope_id, response=payload if isinstance(payload, dict) else None)

    async def _send(self, delivery: Delivery) -> None:
        frame = delivery.envelope()
        self.workspace.deliveries.mark_sent(delivery, real=self.workspace.real())
        for _ in range(2 if self.faults.doubles() else 1):
            connection = self._next()
            if connection is not None and connection not in self._silent:
                await _write(connection, frame)

    def _next(self) -> web.WebSocketResponse | None:
        if not self.connections:
            return None
        self._turn += 1
        return self.connections[self._turn % len(self.connections)]

    def _give_up_alone(self) -> None:
        real = self.workspace.real()
        for delivery in self.workspace.deliveries.unacked():
            since = max(self._alone_since, delivery.queued)
            if not self.ever_connected or real - since > NO_SOCKET_GRACE_S:
                sent = delivery.state is DeliveryState.SENT
                self.workspace.give_up(delivery, failure="operation_timeout" if sent else "dispatch_failed")

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections) + 1,
            "debug_info": {
                "host": "applink-sandbox",
                "build_number": 1,
                "approximate_connection_time": _CONNECTION_LIVES_S,
            },
            "connection_info": {"app_id": APP_ID},
        }

    def _new_url(self) -> str:
        ticket = f"ticket-{self.workspace.ids.number():08d}"
        self._tickets.add(ticket)
        return f"{self.workspace.base_url.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={APP_ID}"


async def _write(socket: web.WebSocketResponse, frame: Json) -> None:
    try:
        await socket.send_str(json.dumps(frame))
    except ConnectionError:
        # The other end is gone; what was lost is redelivered or times out, as in Slack.
        return
