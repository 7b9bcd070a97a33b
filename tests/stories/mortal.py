"""A company whose bot is killed again and again, and what is left to be seen of it."""

import asyncio
import json
import random
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sandbox.clock import BotState
from sandbox.faults import Planned
from sandbox.records import CallRecord
from storage.unit_of_work import Database
from tests.stories.bot_process import BotProcess, live
from tests.stories.company import WRITES, Cast
from tests.stories.conftest import START
from tests.stories.lives import Life, Remains, live_through, remains, violations

PATIENCE_S = 120.0
"""Real seconds in which everything settles: each start of the bot takes some of them."""


DIRECT = "D"
"""What the id of a direct message's channel begins with."""


class Fatal(StrEnum):
    """The moments at which the bot is killed."""

    NEVER = "never"
    AFTER_WRITE = "after a write was carried out, before its reply"
    BEFORE_WRITE = "when a write is sent, before it is carried out"
    AFTER_ACK = "when a person was answered, before anything is delivered"


class MortalCast(Cast):
    """A company whose bot is a process; it is killed at every `fatal` moment and started again at once.

    A write is what a call asks for, so one that is asked for again after a kill is not fatal a second time.
    Where it `is_spared`, no other write of the same method is, either.
    """

    fatal = Fatal.NEVER
    is_spared = False
    kills = 0
    is_gated = False
    life = staticmethod(live)

    async def start_bot(self) -> None:
        """Start the process; from now on it is started again whenever somebody looks and it is dead."""
        self._met: set[str] = set()
        self.process = BotProcess(self.bot_settings(), life=self.life)
        if self.fatal is not Fatal.NEVER or self.life is not live:
            # A newborn bot cannot know of a Retry-After that its predecessor was given.
            self.sandbox.workspace.limits.configure(setting=False)
        self.sandbox.time.patience_s = PATIENCE_S
        await self._revive()
        self.sandbox.on_call.append(self._strike)
        self.sandbox.register_bot(self.probe)

    def lose(self, share: float, *, seed: int) -> None:
        """Lose this share of the replies, but none about a direct message.

        A page whose reply is lost goes on by the next way at once, which is another life; `test_paging.py` has it.
        """
        draw = random.Random(seed)

        def strike(call: CallRecord, phase: str) -> None:
            is_told = phase == "after" and call.ok and not str(call.args.get("channel", "")).startswith(DIRECT)
            if is_told and draw.random() < share:
                self.sandbox.faults.cuts.append(Planned(method=call.method, left=1))

        self.sandbox.on_call.append(strike)

    async def probe(self, now: datetime) -> BotState:
        """Say whether the bot is idle, after bringing it back to life."""
        if not self.process.is_alive:
            await self._revive()
        state = await self.process.ask(now)
        return state if self.process.is_alive else BotState(busy=1, next_wake=None)

    async def act(self, who: str, do: str, **what: Any) -> Mapping[str, Any]:
        """Let `who` do something; where an ack is fatal the bot dies of it before it delivers anything."""
        if self.fatal is not Fatal.AFTER_ACK:
            return await super().act(who, do, **what)
        self.is_gated = True
        answer = await super().act(who, do, settle=False, **{key: one for key, one in what.items() if key != "settle"})
        self._kill()
        self.is_gated = False
        await self.sandbox.settle()
        return answer

    async def close(self) -> None:
        """Kill the bot for good, and stop the sandbox."""
        await self.process.close()
        await super().close()

    def post_mortem(self) -> Remains:
        """Kill the bot, and return what remains."""
        self.process.kill()
        database = Database(self.database)
        try:
            return remains(self, database)
        finally:
            database.close()

    async def _revive(self) -> None:
        while not self.process.is_alive:
            self.sandbox.web_api.let_go()
            await self.process.start(now=self.sandbox.clock.now())

    def _kill(self) -> None:
        if self.process.is_alive:
            self.process.kill()
            self.kills += 1

    def _strike(self, call: CallRecord, phase: str) -> None:
        if call.method not in WRITES:
            return
        before = phase == "before"
        if before and self.is_gated:
            # Slack puts it off. Were it lost, a page would count as failing if the bot still came to write that down.
            put_off = Planned(method=call.method, left=1, error="ratelimited", status=429, retry_after=1)
            self.sandbox.faults.errors.insert(0, put_off)
        elif before and self._is_fatal(Fatal.BEFORE_WRITE, call):
            # The request is lost on its way: it is not carried out.
            self.sandbox.faults.errors.insert(0, Planned(method=call.method, left=1, status=503))
        elif not before and call.ok and self._is_fatal(Fatal.AFTER_WRITE, call):
            # The reply is lost on its way, even if the bot still has an ack to send.
            self.sandbox.faults.hangs.append(Planned(method=call.method, left=1))
        else:
            return
        if not self.is_gated:
            self._kill_once_everybody_is_answered()

    def _is_fatal(self, moment: Fatal, call: CallRecord) -> bool:
        if self.fatal is not moment:
            return False
        wanted = json.dumps([call.method, {} if self.is_spared else call.args], sort_keys=True)
        if moment is Fatal.BEFORE_WRITE and not self.process.is_alive:
            return True  # from the grave: what was on its way when another write was fatal
        known = wanted in self._met
        self._met.add(wanted)
        return not known

    def _kill_once_everybody_is_answered(self) -> None:
        if self.sandbox.workspace.deliveries.unacked():
            asyncio.get_running_loop().call_later(0.001, self._kill_once_everybody_is_answered)
        else:
            self._kill()


async def lived(folder: Path, *, fatal: Fatal = Fatal.NEVER, is_spared: bool = False, drop_reply: float = 0.0) -> Life:
    """Live through the script with a bot that dies at every `fatal` moment, `drop_reply` of its replies lost.

    Where it `is_spared`, it dies at the first of each kind of write only.
    """
    company = MortalCast(database=f"sqlite:///{folder}/tocsin.db", started_at=START)
    company.fatal, company.is_spared = fatal, is_spared
    await company.open()
    try:
        company.lose(drop_reply, seed=7)
        await live_through(company)
        return Life(
            remains=company.post_mortem(),
            letters=company.mailbox.letters,
            kills=company.kills,
            violations=violations(company),
        )
    finally:
        await company.close()
