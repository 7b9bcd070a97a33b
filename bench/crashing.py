"""A company whose bot strikes itself dead at one failpoint, once or twice, and is started again at once."""

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from bot.app import Bot, Now, real_now
from bot.desk import Desk
from bot.failpoints import FAILPOINTS
from bot.settings import Settings
from bot.usecases.asked import Job
from bot.usecases.outcomes import Sent
from tests.stories.bot_process import be
from tests.stories.conftest import START
from tests.stories.lives import Life, live_through, violations
from tests.stories.mortal import MortalCast

DEATHS = 2
"""How often the bot dies of its failpoint in one life: the second time it has just been born."""

ASKED_AGAIN = 5


class Plant(StrEnum):
    """Faults that can be planted, to see that the bench finds them."""

    MARK_BEFORE_SEND = "mark-before-send"
    WALL_CLOCK = "wall-clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where the bot is to die ("" nowhere), and which fault it has."""

    failpoint: str = ""
    plant: Plant | None = None


NOBODY = Plan()


class HastyDesk(Desk):
    """A desk with a fault planted: it writes down that a delivery was sent before anybody sends it."""

    __slots__ = ()

    async def claim(self, *, limit: int) -> list[Job]:
        """Claim, and settle at once."""
        jobs = await super().claim(limit=limit)
        for job in jobs:
            await self.settle(job.delivery.effect.id, Sent(at=None, rev=job.delivery.wanted_rev))
        return jobs


def live(settings: Settings, now: datetime, born: Connection, *, plan: Plan, notes: Path) -> None:
    """Be a bot that dies by `plan`; `notes` is a folder in which deaths are counted across lives."""
    FAILPOINTS.strike = partial(_struck, plan=plan, notes=notes)
    be(settings, now, born, compose=partial(_composed, plant=plan.plant))


def _composed(settings: Settings, now: Now, *, plant: Plant | None) -> Bot:
    bot = Bot(settings, now=real_now if plant is Plant.WALL_CLOCK else now)
    if plant is Plant.MARK_BEFORE_SEND:
        bot.desk.__class__ = HastyDesk
    return bot


def _struck(name: str, *, plan: Plan, notes: Path) -> None:
    with (notes / "reached").open("a") as reached:
        reached.write(f"{name}\n")
    if name == plan.failpoint and deaths(notes) < DEATHS:
        with (notes / "deaths").open("a") as counted:
            counted.write("x")
        os.kill(os.getpid(), signal.SIGKILL)


def deaths(notes: Path) -> int:
    """Return how often the bot has died."""
    counted = notes / "deaths"
    return counted.stat().st_size if counted.exists() else 0


class CrashingCast(MortalCast):
    """A company whose people do again what nobody acknowledged, once they saw that it was not done."""

    async def act(self, who: str, do: str, **what: Any) -> Mapping[str, Any]:  # noqa: ANN401 - as the control API takes it
        """Let `who` do something, again while it failed and the record shows nothing of it."""
        before = self._entries()
        answer = await super().act(who, do, **what)
        for _ in range(ASKED_AGAIN):
            if answer["acked"] or self._entries() != before:
                break
            answer = await super().act(who, do, **what)
        return answer

    def _entries(self) -> int:
        engine = create_engine(self.database.replace("postgresql://", "postgresql+psycopg://"))
        try:
            with engine.connect() as connection:
                return int(connection.execute(text("SELECT count(*) FROM audit_entry")).scalar_one())
        finally:
            engine.dispose()


async def crashed(database: str, notes: Path, *, plan: Plan, drop: float) -> tuple[Life, frozenset[str]]:
    """Return a life lived by `plan` with the share `drop` of Slack's replies lost, and the failpoints reached in it."""
    company = CrashingCast(database=database, started_at=START)
    company.life = partial(live, plan=plan, notes=notes)
    await company.open()
    try:
        await company.sandbox.fault({"drop_reply": drop, "seed": 7})
        await live_through(company)
        life = Life(
            remains=company.post_mortem(),
            letters=company.mailbox.letters,
            kills=deaths(notes),
            violations=violations(company),
        )
    finally:
        await company.close()
    return life, frozenset((notes / "reached").read_text().splitlines())
