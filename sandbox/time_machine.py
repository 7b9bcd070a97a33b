"""Moving virtual time: jump to whatever is due next, and wait until the bot has dealt with it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from sandbox.clock import BotState, Probe, VirtualClock
from sandbox.deliveries import Delivery
from sandbox.faults import Faults
from sandbox.workspace import Workspace

UNSETTLED_AFTER_S = 5.0
_LOOK_EVERY_S = 0.002
_SILENT_LOOKS = 5
_IDLE_LOOKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """One jump of the clock: where to, and for whom (bot, sandbox or target)."""

    to: datetime
    why: str


class TimeMachine:
    """Advances the clock of one sandbox, never skipping what is due on the way."""

    def __init__(self, *, workspace: Workspace, faults: Faults, in_flight: Callable[[], int]) -> None:
        """Move `workspace`'s clock; `in_flight` counts Web API calls being answered."""
        self.workspace = workspace
        self.faults = faults
        self.in_flight = in_flight
        self.probe: Probe | None = None
        self.patience_s = UNSETTLED_AFTER_S
        self._settling = asyncio.Lock()
        self._begun = 0
        self._state: BotState | None = None

    @property
    def clock(self) -> VirtualClock:
        """The clock that is moved."""
        return self.workspace.clock

    async def advance(self, by: timedelta) -> list[Jump]:
        """Move `by`, stopping at everything that is due on the way."""
        return await self.advance_to(self.clock.now() + by)

    async def advance_to(self, target: datetime) -> list[Jump]:
        """Move to `target`, stopping at everything that is due on the way."""
        state = await self.settle()
        jumps: list[Jump] = []
        while self.clock.now() < target:
            jumps.append(min([*self._wishes(state), Jump(to=target, why="target")], key=lambda jump: jump.to))
            state = await self._jump(jumps[-1])
        return jumps

    async def advance_to_next(self) -> list[Jump]:
        """Move to the next thing the bot or the sandbox wants to do; nowhere when there is none."""
        wishes = self._wishes(await self.settle())
        if not wishes:
            return []
        jump = min(wishes, key=lambda wish: wish.to)
        await self._jump(jump)
        return [jump]

    async def settle(self) -> BotState | None:
        """Wait until the bot is idle twice running and nothing is un-acked; after 5 real s it is a violation."""
        begun = self._begun
        async with self._settling:
            if self._begun == begun:
                self._begun += 1
                self._state = await self._settle()
            # Otherwise somebody else settled from start to end since we asked: that is ours too.
            return self._state

    async def finished(self, delivery: Delivery) -> None:
        """Wait until one delivery is acknowledged or given up."""
        done = asyncio.Event()
        delivery.done = done.set
        if delivery.open:
            await done.wait()

    async def _settle(self) -> BotState | None:
        deadline = self.workspace.real() + self.patience_s
        needed = _IDLE_LOOKS if self.probe else _SILENT_LOOKS
        state = await self._ask()
        quiet = 1 if self._idle(state) else 0
        while quiet < needed:
            if self.workspace.real() > deadline:
                self.workspace.violate(rule="unsettled", where="settle", detail=self._restless(state))
                return state
            await asyncio.sleep(_LOOK_EVERY_S)
            state = await self._ask()
            quiet = quiet + 1 if self._idle(state) else 0
        return state

    def _wishes(self, state: BotState | None) -> list[Jump]:
        now = self.clock.now()
        wishes = {
            "bot": state.next_wake if state else None,
            "sandbox": self.workspace.next_due(),
            "slack": self.faults.down_until,
        }
        # A bot that is late and does nothing about it must not hold the clock for ever.
        return [Jump(to=moment, why=why) for why, moment in wishes.items() if moment is not None and moment > now]

    async def _jump(self, jump: Jump) -> BotState | None:
        self.clock.jump_to(jump.to)
        self.workspace.fire_due()
        return await self.settle()

    async def _ask(self) -> BotState | None:
        return None if self.probe is None else await self.probe(self.clock.now())

    def _idle(self, state: BotState | None) -> bool:
        if self.workspace.deliveries.unacked() or self.in_flight():
            return False
        if state is None:
            return True
        due = state.next_wake is not None and state.next_wake <= self.clock.now()
        return state.busy == 0 and not due

    def _restless(self, state: BotState | None) -> str:
        unacked = len(self.workspace.deliveries.unacked())
        return f"{unacked} un-acked, {self.in_flight()} calls in flight, the bot says {state}"


IDLE, DYING = BotState(busy=0, next_wake=None), BotState(busy=1, next_wake=None)
"""What a bot that cannot be reached is: one that does not run has nothing to do, one that was killed will be back."""


def probe_at(url: str, session: aiohttp.ClientSession, *, unreachable: BotState = IDLE) -> Probe:
    """A probe that POSTs `{"now": …}` to `url` and reads `{"busy": n, "next_wake": …}`, or says `unreachable`."""

    async def ask(now: datetime) -> BotState:
        try:
            async with session.post(url, json={"now": now.isoformat()}) as response:
                return _state(await response.json())
        except aiohttp.ClientError:
            return unreachable

    return ask


def _state(body: dict[str, Any]) -> BotState:
    wake = body.get("next_wake")
    return BotState(busy=int(body.get("busy", 0)), next_wake=datetime.fromisoformat(wake) if wake else None)
