"""Opening and updating dialogs, which Slack allows for 3 seconds after a press, and private words when that fails."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.desk import Desk
from bot.log import get_logger
from bot.usecases.asked import Answer, Early
from bot.words import Act
from handlers.answers import View, form_not_opened
from handlers.slack_errors import refusal_of
from views.answers import answer as draw

log = get_logger(__name__)

TRIGGER_S = 3.0
"""For how long Slack accepts a trigger, in seconds."""

MOST_SPENT = 500
"""How many triggers are remembered, so that a repeated delivery does not ask Slack to open its dialog again."""

SPENT = "exchanged_trigger_id"
"""Slack's error when a trigger opened a dialog already: a repeated delivery asked again."""


@dataclass(slots=True, kw_only=True)
class Opener:
    """Opens dialogs beside the listener, so that Slack's ack never waits for a call of ours.

    `client` carries the bot's token; tasks are kept until they end, and count as the desk's work.
    """

    desk: Desk
    client: AsyncWebClient
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    spent: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_SPENT))

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the caller; a failure is logged."""
        self.desk.busy += 1
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.desk.busy -= 1
        self.tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("opening.failed", exc_info=task.exception())

    async def open(self, view: View, *, trigger: str, form: Answer, early: Early, respond_url: str) -> None:
        """Open `view`; where Slack does not, tell the person so with a button that opens it again.

        `form` is the answer the view was drawn from, `early` who asked for it.
        """
        if trigger in self.spent:
            return
        self.spent.append(trigger)
        failure = await _tried(lambda: self.client.views_open(trigger_id=trigger, view=view))
        if failure and failure != SPENT:
            log.warning("view.not_opened", error=failure, request_id=early.key)
            await self._say_not_opened(form, early, respond_url)

    async def push(self, view: View, *, trigger: str) -> None:
        """Put `view` above the dialog a press was made in, which stays below it (at most three, a Slack limit)."""
        if trigger in self.spent:
            return
        self.spent.append(trigger)
        failure = await _tried(lambda: self.client.views_push(trigger_id=trigger, view=view))
        if failure and failure != SPENT:
            log.warning("view.not_pushed", error=failure)

    async def update(self, view: View, *, view_id: str, hash: str = "") -> None:  # noqa: A002 - Slack's word
        """Put `view` in the place of the dialog a press was made in; with a `hash`, only if it still stands."""
        guard = {"hash": hash} if hash else {}
        failure = await _tried(lambda: self.client.views_update(view_id=view_id, view=view, **guard))
        if failure:
            log.warning("view.not_updated", error=failure)

    async def tell(self, answer: Answer, *, respond_url: str, replace_original: bool = False) -> None:
        """Tell the person privately through the address Slack gave with what they did (5 uses, 30 minutes).

        A press on somebody's own page comes without one; then it is said in the log alone.
        """
        if not respond_url:
            log.warning("answer.nowhere_to_send", answer=answer.view)
            return
        message = draw(answer, now=self.desk.now())
        webhook = AsyncWebhookClient(
            respond_url,
            session=self.client.session,
            ssl=self.client.ssl,
            timeout=self.client.timeout,
            retry_handlers=[],
        )
        webhook.proxy = self.client.proxy
        failure = await _tried(
            lambda: webhook.send(
                text=message.text,
                blocks=message.blocks,
                response_type="ephemeral",
                replace_original=replace_original,
            )
        )
        if failure:
            log.warning("answer.not_sent", error=failure, answer=answer.view)

    async def _say_not_opened(self, form: Answer, early: Early, respond_url: str) -> None:
        act = next(iter(form.handles), Act.HELP)
        refused = form_not_opened(act, kept=str(form.words.get("kept") or ""))
        answer = await self.desk.refuse(replace(early, key=f"{early.key}/unopened"), refused)
        await self.tell(answer, respond_url=respond_url)


async def _tried(call: Callable[[], Awaitable[Any]]) -> str:
    """Make a call to Slack and return why it failed, or ""."""
    try:
        async with asyncio.timeout(TRIGGER_S):
            await call()
    except SlackApiError as error:
        return refusal_of(error)
    except (aiohttp.ClientError, TimeoutError) as error:
        return type(error).__name__
    return ""
