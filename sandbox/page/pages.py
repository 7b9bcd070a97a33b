"""Drawing the page: all of it, or one pane that has changed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sandbox import places
from sandbox.mailbox import Mailbox
from sandbox.page import dialog, inspector, ledgers, model, sidebar
from sandbox.page.asked import Asked, asked_of, witnesses
from sandbox.page.live import marks
from sandbox.page.state import Hooks, Leap, PageState, Timer
from sandbox.records import Message
from sandbox.refusals import ActRefused

if TYPE_CHECKING:
    from sandbox.server import Sandbox

HERE = Path(__file__).parent
PARTS = frozenset({"top", "sidebar", "talk", "aside", "layer"})
FIRST_COMMAND = "/incident declare sev1 Checkout returns 500s"
_ERROR_RATES = (0, 10, 30)
_Line = TypeVar("_Line")


class Pages:
    """Draws the page of one sandbox."""

    def __init__(self, *, sandbox: "Sandbox", mailbox: Mailbox | None, hooks: Hooks, state: PageState) -> None:
        """Draw `sandbox`, with the letters of `mailbox` and what `hooks` add."""
        self.sandbox = sandbox
        self.mailbox = mailbox
        self.hooks = hooks
        self.state = state
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET /as/{who}/…: the page, or one pane of it (`?part=`)."""
        asked = asked_of(self.sandbox.workspace, request)
        if asked.part and asked.part not in PARTS:
            raise web.HTTPNotFound(text=f"There is no pane {asked.part!r}.")
        if asked.kind == "home" and not asked.part:
            await self.sandbox.act({"as": asked.reader.person.handle, "do": "open_home", "settle": False})
        self._read(asked)
        template = f"{asked.part}.html" if asked.part else "page.html"
        text = self._templates.get_template(template).render(self._values(asked))
        return web.Response(text=text, content_type="text/html", status=self._status(asked))

    async def complete(self, request: web.Request) -> web.StreamResponse:
        """GET /as/{who}/complete?text=…: what the words before the cursor can become."""
        asked = asked_of(self.sandbox.workspace, request)
        word = request.query.get("text", "")
        text = self._templates.get_template("complete.html").render(offers=_offers(asked, word))
        return web.Response(text=text, content_type="text/html")

    def timers(self) -> Sequence[Timer]:
        """The bot's timers, as far as whoever composed the two tells of them."""
        return self.hooks.timers() if self.hooks.timers else ()

    def leapt(self, started: datetime, since: int) -> None:
        """Remember a jump of the clock from `started`, and what the app has said after number `since`.

        The jumps between two steps of a scenario are one.
        """
        workspace, leaps = self.sandbox.workspace, self.state.leaps
        said = (one for one in workspace.messages if one.seq > since and one.user == workspace.bot.id)
        fired = [message.seq for message in said if message.subtype is None]
        if self.caption() and leaps and leaps[-1].until == since - 1:
            before = leaps.pop()
            started, fired = before.started, [*before.fired, *fired]
        leaps.append(Leap(started=started, ended=self.sandbox.clock.now(), fired=fired, until=workspace.ids.number()))

    def caption(self) -> str:
        """Where the scenario stands that is being played; empty when none is."""
        return self.hooks.player.caption() if self.hooks.player else ""

    def connection(self) -> str:
        """How the bot stands: connected, starting or gone."""
        sockets = self.sandbox.socket_mode
        if sockets.connections or sockets.http is not None:
            return "connected"
        return "gone" if sockets.ever_connected else "starting"

    def _status(self, asked: Asked) -> int:
        lost = asked.kind in {"c", "dm"} and asked.channel is None
        return 404 if lost and not asked.part else 200

    def _read(self, asked: Asked) -> None:
        person = asked.reader.person
        if asked.channel is not None and person.id in asked.channel.members and asked.part in {"", "talk"}:
            places.mark_read(asked.channel, person)
        if asked.kind == "mail":
            self.state.letters_read[person.id] = len(sidebar.letters_of(person, self.mailbox))

    def _values(self, asked: Asked) -> Mapping[str, Any]:
        reader, workspace = asked.reader, self.sandbox.workspace
        draw: Mapping[str, Any] = {"top": self._top, "aside": self._aside, "talk": self._talk, "layer": self._layer}
        wanted = [asked.part] if asked.part else list(draw)
        values: dict[str, Any] = {
            "asked": asked,
            "at": asked.at,
            "me": reader.person,
            "root": reader.root,
            "bot": workspace.bot,
            "face_of": lambda user_id: model.face_of(reader, user_id),
            "connection": self.connection(),
            "marks": marks(self.sandbox, asked, self.mailbox, self.state, self.caption()),
            "said": asked.query.get("said", ""),
            "player": self.hooks.player,
            "caption": self.caption(),
        }
        if not asked.part or asked.part == "sidebar":
            values["side"] = sidebar.sidebar(reader, here=asked.path, mailbox=self.mailbox, state=self.state)
        for part in wanted:
            values |= draw.get(part, dict)(asked) if part in draw else {}
        return values

    def _top(self, asked: Asked) -> Mapping[str, Any]:
        workspace = self.sandbox.workspace
        people = sidebar.personas(
            workspace, me=asked.reader.person, mailbox=self.mailbox, state=self.state, hooks=self.hooks
        )
        clock = sidebar.clockface(asked.reader, state=self.state, timers=self.timers())
        return {"people": people, "clock": clock}

    def _talk(self, asked: Asked) -> Mapping[str, Any]:
        reader = asked.reader
        last = _number(asked.query.get("last", ""), model.PAGE_OF_MESSAGES)
        talk = model.conversation(reader, asked.channel, last=last, leaps=self.state.leaps) if asked.channel else None
        welcome = not self.state.welcomed and asked.kind == "c" and bool(talk) and bool(talk and talk.is_member)
        return {
            "talk": talk,
            "last": last,
            "more": model.PAGE_OF_MESSAGES,
            "welcome": welcome and not any(one.subtype is None for one in self.sandbox.workspace.messages),
            "first_command": FIRST_COMMAND,
            "home": dialog.home_blocks(reader) if asked.kind == "home" else None,
            "home_view": self.sandbox.workspace.modals.homes.get(reader.person.id),
            "letters": sidebar.letters_of(reader.person, self.mailbox) if asked.kind == "mail" else [],
            "witnesses": witnesses(reader.workspace, asked.name) if asked.kind == "c" and not talk else [],
            "shortcuts": self.sandbox.workspace.manifest.shortcuts,
        }

    def _aside(self, asked: Asked) -> Mapping[str, Any]:
        reader, query, workspace = asked.reader, asked.query, self.sandbox.workspace
        message = self._message(asked, query.get("message", ""))
        shown = query.get("show", "") or ("message" if message else "call" if query.get("call") else "calls")
        return {
            "thread": model.thread(reader, asked.channel, query["thread"])
            if asked.channel and query.get("thread")
            else None,
            "silent": model.why_silent(reader, asked.channel) if asked.channel else "",
            "shown": shown,
            "outbox": ledgers.outbox_shown(reader, _told(self.hooks.outbox, wanted=shown == "outbox")),
            "audit": ledgers.audit_shown(reader, _told(self.hooks.audit, wanted=shown == "audit")),
            "verdict": self.hooks.verify() if self.hooks.verify and query.get("verify") else None,
            "calls": inspector.calls_shown(reader),
            "call": inspector.call_shown(reader, query.get("call", "")),
            "count": len(workspace.calls),
            "violations": [
                (reader.clock_time(one.at, seconds=True), one.rule, one.where, one.detail)
                for one in reversed(workspace.violations)
            ],
            "timers": inspector.timers_shown(reader, self.timers()),
            "steps": inspector.steps_shown(self.state, workspace.base_url),
            "selected": inspector.message_shown(reader, asked.channel, message) if message and asked.channel else None,
            "faults": self.sandbox.faults,
            "limited": workspace.limits.on,
            "slack_down": self.sandbox.faults.down(self.sandbox.clock.now()),
            "rates": _ERROR_RATES,
            "shortcuts": workspace.manifest.shortcuts,
        }

    def _layer(self, asked: Asked) -> Mapping[str, Any]:
        query = asked.query
        asking = None
        if query.get("confirm"):
            place = {name: query.get(name, "") for name in ("channel", "ts", "view")}
            try:
                asking = dialog.question(asked.reader, target=query["confirm"], **place)
            except ActRefused as refused:
                raise web.HTTPNotFound(text=str(refused)) from None
        return {"question": asking, "modal": dialog.modal(asked.reader), "asks_reset": query.get("ask") == "reset"}

    def _message(self, asked: Asked, ts: str) -> Message | None:
        if not ts or asked.channel is None:
            return None
        return next((one for one in asked.reader.seen(asked.channel) if one.ts == ts), None)


def _told(books: Callable[[], Sequence[_Line]] | None, *, wanted: bool) -> Sequence[_Line]:
    return books() if books and wanted else ()


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdigit() and 0 < int(text) <= 100_000 else otherwise  # noqa: PLR2004


def _offers(asked: Asked, word: str) -> list[tuple[str, str, str]]:
    """What completes `word`: the words to put in its place, their label, and a hint."""
    reader, workspace = asked.reader, asked.reader.workspace
    if word.startswith("/"):
        typed = word.partition(" ")[0]
        return [
            ("" if " " in word else f"{name} ", f"{name} {command.get('usage_hint', '')}", command["description"])
            for name, command in workspace.manifest.commands.items()
            if name.startswith(typed) and (" " not in word or name == typed)
        ]
    wanted = word[1:].lower()
    if word.startswith("@"):
        people = (one for one in workspace.people.values() if not one.deleted and one.id != "USLACKBOT")
        fitting = (one for one in people if wanted in one.handle or wanted in one.real_name.lower())
        return [(f"@{one.handle} ", one.real_name, f"@{one.handle}") for one in fitting][:8]
    if word.startswith("#"):
        rooms = (room for room in workspace.channels.values() if room.name and wanted in room.name)
        return [(f"#{room.name} ", f"#{room.name}", "") for room in rooms if reader.channel(room.id)][:8]
    return []
