"""The desk: what the edges hold; it runs each use-case in one transaction, in the writer's or a reader's thread."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.incident.effects import Words
from bot.incident.picture import Picture
from bot.incident.refusals import Refused
from bot.policy.rota import Member
from bot.ports import LostRaceError, OpenUnit, TimerRow, UnitOfWork
from bot.usecases import adopting, archiving, asking, claiming, pressing, queries, reading, refusing, settling, ticking
from bot.usecases.asked import Answer, Asked, Early, Job, Pressed
from bot.usecases.outcomes import Outcome
from bot.usecases.world import World
from bot.words import Act, Role

T = TypeVar("T")

TRIES = 5
"""How often a use-case that lost a race begins again before that is an error."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """Runs use-cases for handlers, relay and clock.

    `write` and `read` open units of work; `writer` and `readers` run them (None runs them at once, in the caller's
    thread, which simulations want). `woken` is set whenever something was committed that may be sendable.
    """

    world: World
    write: OpenUnit
    read: OpenUnit
    owner: str
    writer: Executor | None = None
    readers: Executor | None = None
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    busy: int = 0

    def now(self) -> datetime:
        """Return the present moment of this world, aware UTC."""
        return self.world.now()

    async def ask(self, asked: Asked) -> Answer:
        """Decide and write one request; return what its author hears."""
        return await self._write(lambda unit: asking.ask(unit, asked, self.world))

    async def press(self, pressed: Pressed) -> Answer:
        """Do what a button stands for, or return the form it opens (views called "form.…")."""
        return await self._write(lambda unit: pressing.press(unit, pressed, self.world))

    async def submit(self, asked: Asked, *, token: str) -> Answer:
        """Decide and write what a form says; `token` is the handle in its private metadata."""
        return await self._write(lambda unit: pressing.submit(unit, asked, token, self.world))

    async def open_form(self, early: Early, *, act: Act, words: Words) -> Answer:
        """Return the form for `act`, for whoever asked; words typed so far are kept in it."""
        return await self._write(lambda unit: pressing.open_form(unit, early, act, words, self.world))

    async def roles(self, early: Early, *, role: Role | None) -> Answer:
        """Return who holds which role in the incident meant, or what `role` answers for."""
        return await self._write(lambda unit: reading.roles(unit, early, self.world, role=role))

    async def refuse(self, early: Early, refused: Refused) -> Answer:
        """Write down a refusal that the edge itself found (an unknown verb), and return it as an answer."""
        return await self._write(lambda unit: refusing.refuse_early(unit, early, refused, self.world))

    async def show(self, *, number: int) -> Picture | None:
        """Return the picture of an incident, or None."""
        return await self._read(lambda unit: queries.show(unit, self.world, number=number))

    async def standing(self) -> Sequence[Picture]:
        """Return pictures of everything open, the worst first."""
        return await self._read(lambda unit: queries.standing(unit, self.world))

    async def find_person(self, key: str) -> str | None:
        """Return the Slack user id of whom policy calls `key`, or None."""
        return await self._read(lambda unit: queries.find_person(unit, self.world, key=key))

    async def expected(self) -> queries.Expected:
        """Return the people and channels that policy speaks to, and what is known of them."""
        return await self._read(lambda unit: queries.expected(unit, self.world))

    async def timers(self) -> Sequence[TimerRow]:
        """Return every timer ever armed."""
        return await self._read(lambda unit: queries.timers(unit, self.world))

    async def backlog(self) -> queries.Backlog:
        """Return what waits now, and when something next falls due."""
        return await self._read(lambda unit: queries.backlog(unit, self.world))

    async def claim(self, *, limit: int) -> list[Job]:
        """Return up to `limit` deliveries ready to go, their intent committed."""
        return await self._write(
            lambda unit: claiming.claim(unit, self.world, limit=limit, owner=self.owner), wake=False
        )

    async def settle(self, row: str, outcome: Outcome, /) -> None:
        """Write down what became of a delivery."""
        await self._write(lambda unit: settling.settle(unit, self.world, row=row, outcome=outcome))

    async def take_over(self) -> None:
        """Make deliveries begun by a process that is gone ours to look up and finish, where only one can run."""
        await self._write(lambda unit: unit.outbox.take_over(self.owner))

    async def learn_place(self, place: str, channel: str, /) -> None:
        """Remember the Slack channel id of a shared place or a direct message."""
        await self._write(lambda unit: unit.places.put(place, channel, now=self.now()), wake=False)

    async def meet(self, members: Sequence[Member]) -> None:
        """Remember people of the workspace as Slack describes them now."""
        await self._write(lambda unit: unit.members.put(members, now=self.now()), wake=False)
        self.world.forget_people()

    async def channel_archived(self, channel: str) -> None:
        """Tell those who can unarchive the Slack channel `channel`, if an open incident works in it."""
        await self._write(lambda unit: archiving.channel_archived(unit, self.world, channel=channel))

    async def adopt(self, files: Mapping[str, bytes], *, approved_by: str) -> str | None:
        """Put a policy in force; return its version, or None when it already is."""
        adopted = await self._write(
            lambda unit: adopting.adopt(unit, files, approved_by=approved_by, world=self.world), wake=False
        )
        return adopted.version if adopted else None

    async def tick(self) -> int:
        """Run timers due by now; return how many incidents had one."""
        return await self._write(lambda unit: ticking.tick(unit, self.world))

    async def sweep(self) -> int:
        """Repair and report what was about to be forgotten; return how many gaps there were."""
        return await self._write(lambda unit: ticking.sweep(unit, self.world))

    async def _write(self, work: Callable[[UnitOfWork], T], *, wake: bool = True) -> T:
        self.busy += 1
        try:
            return await _run(self.writer, lambda: _attempt(self.write, work))
        finally:
            self.busy -= 1
            if wake:
                self.woken.set()

    async def _read(self, work: Callable[[UnitOfWork], T]) -> T:
        return await _run(self.readers, lambda: _once(self.read, work))


async def _run(executor: Executor | None, work: Callable[[], T]) -> T:
    if executor is None:
        return work()
    return await asyncio.get_running_loop().run_in_executor(executor, work)


def _once(open_unit: OpenUnit, work: Callable[[UnitOfWork], T]) -> T:
    with open_unit() as unit:
        return work(unit)


def _attempt(open_unit: OpenUnit, work: Callable[[UnitOfWork], T]) -> T:
    for _ in range(TRIES - 1):
        try:
            return _once(open_unit, work)
        except LostRaceError:
            continue
    return _once(open_unit, work)
