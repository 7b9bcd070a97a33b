"""Running use-cases: each in one transaction, in the writer's or a reader's thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.failpoints import FAILPOINTS
from bot.ports import LostRaceError, OpenUnit, UnitOfWork
from bot.usecases.world import World

T = TypeVar("T")

TRIES = 5
"""How often a use-case that lost a race begins again before that is an error."""


@dataclass(slots=True, kw_only=True)
class Transactions:
    """Runs use-cases.

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
            return _committed(open_unit, work)
        except LostRaceError:
            continue
    return _committed(open_unit, work)


def _committed(open_unit: OpenUnit, work: Callable[[UnitOfWork], T]) -> T:
    """Do `work` and commit it, between two failpoints named after the desk's method it comes from."""
    name = work.__qualname__.split(".<")[0].rpartition(".")[2]
    with open_unit() as unit:
        done = work(unit)
        FAILPOINTS.reach(f"{name}, before its commit")
    FAILPOINTS.reach(f"{name}, after its commit")
    return done
