"""A relay, a desk in memory and a sandbox, wired together in virtual time."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from bot.incident.reacting.effects import Effect, EffectKind, Place, PlaceKind, Words
from bot.incident.reading.picture import Picture
from bot.incident.reading.timeline_file import TimelineFile
from bot.usecases.asked import Answer, Home
from bot.words import Act, Lane
from delivery.assemble import assemble
from delivery.buckets import Limits
from delivery.drawing import Drawing
from delivery.pagers import Pagers
from delivery.relay import Pace, Relay
from delivery.web_client import open_client
from sandbox.clock import BotState
from sandbox.ids import seeded
from sandbox.server import Sandbox
from tests.delivery.memory_desk import MemoryDesk
from views.timeline_file import Paper

INCIDENTS = seeded("C", "incidents")
NOOR = seeded("U", "noor")
SAM = seeded("U", "sam")
GUS = seeded("U", "gus")


@dataclass(frozen=True)
class Said:
    """A drawn message."""

    text: str
    blocks: list[Mapping[str, Any]] = field(default_factory=list)


def draw_message(
    view: str,
    picture: Picture | None,
    words: Words,
    *,
    handles: Mapping[Act, str],
    now: datetime,
    first: bool,
    place: Place,
) -> Said | None:
    """Draw "view: text"; nothing for the view "nothing", a mistake for the view "broken"."""
    if view == "broken":
        message = "the view is broken"
        raise KeyError(message)
    if view == "nothing":
        return None
    text = f"{view}: {words.get('text', '')}{'' if first else ' (again)'}"
    return Said(text=text, blocks=[{"type": "section", "text": {"type": "plain_text", "text": text}}])


def draw_answer(answer: Answer, *, now: datetime) -> Said:
    """Draw an answer as "view: text"."""
    return Said(text=f"{answer.view}: {answer.words.get('text', '')}")


def draw_notice(view: str, picture: Picture | None, words: Words, *, now: datetime) -> tuple[str, str] | None:
    """Write a page of one line; nothing for the view "nothing"."""
    return None if view == "nothing" else (f"Page {words.get('ref', '')}", "You are paged.")


def draw_home(home: Home, *, now: datetime) -> dict[str, Any]:
    """Draw a page that says whose it is."""
    said = {"type": "section", "text": {"type": "plain_text", "text": f"{home.person}: {home.open_count}"}}
    return {"type": "home", "blocks": [said]}


def draw_file(file: TimelineFile) -> Paper:
    """Write a file of one line."""
    return Paper(name="inc-17-timeline.md", title="Timeline", comment="Here", content=b"# Timeline\n")


DRAWING = Drawing(message=draw_message, answer=draw_answer, notice=draw_notice, home=draw_home, file=draw_file)


def effect(name: str, *, kind: EffectKind = EffectKind.POST, place: str = "incidents", **more: Any) -> Effect:
    """Build an effect; `place` as it is written, such as "dm:U0NOOR"."""
    settings = {"lane": Lane.UPDATE, "incident": 17, "view": "card", **more}
    return Effect(id=f"incident:17/{name}", kind=kind, place=Place.parse(place), **settings)


@dataclass
class World:
    """Everything the tests of the relay hold."""

    sandbox: Sandbox
    desk: MemoryDesk
    session: aiohttp.ClientSession
    limits: Limits
    pagers: Pagers
    pace: Pace
    relay: Relay = field(init=False)
    running: "asyncio.Task[None] | None" = None

    def __post_init__(self) -> None:
        self.relay = self.new_relay()

    def new_relay(self) -> Relay:
        """Build one more relay over the same desk, as a restart does."""
        client = open_client(token=self.sandbox.bot_token, session=self.session, base_url=self.sandbox.api_url)
        return assemble(
            desk=self.desk,
            client=client,
            session=self.session,
            pagers=self.pagers,
            drawing=Drawing(
                message=draw_message, answer=draw_answer, notice=draw_notice, home=draw_home, file=draw_file
            ),
            limits=self.limits,
            jitter=lambda: 0.5,
            answers=self.sandbox.url,
            pace=self.pace,
        )

    def begin(self) -> None:
        """Let the relay run, and tell the sandbox when it is idle."""
        self.sandbox.register_bot(self._probe)
        self.running = asyncio.create_task(self.relay.run())

    async def _probe(self, now: datetime) -> BotState:
        waiting = len(self.desk.sendable())
        if waiting:
            self.desk.woken.set()
        return BotState(busy=self.relay.in_flight + waiting, next_wake=self.desk.next_due())

    async def deliver(self, *effects: Effect, wait: str | None = None) -> None:
        """Put effects in the outbox and wait until the relay has nothing to do, `wait` of virtual time later."""
        self.desk.add(*effects)
        if self.running is None:
            self.begin()
        await (self.sandbox.advance(wait) if wait else self.sandbox.settle())

    async def end(self) -> None:
        """Drain the relay."""
        await self.relay.drain()
        if self.running:
            await self.running

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The arguments of every call of a method, in order."""
        return [call.args for call in self.sandbox.workspace.calls if call.method == method]

    def texts(self, channel: str = INCIDENTS) -> list[str]:
        """What the bot said in a channel, in order, thread replies included."""
        room = self.sandbox.workspace.channels[channel]
        me = self.sandbox.workspace.bot.id
        return [said.text for said in room.messages if said.user == me and said.subtype is None]

    def violations(self) -> list[str]:
        """Everything a correct app would not have done."""
        return [f"{one.rule} ({one.where}) {one.detail}" for one in self.sandbox.workspace.violations]

    def person(self, handle: str) -> str:
        """The Slack user id of a handle."""
        return next(one.id for one in self.sandbox.workspace.people.values() if one.handle == handle)


CHANNEL = str(PlaceKind.CHANNEL)
