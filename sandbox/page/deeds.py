"""What the page's forms do: acts of people, the clock, faults, scenarios, starting over."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from aiohttp import web

from sandbox import sight
from sandbox.page.acting import Form, request_of
from sandbox.page.pages import Pages
from sandbox.page.reader import Reader
from sandbox.records import Json
from sandbox.refusals import ActRefused

if TYPE_CHECKING:
    from sandbox.server import Sandbox

STEPS: Mapping[str, timedelta] = {
    "1": timedelta(minutes=1),
    "5": timedelta(minutes=5),
    "15": timedelta(minutes=15),
    "60": timedelta(hours=1),
}
_LATENCIES = frozenset({0, 150, 1000})

Deed = Callable[[Reader, Form], Awaitable[str]]


class Deeds:
    """Carries out what is posted; every deed returns a sentence to show, or nothing."""

    def __init__(self, *, sandbox: "Sandbox", pages: Pages) -> None:
        """Act on `sandbox`, and remember in the state of `pages`."""
        self.sandbox = sandbox
        self.state = pages.state
        self.pages = pages

    def handler(self, deed: Deed) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """A handler that reads the form, does the deed and answers htmx or a plain form."""

        async def answer(request: web.Request) -> web.StreamResponse:
            form = Form(await request.post())
            try:
                person = sight.person_named(self.sandbox.workspace, request.match_info["who"])
                said, bad = await deed(Reader(workspace=self.sandbox.workspace, person=person), form), False
            except (ActRefused, ValueError) as refused:
                said, bad = str(refused), True
            if request.headers.get("HX-Request"):
                return _told(said, bad=bad)
            if not bad:
                await self.sandbox.settle()
            raise web.HTTPSeeOther(_back(request, form, said))

        return answer

    async def act(self, reader: Reader, form: Form) -> str:
        """Let the reader do something, and wait until the app has acknowledged it."""
        request = request_of(reader, form)
        if request["do"] == "delete":
            _check_own(reader, request)
        if request["do"] in {"command", "message"}:
            self.state.welcomed = self.state.welcomed or request["do"] == "command"
        self.state.steps.append(_step(self.sandbox, reader, request))
        answer = await self.sandbox.act({**request, "settle": False})
        if answer["failure"]:
            return f"{self.sandbox.workspace.bot.real_name} did not answer within 3 s ({answer['failure']})."
        return ""

    async def move_clock(self, _reader: Reader, form: Form) -> str:
        """Pause the clock, let it flow, or jump."""
        clock = self.sandbox.clock
        step = form.get("step")
        if step in {"pause", "flow"}:
            clock.running = step == "flow"
            return ""
        leaps = len(self.state.leaps)
        if step == "next":
            await self._to_next()
        elif step in STEPS:
            await self.sandbox.advance(STEPS[step])
        else:
            message = f"The clock cannot be moved by {step!r}."
            raise ValueError(message)
        return "" if self.state.leaps[leaps:] and self.state.leaps[-1].fired else "Nothing fired."

    async def set_faults(self, _reader: Reader, form: Form) -> str:
        """Put the faults of the form in force."""
        wanted: Json = {"reset": True} if form.get("reset") else {}
        if not wanted:
            latency = form.get("latency_ms", "0")
            wanted = {
                "latency_ms": int(latency) if latency.isdigit() and int(latency) in _LATENCIES else 0,
                "drop_reply": float(form.get("drop_reply", "0")) / 100,
                "duplicate": float(form.get("duplicate", "0")) / 100,
                "rate_limits": form.get("rate_limits") == "on",
            }
        for name in ("disconnect", "slack_down"):
            if form.get(name):
                wanted = {name: form.get(name) if name == "slack_down" else True}
        await self.sandbox.fault(wanted)
        return "Faults are set." if not form.get("reset") else "No faults are in force."

    async def begin_again(self, _reader: Reader, form: Form) -> str:
        """Reset the sandbox, once it was asked for twice."""
        if form.get("sure") != "yes":
            message = "Nothing was reset."
            raise ActRefused(message)
        await (self.pages.hooks.restart or self.sandbox.reset)()
        self.state.forget()
        if self.pages.mailbox is not None:
            self.pages.mailbox.letters.clear()
        return "Everything is as it was at the start."

    async def welcomed(self, _reader: Reader, _form: Form) -> str:
        """Put the first-visit note away."""
        self.state.welcomed = True
        return ""

    async def play(self, _reader: Reader, form: Form) -> str:
        """Play, step or stop a scenario."""
        player = self.pages.hooks.player
        if player is None:
            message = "Scenarios are not available here."
            raise ActRefused(message)
        match form.get("play"):
            case "start":
                player.start(form.get("name"))
            case "step":
                player.step(form.get("name"))
            case _:
                player.stop()
        return ""

    async def _to_next(self) -> None:
        due = sorted(timer.due for timer in self.pages.timers() if timer.state == "pending")
        later = [moment for moment in due if moment > self.sandbox.clock.now()]
        if later:
            await self.sandbox.advance_to(later[0])
        elif not await self.sandbox.advance_to_next():
            message = "Nothing is due: no timer is running."
            raise ActRefused(message)


def _step(sandbox: "Sandbox", reader: Reader, request: Json) -> Json:
    """An act as somebody would write it in a story: names for ids, and nothing that changes from run to run."""
    workspace = sandbox.workspace
    step = {name: value for name, value in request.items() if name not in {"block", "ts", "thread_ts"}}
    channel = workspace.channels.get(str(step.get("channel", "")))
    if channel is not None:
        step["channel"] = f"@{reader.other_in(channel).handle}" if channel.is_im else channel.name
    if step.get("view"):
        view = next((one for one in workspace.modals.showing() if one.id == step["view"]), None)
        step["view"] = view.type if view else "modal"
    return step


def _check_own(reader: Reader, request: Json) -> None:
    channel = sight.channel_named(reader.workspace, str(request.get("channel", "")), reader.person)
    message = sight.message_at(channel, reader.person, str(request.get("ts", "")))
    if message.ephemeral_to != reader.person.id:
        sentence = "Only what is visible to you alone can be dismissed."
        raise ActRefused(sentence)


def _told(said: str, *, bad: bool) -> web.Response:
    headers: dict[str, Any] = {}
    if said:
        headers["HX-Trigger"] = json.dumps({"told": {"words": said, "bad": bad}})
    # htmx swaps nothing for 204; a refusal is an answer, not an error of the wire.
    return web.Response(status=204, headers=headers)


def _back(request: web.Request, form: Form, said: str) -> str:
    wanted = form.get("back")
    path = wanted if wanted.startswith("/as/") else f"/as/{request.match_info['who']}/c/general"
    if not said:
        return path
    address, _, anchor = path.partition("#")
    joined = "&" if "?" in address else "?"
    return f"{address}{joined}said={quote(said[:600])}" + (f"#{anchor}" if anchor else "")
