"""Running use-cases: each in one transaction, in the writer's or a reader's thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.desk.patience import Claim, Pulse
from bot.failpoints import FAILPOINTS
from bot.ports import LostRaceError, OpenUnit, StoreAwayError, UnitOfWork
from bot.usecases.world import World

T = TypeVar("T")

TRIES = 5
"""How often a use-case that lost a race begins again before that is an error."""


@dataclass(slots=True, kw_only=True)
class Transactions:
    """Runs use-cases.

    `write` and `read` open units of work; `writer` and `readers` run them (None runs them at once, in the caller's
    thread, which simulations want). `behind` runs what nobody waits for (None leaves that to `writer`). `woken` is set
    whenever something was committed that may be sendable. `pulse` is how the database that is written to answers.
    """

    world: World
    write: OpenUnit
    read: OpenUnit
    owner: str
    writer: Executor | None = None
    behind: Executor | None = None
    readers: Executor | None = None
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    busy: int = 0
    pulse: Pulse = field(default_factory=Pulse)
    reading: Pulse = field(default_factory=Pulse)

    @property
    def is_away(self) -> bool:
        """Return whether the database did not answer when something was last asked of it."""
        return self.pulse.is_away

    def now(self) -> datetime:
        """Return the present moment of this world, aware UTC."""
        return self.world.now()

    async def _write(self, work: Callable[[UnitOfWork], T], *, wake: bool = True) -> T:
        """Do what somebody waits for."""
        return await self._written(self.writer, work, wake=wake)

    async def _write_behind(self, work: Callable[[UnitOfWork], T], *, wake: bool = True) -> T:
        """Do what nobody waits for: people go first."""
        return await self._written(self.behind or self.writer, work, wake=wake)

    async def _written(self, executor: Executor | None, work: Callable[[UnitOfWork], T], *, wake: bool) -> T:
        self.busy += 1
        try:
            return await _run(executor, lambda claim: _attempt(self.write, work, claim), self.pulse)
        finally:
            self.busy -= 1
            if wake:
                self.woken.set()

    async def _read(self, work: Callable[[UnitOfWork], T]) -> T:
        try:
            return await _run(self.readers, lambda claim: _once(self.read, work, claim), self.reading)
        except StoreAwayError:
            self.pulse.is_away = True
            raise


async def _run(executor: Executor | None, work: Callable[[Claim], T], pulse: Pulse) -> T:
    claim = Claim()
    if executor is None:
        return _felt(work, claim, pulse)
    running = asyncio.get_running_loop().run_in_executor(executor, lambda: _felt(work, claim, pulse))
    return await pulse.wait_for(running, claim)


def _felt(work: Callable[[Claim], T], claim: Claim, pulse: Pulse) -> T:
    """Do `work`, and note whether the database answered."""
    answers = True
    try:
        claim.hold()
        return work(claim)
    except StoreAwayError:
        answers = False
        raise
    finally:
        if answers:
            pulse.beat()
        else:
            pulse.is_away = True


def _once(open_unit: OpenUnit, work: Callable[[UnitOfWork], T], claim: Claim) -> T:
    with open_unit() as unit:
        claim.hold()
        return work(unit)


def _attempt(open_unit: OpenUnit, work: Callable[[UnitOfWork], T], claim: Claim) -> T:
    for _ in range(TRIES - 1):
        try:
            return _committed(open_unit, work, claim)
        except LostRaceError:
            continue
    return _committed(open_unit, work, claim)


def _committed(open_unit: OpenUnit, work: Callable[[UnitOfWork], T], claim: Claim) -> T:
    """Do `work` and commit it, between two failpoints named after the desk's method it comes from."""
    name = work.__qualname__.split(".<")[0].rpartition(".")[2]
    with open_unit() as unit:
        done = work(unit)
        FAILPOINTS.reach(f"{name}, before its commit")
        claim.commit()
    FAILPOINTS.reach(f"{name}, after its commit")
    return done
