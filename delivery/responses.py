"""Answers a person privately through the address Slack gave for it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import aiohttp
from yarl import URL

from bot.failpoints import FAILPOINTS
from bot.log import get_logger
from bot.usecases.asked import Answer, Job
from bot.usecases.outcomes import Dead, Outcome, Retry, Sent, Skipped
from delivery.drawing import Drawing
from delivery.outcomes import CallFailed, Verdict, classify, retry_after

SLACK_ANSWERS = "https://hooks.slack.com"

DECLARED = "declared"
"""The answer that replaces what the declarer saw; every other one stands beside it, or a press would wipe the card."""

_OK, _TOO_MANY = 200, 429

log = get_logger("delivery.responses")


class Responses:
    """Posts private answers; only to `answers`, the scheme, host and port Slack gives its addresses.

    `now` is virtual time.
    """

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession,
        drawing: Drawing,
        now: Callable[[], datetime],
        answers: str = SLACK_ANSWERS,
    ) -> None:
        self._session = session
        self._drawing = drawing
        self._now = now
        self._origin = URL(answers).origin()

    async def respond(self, job: Job) -> Outcome:
        """Say it to that person alone, or replace what they saw if its words ask so.

        Raises CallFailed when nothing was sent.

        An answer in doubt is dropped: it cannot be looked up, and the same sentence twice is worse than a card that
        already says it.
        """
        delivery, effect = job.delivery, job.delivery.effect
        url = self._allowed(str(effect.words.get("url", "")))
        if url is None:
            return Dead(error="foreign_response_url")
        answer = Answer(view=effect.view, words=effect.words, picture=job.picture, handles=job.handles)
        drawn = self._drawing.answer(answer, now=self._now())
        body = {
            "text": drawn.text,
            "blocks": list(drawn.blocks),
            "response_type": "ephemeral",
            "replace_original": bool(effect.words.get("replace", effect.view == DECLARED)),
        }
        try:
            status, header = await self._post(url, body)
        except (aiohttp.ClientError, OSError) as error:
            return _unheard(classify("response_url", error), job)
        if status == _OK:
            return Sent(at=None, rev=delivery.wanted_rev)
        if status == _TOO_MANY:
            return Retry(after=retry_after(header), in_doubt=False, error="ratelimited", counted=False)
        return _dropped(job, f"http_{status}")

    def _allowed(self, address: str) -> URL | None:
        """Return the address if it is Slack's own: an answer never calls anything else."""
        try:
            url = URL(address)
            origin = url.origin()
        except ValueError:
            return None
        return url if origin == self._origin and url.user is None and url.password is None else None

    async def _post(self, url: URL, body: Mapping[str, Any]) -> tuple[int, str]:
        FAILPOINTS.reach("private answer, before it is sent")
        async with self._session.post(url, json=body, allow_redirects=False) as answer:
            FAILPOINTS.reach("private answer, after its answer")
            return answer.status, answer.headers.get("Retry-After", "")


def _unheard(failed: CallFailed, job: Job) -> Outcome:
    if failed.verdict is Verdict.NOT_SENT:
        raise failed
    return _dropped(job, failed.error)


def _dropped(job: Job, error: str) -> Skipped:
    log.warning("delivery.answer_dropped", outbox_id=job.delivery.effect.id, error=error)
    return Skipped()
