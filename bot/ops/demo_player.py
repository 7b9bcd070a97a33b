"""Published incidents played before the demo's page: at a pace one can read, or one step at a time."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from bot.ops.company import Company, CompanyStage
from bot.ops.scenarios.loading import ScenarioRejected, load_scenario, shipped
from bot.ops.scenarios.model import Scenario
from bot.ops.scenarios.playing import play
from bot.ops.scenarios.report import Step, Timer

PACE_S = 1.5
"""Real seconds between two steps."""


class ScenarioPlayer:
    """Plays one scenario at a time in a running company."""

    def __init__(self, company: Company) -> None:
        """Play in `company`."""
        self._company = company
        self._play: asyncio.Task[object] | None = None
        self._turns = asyncio.Semaphore(0)
        self._flows = False
        self._caption = ""

    def names(self) -> Sequence[tuple[str, str]]:
        """Return every scenario that is shipped: its name and title."""
        return [(name, load_scenario(name).title) for name in shipped()]

    def start(self, name: str) -> None:
        """Play a scenario to its end, or go on with the one that waits; ValueError when there is no such scenario."""
        self._begin(name)
        self._flows = True
        self._turns.release()

    def step(self, name: str) -> None:
        """Do the next step; ValueError when there is no such scenario."""
        self._begin(name)
        self._flows = False
        self._turns.release()

    def stop(self) -> None:
        """Stop playing; what was said stays."""
        if self._play is not None:
            self._play.cancel()
        self._play, self._caption = None, ""

    def is_over(self) -> bool:
        """Return whether nothing is played, or the last step was made."""
        return self._play is None or self._play.done()

    def caption(self) -> str:
        """Return where the play stands; empty when none is played."""
        return self._caption

    async def turn(self) -> None:
        """Wait until the next step may be made."""
        if self._flows:
            await asyncio.sleep(PACE_S)
        else:
            await self._turns.acquire()

    def opened(self, scenario: Scenario, steps: int) -> None:
        """Hear what is played, in how many steps."""
        self._caption = f"{scenario.title}: {steps} steps, each with how exactly its source gives the time"

    def stepped(self, step: Step) -> None:
        """Hear of a step that was made."""
        self._caption = f"{int(step.at_s // 60)} min, {step.who}: {step.text[:80]} ({step.precision.caption})"

    def fired(self, timer: Timer) -> None:
        """Let a timer pass: the page shows what it did."""

    def _begin(self, name: str) -> None:
        if not self.is_over():
            return
        try:
            scenario = load_scenario(name)
        except ScenarioRejected as wrong:
            raise ValueError(str(wrong)) from wrong
        self._turns = asyncio.Semaphore(0)
        self._play = asyncio.create_task(self._perform(scenario))

    async def _perform(self, scenario: Scenario) -> None:
        await play(scenario, _Paced(self._company, self), audience=self)
        self._caption = f"{scenario.title}: the end"


class _Paced(CompanyStage):
    """A company as a stage on which every act waits for its turn."""

    def __init__(self, company: Company, player: ScenarioPlayer) -> None:
        super().__init__(company)
        self._player = player

    async def act(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Do what a person does, when it is their turn."""
        await self._player.turn()
        return await super().act(request)
