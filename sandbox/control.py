"""The control API: people act, time moves, faults happen, and anyone may look."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox import shown, sight
from sandbox.answers import iso
from sandbox.durations import LONGEST
from sandbox.records import Json
from sandbox.refusals import ActRefused
from sandbox.time_machine import Jump

if TYPE_CHECKING:
    from sandbox.server import Sandbox

Answer = Callable[[web.Request], Awaitable[Json]]

_CLOCK = 'Say {"advance": "15m"}, {"to": "next"} or {"to": "2026-01-31T14:05:00Z"}.'


def control_routes(sandbox: "Sandbox") -> list[web.RouteDef]:
    """The routes under /sandbox/."""
    control = Control(sandbox)
    return [
        web.post("/sandbox/act", _spoken(control.act)),
        web.get("/sandbox/messages", _spoken(control.messages)),
        web.get("/sandbox/channels", _spoken(control.channels)),
        web.get("/sandbox/views", _spoken(control.views)),
        web.get("/sandbox/home", _spoken(control.home)),
        web.get("/sandbox/users", _spoken(control.users)),
        web.get("/sandbox/calls", _spoken(control.calls)),
        web.get("/sandbox/violations", _spoken(control.violations)),
        web.get("/sandbox/clock", _spoken(control.now)),
        web.post("/sandbox/clock", _spoken(control.move)),
        web.get("/sandbox/faults", _spoken(control.show_faults)),
        web.post("/sandbox/faults", _spoken(control.set_faults)),
        web.post("/sandbox/reset", _spoken(control.reset)),
    ]


class Control:
    """Answers the control API of one sandbox."""

    def __init__(self, sandbox: "Sandbox") -> None:
        """Control `sandbox`."""
        self.sandbox = sandbox

    async def act(self, request: web.Request) -> Json:
        """POST /sandbox/act: a person does something."""
        return await self.sandbox.act(await _body(request))

    async def messages(self, request: web.Request) -> Json:
        """GET /sandbox/messages?channel=…&as=…: what that person can see, private answers included."""
        workspace = self.sandbox.workspace
        person = sight.person_named(workspace, _asked(request, "as"))
        channel = sight.channel_named(workspace, _asked(request, "channel"), person)
        seen = sight.seen_messages(channel, person)
        return {"messages": [shown.message_shown(workspace, message, person) for message in seen]}

    async def channels(self, request: web.Request) -> Json:
        """GET /sandbox/channels[?as=…]: every channel, or those a person sees, with unread counts."""
        workspace = self.sandbox.workspace
        handle = request.query.get("as")
        person = sight.person_named(workspace, handle) if handle else None
        channels = [
            channel for channel in workspace.channels.values() if person is None or sight.can_see(channel, person)
        ]
        return {"channels": [shown.channel_shown(workspace, channel, person) for channel in channels]}

    async def views(self, request: web.Request) -> Json:
        """GET /sandbox/views?as=…: that person's open dialogs, the top one last."""
        workspace = self.sandbox.workspace
        person = sight.person_named(workspace, _asked(request, "as"))
        stack = workspace.modals.stacks.get(person.id, [])
        return {"views": [shown.view_shown(workspace, view) for view in stack]}

    async def home(self, request: web.Request) -> Json:
        """GET /sandbox/home?as=…: that person's App Home."""
        workspace = self.sandbox.workspace
        person = sight.person_named(workspace, _asked(request, "as"))
        view = workspace.modals.homes.get(person.id)
        return {"view": shown.view_shown(workspace, view) if view else None}

    async def users(self, _request: web.Request) -> Json:
        """GET /sandbox/users: everybody."""
        return {"users": [shown.person_shown(person) for person in self.sandbox.workspace.people.values()]}

    async def calls(self, request: web.Request) -> Json:
        """GET /sandbox/calls[?since=seq]: Web API calls after that one."""
        since = request.query.get("since", "0")
        if not since.isdigit():
            message = "since is the number (seq) of a call."
            raise ActRefused(message)
        calls = [record for record in self.sandbox.workspace.calls if record.seq > int(since)]
        return {"calls": [shown.call_shown(record) for record in calls]}

    async def violations(self, _request: web.Request) -> Json:
        """GET /sandbox/violations: every rule that was broken."""
        found = self.sandbox.workspace.violations
        return {"violations": [shown.violation_shown(violation) for violation in found]}

    async def now(self, _request: web.Request) -> Json:
        """GET /sandbox/clock: the virtual present."""
        return {"now": iso(self.sandbox.clock.now()), "running": self.sandbox.clock.running}

    async def move(self, request: web.Request) -> Json:
        """POST /sandbox/clock: `{"advance": "15m"}`, `{"to": "next"}`, `{"to": iso}`, `{"running": bool}`."""
        body = await _body(request)
        if isinstance(body.get("running"), bool):
            self.sandbox.clock.running = body["running"]
        jumps = await self._moved(body)
        shown_jumps = [{"to": iso(jump.to), "why": jump.why} for jump in jumps]
        return {"now": iso(self.sandbox.clock.now()), "running": self.sandbox.clock.running, "jumps": shown_jumps}

    async def show_faults(self, _request: web.Request) -> Json:
        """GET /sandbox/faults: the faults in force."""
        return self.sandbox.faults.shown()

    async def set_faults(self, request: web.Request) -> Json:
        """POST /sandbox/faults: put faults in force, or `{"reset": true}`."""
        return await self.sandbox.fault(await _body(request))

    async def reset(self, _request: web.Request) -> Json:
        """POST /sandbox/reset: the seeded company again."""
        await self.sandbox.reset()
        return {"ok": True}

    async def _moved(self, body: Mapping[str, Any]) -> list[Jump]:
        if "advance" in body:
            return await self.sandbox.advance(body["advance"])
        if body.get("to") == "next":
            return await self.sandbox.advance_to_next()
        if "to" in body:
            return await self.sandbox.advance_to(self._moment(body["to"]))
        if "running" not in body:
            raise ActRefused(_CLOCK)
        return []

    def _moment(self, written: object) -> datetime:
        try:
            target = datetime.fromisoformat(str(written))
        except ValueError as error:
            raise ActRefused(_CLOCK) from error
        target = target if target.tzinfo else target.replace(tzinfo=UTC)
        if target - self.sandbox.clock.now() > LONGEST:
            message = f"That is too far; {LONGEST.days} days are the most at once."
            raise ActRefused(message)
        return target


def _spoken(answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(request: web.Request) -> web.Response:
        try:
            return web.json_response(await answer(request))
        except (ActRefused, ValueError, TypeError) as refused:
            return web.json_response({"error": str(refused)}, status=400)

    return handler


async def _body(request: web.Request) -> Mapping[str, Any]:
    try:
        body = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        body = None
    if not isinstance(body, dict):
        message = "The body is a JSON object."
        raise ActRefused(message)
    return body


def _asked(request: web.Request, name: str) -> str:
    value = request.query.get(name, "")
    if not value:
        message = f"The address needs ?{name}=…"
        raise ActRefused(message)
    return value
