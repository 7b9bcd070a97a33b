"""The relay: takes what was committed and carries it to Slack and the pagers, again and again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.incident.reacting.effects import Effect, EffectKind
from bot.incident.reading.timeline_file import TimelineFile
from bot.log import get_logger
from bot.ports import StoreAwayError
from bot.usecases.asked import Job
from bot.usecases.outcomes import ChannelMade, Outcome, Retry, Sent, SystemDown
from delivery.lineup import Held, LineUp
from delivery.outcomes import again
from delivery.slack import DOUBLING_KINDS, Slack

log = get_logger("delivery.relay")

Settled = Callable[[Effect, Outcome], None]
"""Hears what became of one try to deliver."""


class RelayDesk(Protocol):
    """What the relay needs of the desk; `woken` is set whenever something may have become sendable."""

    woken: asyncio.Event

    async def claim(self, *, limit: int) -> Sequence[Job]:
        """Return up to `limit` rows ready to go, the more urgent lane first, their intent committed."""

    async def settle(self, row: str, outcome: Outcome, /) -> None:
        """Write down what became of the row."""

    async def learn_place(self, place: str, channel: str, /) -> None:
        """Remember the Slack channel id of a place."""

    async def timeline_file(self, effect: Effect, /) -> TimelineFile | None:
        """Return what a file holds now, None when its reader may no longer have it."""

    async def keep_file(self, row: str, file: str, /) -> None:
        """Keep Slack's id of the file that the row is about to share."""

    def now(self) -> datetime:
        """Return the present moment, virtual and aware."""


After = Callable[[Job, Outcome], Awaitable[None]]
"""What is done once a delivery is settled."""


async def nothing_more(_: Job, __: Outcome) -> None:
    """Do nothing after a delivery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How the relay works: `workers` effects at a time, `at_hand` claimed at most; seconds otherwise.

    `poll` (real) is how long it sleeps when nobody wakes it, `patience` (real) what one effect may take, `keep`
    (virtual) how long a claimed row may wait for its turn before it is given back: together well inside the lease, and
    short enough that what others may not read is never sent on what was known more than 5 s ago (abuse case 49).
    """

    workers: int = 8
    at_hand: int = 24
    poll: float = 1.0
    patience: float = 18.0
    keep: float = 4.0


class Relay:
    """Claims, carries out and settles until it is drained.

    `system_down` holds Slack's error while it takes nothing from us (token revoked, account inactive): every row for
    Slack is then settled as SystemDown without a call, one try a minute excepted, and pages outside Slack go on.
    `after` is called once a delivery is settled; nothing waits for it.
    """

    def __init__(
        self,
        *,
        desk: RelayDesk,
        slack: Slack,
        jitter: Callable[[], float],
        pace: Pace | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        after: After = nothing_more,
        settled: Settled = lambda _effect, _outcome: None,
    ) -> None:
        self._desk = desk
        self._after = after
        self._beside: set[asyncio.Task[None]] = set()
        self._slack = slack
        self._jitter = jitter
        self._pace = pace or Pace()
        self._sleep = sleep
        self._settled = settled
        self._line = LineUp()
        self._running: set[asyncio.Task[None]] = set()
        self._claiming = 0
        self._claims = asyncio.Lock()
        self._stopping = False
        self._down_until: datetime | None = None
        self.system_down = ""

    @property
    def in_flight(self) -> int:
        """Return how many rows are being claimed, held or carried out."""
        return self._claiming + len(self._line) + len(self._running) + len(self._beside)

    async def run(self) -> None:
        """Work until `drain`; a database that fails is asked again at the next poll."""
        while not self._stopping:
            self._desk.woken.clear()
            await self._kept(self._fill(), failing="relay.claim_failed")
            await self._wait()

    async def drain(self, *, within: float | None = None) -> None:
        """Begin nothing more, give back what has not begun, and wait for what has, at most `within` real seconds.

        What takes longer is cut off and given back in doubt, so that whoever comes next looks it up first.
        """
        self._stopping = True
        self._desk.woken.set()
        async with self._claims:
            for job in self._line.give_back():
                await self._settle(job, _given_back(job))
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._running or self._beside:
                    await asyncio.wait({*self._running, *self._beside})
        for task in (left := [*self._running, *self._beside]):
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def system_up(self) -> None:
        """Say that Slack takes calls again, so that everything goes on at once."""
        self.system_down, self._down_until = "", None
        self._desk.woken.set()

    async def _fill(self) -> None:
        """Claim as much as there is room for, and begin it."""
        while (room := self._pace.at_hand - len(self._line) - len(self._running)) > 0 and not self._stopping:
            self._claiming += 1
            try:
                async with self._claims:
                    jobs = await self._desk.claim(limit=room)
                    self._line.add(jobs, now=self._desk.now())
            finally:
                self._claiming -= 1
            if not jobs:
                break
            self._begin()
        self._begin()

    def _begin(self) -> None:
        while len(self._running) < self._pace.workers and not self._stopping:
            held = self._line.begin(now=self._desk.now())
            if held is None:
                return
            self._running.add(asyncio.create_task(self._carry(held)))

    async def _carry(self, held: Held) -> None:
        try:
            outcome = await self._outcome(held)
            await self._settle(held.job, outcome)
            self._go_on(held.job, outcome)
        except asyncio.CancelledError:
            await self._settle(held.job, _cut_off(held.job))
            raise
        finally:
            self._line.end(held)
            self._running = {task for task in self._running if task is not asyncio.current_task()}
            self._desk.woken.set()

    def _go_on(self, job: Job, outcome: Outcome) -> None:
        """Begin what follows a delivery, beside the next ones: it never holds up a page."""
        task = asyncio.create_task(self._kept(self._after(job, outcome), failing="relay.follow_up_failed"))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    async def _outcome(self, held: Held) -> Outcome:
        job, now = held.job, self._desk.now()
        if (now - held.since).total_seconds() > self._pace.keep:
            return _given_back(job)
        if self._down_until is not None and now < self._down_until and _needs_slack(job):
            left = (self._down_until - now).total_seconds()
            return SystemDown(error=self.system_down, after=left, in_doubt=job.delivery.in_doubt)
        outcome = await self.attempt(job)
        self._note(outcome)
        return outcome

    async def attempt(self, job: Job) -> Outcome:
        """Carry out; what nobody expected is a failed try, so that the row ends as dead and not in silence."""
        try:
            async with asyncio.timeout(self._pace.patience):
                return await self._slack.carry_out(job)
        except Exception as error:
            log.exception("relay.failed", outbox_id=job.delivery.effect.id)
            doubtful = job.delivery.effect.kind in DOUBLING_KINDS
            outage = isinstance(error, TimeoutError)
            return again(
                type(error).__name__, delivery=job.delivery, in_doubt=doubtful, jitter=self._jitter(), outage=outage
            )

    def _note(self, outcome: Outcome) -> None:
        """Remember whether Slack takes anything from us."""
        if isinstance(outcome, SystemDown):
            if not self.system_down:
                log.error("relay.system_down", error=outcome.error)
            self.system_down = outcome.error
            self._down_until = self._desk.now() + timedelta(seconds=outcome.after)
        elif self.system_down and _proves_slack(outcome):
            self.system_up()

    async def _settle(self, job: Job, outcome: Outcome) -> None:
        """Write down what became of it; if the database refuses, the lease runs out and the row is looked up."""
        effect = job.delivery.effect
        log.info("delivery.settled", outbox_id=effect.id, outcome=type(outcome).__name__, kind=effect.kind)
        self._settled(effect, outcome)
        await self._kept(self._desk.settle(effect.id, outcome), failing="relay.settle_failed")

    async def _kept(self, step: Awaitable[object], *, failing: str) -> None:
        """Do something with the database; one that fails must not end the relay."""
        try:
            await step
        except StoreAwayError as away:
            log.error(failing, error=str(away))  # noqa: TRY400 - each second, and where is known
        except Exception:
            log.exception(failing)

    async def _wait(self) -> None:
        """Sleep until somebody wakes the relay, or for one poll (another replica's commits wake nobody here)."""
        waits = (asyncio.ensure_future(self._desk.woken.wait()), asyncio.ensure_future(self._sleep(self._pace.poll)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()


def _given_back(job: Job) -> Retry:
    return Retry(after=0.0, in_doubt=job.delivery.in_doubt, error="", counted=False)


def _cut_off(job: Job) -> Retry:
    return Retry(after=0.0, in_doubt=job.delivery.effect.kind in DOUBLING_KINDS, error="stopped", counted=False)


def _needs_slack(job: Job) -> bool:
    return job.delivery.effect.kind is not EffectKind.NOTIFY


def _proves_slack(outcome: Outcome) -> bool:
    """Return whether this can only have come of a call that Slack took."""
    return isinstance(outcome, ChannelMade) or (isinstance(outcome, Sent) and outcome.at is not None)
