"""The Web API over HTTP: what slack-sdk talks to, with faults between the wire and the workspace."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any, Self

from aiohttp import web

from sandbox import responses
from sandbox.faults import Fate, Faults
from sandbox.methods import files
from sandbox.methods.registry import TokenKind
from sandbox.rate_limits import Hold
from sandbox.records import CallRecord, Json
from sandbox.refusals import Refusal
from sandbox.workspace import Exchange, Workspace

Hook = Callable[[CallRecord, str], None]

_JSON_FIELDS = frozenset({"attachments", "blocks", "metadata", "view"})
_OK, _BAD, _TOO_MANY = 200, 400, 429
UPLOAD = "upload"
_SCOPES: dict[str, Callable[[Workspace], str]] = {
    TokenKind.BOT: lambda workspace: ",".join(sorted(workspace.manifest.scopes)),
    TokenKind.APP: lambda _workspace: "connections:write",
}
"""What each kind of token was granted, as Slack names it beside every answer; to a stranger it names nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one request comes to: the call as recorded, its HTTP status, the Retry-After it started."""

    record: CallRecord
    status: int
    hold: Hold | None = None
    injected: bool = True

    @classmethod
    def of(cls, exchange: Exchange) -> Self:
        """What the workspace answered."""
        status = _TOO_MANY if exchange.hold is not None else 200
        return cls(record=exchange.record, status=status, hold=exchange.hold, injected=False)


class WebApi:
    """Serves `/api/{method}` and `/respond/{key}`; `in_flight` counts calls not answered yet."""

    def __init__(self, *, workspace: Workspace, faults: Faults) -> None:
        """Answer from `workspace`, spoiled by `faults`."""
        self.workspace = workspace
        self.faults = faults
        self.hooks: list[Hook] = []
        self.in_flight = 0
        self._release = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """The routes to serve."""
        return [
            web.post("/api/{method}", self._answer),
            web.get("/api/{method}", self._answer),
            web.post("/respond/{key}", self._respond),
            web.post("/upload/v1/{file}", self._upload),
        ]

    def let_go(self) -> None:
        """Cut the calls that hang, and start afresh."""
        self._release.set()
        self._release = asyncio.Event()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        began = self.workspace.real()
        if self.faults.down(self.workspace.clock.now()):
            return web.Response(status=503, text="Service Unavailable")
        self.in_flight += 1
        hung = False
        try:
            token, args = await _read(request)
            if self.faults.latency_ms:
                await asyncio.sleep(self.faults.latency_ms / 1000)
            outcome = self._carry_out(request.match_info["method"], token, args, began)
            fate = Fate.ANSWERED if outcome.injected else self.faults.fate(outcome.record.method)
            if fate is Fate.ANSWERED:
                return await self._send(request, outcome)
            hung = fate is Fate.HUNG
        finally:
            self.in_flight -= 1
        return await self._withhold(request, wait=hung)

    def _carry_out(self, method: str, token: str | None, args: Json, began: float) -> Outcome:
        workspace = self.workspace
        announced = CallRecord(seq=workspace.next_seq, method=method, args=args, answer=None, at=workspace.clock.now())
        self._tell(announced, "before")
        planned = self.faults.injected(method)
        if planned is None:
            outcome = Outcome.of(workspace.exchange(token=token, method=method, args=args, began=began))
        else:
            record = workspace.note_call(
                method=method,
                args=args,
                answer={"ok": False, "error": planned.error} if planned.error else {},
                began=began,
                retry_after=planned.retry_after,
                note=f"fault: {planned.error or planned.status}",
            )
            outcome = Outcome(record=record, status=planned.status)
        self._tell(outcome.record, "after")
        return outcome

    async def _send(self, request: web.Request, outcome: Outcome) -> web.StreamResponse:
        headers = {"Date": format_datetime(self.workspace.clock.now(), usegmt=True)}
        if outcome.record.token_kind in _SCOPES:
            headers["X-OAuth-Scopes"] = _SCOPES[outcome.record.token_kind](self.workspace)
        if outcome.record.retry_after is not None:
            headers["Retry-After"] = str(outcome.record.retry_after)
        response = web.json_response(outcome.record.answer, status=outcome.status, headers=headers)
        if outcome.hold is not None:
            await response.prepare(request)
            await response.write_eof()
            outcome.hold.told = self.workspace.real()
        return response

    async def _withhold(self, request: web.Request, *, wait: bool) -> web.StreamResponse:
        if wait:
            await self._release.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _tell(self, record: CallRecord, phase: str) -> None:
        for hook in list(self.hooks):
            hook(record, phase)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """Take a file's bytes at the address that was given out; faults name it `upload`."""
        began = self.workspace.real()
        if self.faults.down(self.workspace.clock.now()):
            return web.Response(status=503, text="Service Unavailable")
        self.in_flight += 1
        try:
            content = await _content(request)
            if self.faults.latency_ms:
                await asyncio.sleep(self.faults.latency_ms / 1000)
            status, said = self._receive(request.match_info["file"], content)
            args, answer = {"file": request.match_info["file"], "bytes": len(content)}, {"ok": status == _OK}
            self.workspace.note_call(method=UPLOAD, args=args, answer=answer, began=began, note=said)
            if status != _OK or self.faults.fate(UPLOAD) is Fate.ANSWERED:
                return web.Response(status=status, text=said)
        finally:
            self.in_flight -= 1
        return await self._withhold(request, wait=False)

    def _receive(self, file_id: str, content: bytes) -> tuple[int, str]:
        planned = self.faults.injected(UPLOAD)
        if planned is not None:
            return (planned.status if planned.status != _OK else _BAD), planned.error or "fault"
        try:
            return _OK, files.receive(self.workspace, file_id=file_id, content=content)
        except Refusal as refusal:
            self.workspace.violate(rule=refusal.rule or refusal.error, where=UPLOAD, detail=refusal.error)
            return _BAD, refusal.error

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        if self.faults.down(self.workspace.clock.now()):
            return web.Response(status=503, text="Service Unavailable")
        self.in_flight += 1
        try:
            body = await request.json()
            if not isinstance(body, dict):
                return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
            if self.faults.latency_ms:
                await asyncio.sleep(self.faults.latency_ms / 1000)
            responses.respond(self.workspace, key=request.match_info["key"], body=body)
        except json.JSONDecodeError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        except Refusal as refusal:
            status = 404 if refusal.error in ("expired_url", "used_url") else 400
            return web.json_response(refusal.answer(), status=status)
        finally:
            self.in_flight -= 1
        return web.Response(text="ok")


async def _content(request: web.Request) -> bytes:
    """The bytes sent, bare or as the first file of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    parts = (part for part in (await request.post()).values() if isinstance(part, web.FileField))
    first = next(parts, None)
    return first.file.read() if first else b""


async def _read(request: web.Request) -> tuple[str | None, Json]:
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except json.JSONDecodeError:
            body = {}
        if isinstance(body, dict):
            args |= body
    elif request.method == "POST":
        args |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    for name in _JSON_FIELDS & args.keys():
        args[name] = _decoded(args[name])
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token = bearer if scheme.lower() == "bearer" else args.pop("token", None)
    args.pop("token", None)
    return token, args


def _decoded(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
