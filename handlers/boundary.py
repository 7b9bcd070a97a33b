"""The outermost boundary of what people ask: at most so many at once, one log line each, no failure unanswered."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from structlog.contextvars import bound_contextvars, get_contextvars

from bot.desk.patience import at_most
from bot.incident.reacting.effects import Words
from bot.log import get_logger
from bot.metrics import Metrics
from bot.ports import StoreAwayError
from bot.usecases.asked import Answer

log = get_logger(__name__)
T = TypeVar("T")

AT_ONCE = 200
"""How many requests are answered at the same time; the rest wait their turn, since asyncio would start them all."""

PATIENCE_S = 2.0
"""Real seconds a request waits for a database that hangs: Slack gives 3 for all of it."""

Alarm = Callable[[], Awaitable[Answer | None]]
"""What is done with a request where the database does not answer; None leaves it at saying so."""

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing a person asked: its `key` (the same in a repeat), the Slack user id `actor`, and the `verb`."""

    key: str
    actor: str
    verb: str


@dataclass(slots=True, kw_only=True)
class Boundary:
    """Runs requests; `new_error_id` names a failure in the log and in the answer alike, `metrics` counts them.

    `call` gives the telephone number to call when it is urgent, "" while none is known.
    """

    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    new_error_id: Callable[[], str] = field(default_factory=lambda: error_id)
    metrics: Metrics = field(default_factory=Metrics)
    call: Callable[[], str] = str

    async def answered(
        self,
        request: Request,
        *,
        ask: Callable[[], Awaitable[Answer]],
        draw: Callable[[Answer], T],
        alarm: Alarm | None = None,
    ) -> T:
        """Return what `draw` makes of the answer that `ask` gives, or of the view "unexpected" when either fails.

        A failure in `ask` was rolled back, so nothing was changed; after it, that cannot be said. Where the database
        does not answer, within `PATIENCE_S` if it hangs, `alarm` writes a declaration down instead; anything else, or
        without it, is answered by the view "away".
        """
        began = time.perf_counter()
        async with self.gate:
            with bound_contextvars(request_id=request.key, actor=request.actor, verb=request.verb):
                return await self._timed(ask, draw, alarm, began=began)

    async def _timed(
        self, ask: Callable[[], Awaitable[Answer]], draw: Callable[[Answer], T], alarm: Alarm | None, *, began: float
    ) -> T:
        answer: Answer | None = None
        try:
            answer = await self._asked(ask, alarm)
            drawn = draw(answer)
        except Exception as error:  # noqa: BLE001 - the outermost boundary: whoever asked hears something
            answer = self._unexpected(error, asked=answer is not None)
            drawn = draw(answer)
        self._count(answer, seconds=time.perf_counter() - began)
        return drawn

    async def _asked(self, ask: Callable[[], Awaitable[Answer]], alarm: Alarm | None) -> Answer:
        try:
            with at_most(PATIENCE_S):
                return await ask()
        except StoreAwayError as away:
            failure = self.new_error_id()
            log.error("request.store_away", error_id=failure, error=str(away), in_doubt=away.in_doubt)  # noqa: TRY400
            answer = (await alarm() if alarm else None) or Answer(view="away")
            known: Words = {"id": failure, "known_unchanged": not away.in_doubt}
            return answer if answer.view != "away" else replace(answer, words={**known, **answer.words})

    def _count(self, answer: Answer, *, seconds: float) -> None:
        _log(answer, ms=round(seconds * 1000))
        outcome = {"unexpected": "failed", "away": "failed", "refused": "refused"}.get(answer.view, "answered")
        self.metrics.asked(verb=str(get_contextvars().get("verb") or ""), outcome=outcome, seconds=seconds)

    def _unexpected(self, error: Exception, *, asked: bool) -> Answer:
        failure = self.new_error_id()
        log.error("request.failed", error_id=failure, exc_info=error)
        known_unchanged = not asked and _rolled_back(error)
        words: Words = {"id": failure, "known_unchanged": known_unchanged, "emergency_number": self.call()}
        return Answer(view="unexpected", words=words)


def error_id() -> str:
    """Return a fresh name for a failure: "E-" and five letters or digits that nobody mistakes for one another."""
    return "E-" + "".join(secrets.choice(_LETTERS) for _ in range(5))


def _rolled_back(error: Exception) -> bool:
    """Return whether a failed transaction certainly left nothing: not when the connection went while it committed."""
    return not getattr(error, "connection_invalidated", False)


def _log(answer: Answer, *, ms: int) -> None:
    incident = answer.picture.incident.number if answer.picture else None
    log.info("request.answered", answer=answer.view, incident=incident, ms=ms)
