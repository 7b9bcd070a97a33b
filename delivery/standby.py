"""Standing by: declarations that met no database are written down, paged for, and entered when it is back."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.desk.patience import at_most
from bot.failpoints import FAILPOINTS
from bot.incident.reacting.effects import Effect, EffectKind
from bot.incident.refusing.refusals import Refused
from bot.log import get_logger
from bot.policy.errors import PolicyRejected
from bot.ports import Delivery, DeliveryState, Sent, StoreAwayError
from bot.usecases import outcomes as o
from bot.usecases.asked import Answer, Asked, Job
from bot.usecases.spooling import LastKnown, Slip, earlier, ref_of, refusal_told, slip_for, told
from delivery import backoff
from delivery.last_known import read_known, write_known
from delivery.spool import Kept, Spool, Try

LEARN_EVERY = timedelta(minutes=1)
"""How old, at most, what is known of policy and people is when the database goes away."""

LEARN_S = ENTER_S = 2.0
"""Real seconds one of these waits for a database that hangs."""

log = get_logger("tocsin.standby")


class StandbyDesk(Protocol):
    """What standing by needs of the desk."""

    @property
    def is_away(self) -> bool:
        """Return whether the database did not answer when something was last asked of it."""

    def now(self) -> datetime:
        """Return the present moment, virtual and aware."""

    async def last_known(self) -> LastKnown | None:
        """Return what is to be remembered."""

    async def enter(self, slip: Slip, sent: Mapping[str, Sent | None]) -> Answer:
        """Make an incident of a slip."""

    async def try_it(self) -> None:
        """Try whether the database can be written to; StoreAwayError when not."""


@dataclass(slots=True, kw_only=True)
class Standby:
    """Keeps slips in `spool`, sends their pages by `carry`, and enters them; `jitter` draws from 0 up to 1."""

    desk: StandbyDesk
    spool: Spool
    carry: Callable[[Job], Awaitable[o.Outcome]]
    jitter: Callable[[], float]
    known: LastKnown | None = None
    _learned_at: datetime | None = None
    _slips: dict[str, Slip] = field(default_factory=dict)
    _working: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _not_before: dict[str, datetime] = field(default_factory=dict)
    _failed: dict[str, int] = field(default_factory=dict)
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def in_flight(self) -> int:
        """Return how many slips are being worked on."""
        return len(self._working)

    @property
    def next_wake(self) -> datetime | None:
        """Return when something is tried again, None while nothing waits for a time."""
        return min((at for at in self._not_before.values() if at > self.desk.now()), default=None)

    @property
    def emergency_number(self) -> str:
        """Return policy's telephone number for when nothing else works, "" while that is not known."""
        return self.known.policy.people.emergency_number if self.known else ""

    async def alarm(self, asked: Asked, *, token: str = "") -> Answer:
        """Return what the declarer hears, having written the alarm down and begun to page; OSError when it cannot."""
        async with self._writing:
            found = earlier(self._slips.values(), asked, now=self.desk.now())
            if found:
                return told(found, self.known)
            slip = slip_for(asked, self.known, ref=ref_of(asked.key), token=token, now=self.desk.now())
            if isinstance(slip, Refused):
                return refusal_told(slip, self._surely_known())
            kept = await asyncio.to_thread(self.spool.keep, slip)
            self._slips[kept.slip.ref] = kept.slip
        log.warning("spool.kept", ref=kept.slip.ref, pages=len(kept.slip.pages))
        self._begin(kept)
        return told(kept.slip, self.known)

    def _surely_known(self) -> LastKnown:
        if self.known is None:
            message = "an alarm was refused by a policy nobody knows"
            raise LookupError(message)
        return self.known

    async def turn(self) -> None:
        """Remember what the database says while it answers; page and enter what is in the spool, beside the caller."""
        if not self.desk.is_away:
            await self.learn()
        waiting = self.spool.all() if self.spool.folder.exists() else []
        self._slips = {kept.slip.ref: kept.slip for kept in waiting}
        for kept in waiting:
            self._begin(kept)

    async def learn(self) -> None:
        """Remember policy and people, once a minute and on the disk too, for a start without the database."""
        now = self.desk.now()
        if self.known and self._learned_at and now - self._learned_at < LEARN_EVERY:
            return
        try:
            with at_most(LEARN_S):
                known = await self.desk.last_known()
        except StoreAwayError:
            return
        self._learned_at = now
        if known and known != self.known:
            self.known = known
            await asyncio.to_thread(self._write_down, known)

    def _write_down(self, known: LastKnown) -> None:
        try:
            self.spool.remember(write_known(known))
        except OSError as error:
            log.warning("spool.not_writable", folder=str(self.spool.folder), error=type(error).__name__)

    def recall(self) -> None:
        """Take what was known before the last stop; what this version cannot read is said, and nobody is known then."""
        written = self.spool.remembered()
        try:
            self.known = read_known(written) if written else self.known
        except (PolicyRejected, ValueError, KeyError, TypeError):
            log.exception("spool.last_known_unreadable")

    async def stop(self) -> None:
        """Break off what is under way; what was begun is looked up by whoever comes next."""
        for task in (left := list(self._working.values())):
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _begin(self, kept: Kept) -> None:
        """Work on a slip beside everything else, unless that is done already."""
        ref = kept.slip.ref
        if ref in self._working or not self._has_work(kept):
            return
        task = asyncio.create_task(self._work(kept))
        self._working[ref] = task
        task.add_done_callback(lambda done: self._ended(ref, done))

    def _has_work(self, kept: Kept) -> bool:
        waiting = (page.id for page in kept.slip.pages if not kept.stand(page.id).is_over)
        return any(self._is_due(page) for page in waiting) or self._can_enter(kept)

    def _can_enter(self, kept: Kept) -> bool:
        return not self.desk.is_away and self._is_due(kept.slip.ref)

    def _ended(self, ref: str, task: asyncio.Task[None]) -> None:
        self._working.pop(ref, None)
        if task.cancelled() or task.exception() is None:
            return
        self._failed[ref] = self._failed.get(ref, 0) + 1
        self._put_off(ref, backoff.wait(self._failed[ref], jitter=self.jitter()))
        log.error("spool.not_entered", ref=ref, exc_info=task.exception())

    def _put_off(self, what: str, seconds: float) -> None:
        self._not_before[what] = self.desk.now() + timedelta(seconds=seconds)

    def _is_due(self, what: str) -> bool:
        at = self._not_before.get(what)
        return at is None or self.desk.now() >= at

    async def _work(self, kept: Kept) -> None:
        with kept.held() as mine:
            fresh = self.spool.read(kept.path) if mine else None
            if fresh is None:
                return
            await self._pages(fresh)
            if self._can_enter(fresh):
                await self._enter(fresh)

    async def _pages(self, kept: Kept) -> None:
        """Try every page that is due; one that fails is told when all have ended, so that none outlives the hold."""
        tried = await asyncio.gather(*(self._page(kept, page) for page in kept.slip.pages), return_exceptions=True)
        failed = next(filter(None, tried), None)
        if failed:
            raise failed

    async def _page(self, kept: Kept, page: Effect) -> None:
        was = kept.stand(page.id)
        if was.is_over or not self._is_due(page.id):
            return
        now = self.desk.now()
        doubtful = was.in_doubt and page.kind is EffectKind.POST
        intent = Try(attempts=was.attempts + 1, in_doubt=True, intent_at=was.intent_at if doubtful else now)
        await asyncio.to_thread(kept.note, page.id, intent)
        FAILPOINTS.reach("spool, a page is intended")
        outcome = await self.carry(_job(page, intent, in_doubt=doubtful))
        FAILPOINTS.reach("spool, a page was tried")
        stands = _after(intent, outcome)
        (log.error if stands.is_dead else log.info)(
            "spool.paged", ref=kept.slip.ref, way=page.words.get("way"), outcome=type(outcome).__name__
        )
        await asyncio.to_thread(kept.note, page.id, stands)
        if isinstance(outcome, o.Retry | o.SystemDown):
            self._put_off(page.id, outcome.after)

    async def _enter(self, kept: Kept) -> None:
        try:
            with at_most(ENTER_S):
                await self.desk.enter(kept.slip, kept.sent)
        except StoreAwayError:
            return
        FAILPOINTS.reach("spool, entered and not removed")
        await asyncio.to_thread(self.spool.remove, kept)
        for what in (kept.slip.ref, *(page.id for page in kept.slip.pages)):
            self._not_before.pop(what, None)
            self._failed.pop(what, None)
        log.info("spool.entered", ref=kept.slip.ref)


def _job(page: Effect, intent: Try, *, in_doubt: bool) -> Job:
    delivery = Delivery(
        effect=page,
        state=DeliveryState.INTENT,
        attempts=intent.attempts,
        in_doubt=in_doubt,
        intent_at=intent.intent_at,
    )
    channel = page.words.get("channel")
    return Job(delivery=delivery, channel=str(channel) if channel else None)


def _after(intent: Try, outcome: o.Outcome) -> Try:
    """Return how a page stands after a try."""
    match outcome:
        case o.Sent(at=at):
            return Try(attempts=intent.attempts, is_sent=True, sent=at)
        case o.Retry(in_doubt=in_doubt) | o.SystemDown(in_doubt=in_doubt):
            return Try(attempts=intent.attempts, in_doubt=in_doubt, intent_at=intent.intent_at if in_doubt else None)
        case _:
            return Try(attempts=intent.attempts, is_dead=True)
