"""Posts messages, and draws again those that stand already."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import cast

from bot import ports
from bot.incident.reacting.effects import Json
from bot.log import get_logger
from bot.usecases.asked import Answer, Job
from bot.usecases.outcomes import Outcome, Sent, Skipped
from delivery.calls import SlackCalls
from delivery.drawing import Drawing, Drawn
from delivery.outcomes import CallFailed, Verdict
from delivery.places import Channels
from delivery.reconcile import EVENT_TYPE, opaque

log = get_logger("delivery.posts")

_WORTH_A_TRY = frozenset({Verdict.NOT_SENT, Verdict.LIMITED, Verdict.SYSTEM})


class Posts:
    """Draws a message from the latest row and puts it where it belongs; `now` is virtual time."""

    def __init__(self, *, calls: SlackCalls, channels: Channels, drawing: Drawing, now: Callable[[], datetime]) -> None:
        self._calls = calls
        self._channels = channels
        self._drawing = drawing
        self._now = now

    async def post(self, job: Job) -> Outcome:
        """Say it, or edit it where it stands; raises Denied and CallFailed."""
        delivery, effect = job.delivery, job.delivery.effect
        drawn = self._drawing.message(
            effect.view,
            job.picture,
            effect.words,
            handles=job.handles,
            now=self._now(),
            first=delivery.sent is None,
            place=effect.place,
        )
        if drawn is None and delivery.sent is None:
            return Skipped()
        shown = fingerprint(drawn) if drawn else ""
        if drawn is None or (delivery.sent and shown == delivery.drawn):
            return Sent(at=delivery.sent, rev=delivery.wanted_rev)
        return Sent(at=await self._put(job, drawn), rev=delivery.wanted_rev, drawn=shown)

    async def whisper(self, job: Job) -> Outcome:
        """Say it in the channel to one person alone; raises Denied, and CallFailed when nothing was sent.

        It is dropped where that cannot be settled, or that person is not there: it cannot be looked up, and what it
        tells them is on the record anyway.
        """
        delivery, effect = job.delivery, job.delivery.effect
        answer = Answer(view=effect.view, words=effect.words, picture=job.picture, handles=job.handles)
        drawn = self._drawing.answer(answer, now=self._now())
        try:
            await self._calls.call(
                "chat.postEphemeral",
                row=effect,
                channel=await self._channels.of(job),
                user=effect.people[0],
                text=drawn.text,
                blocks=_blocks(drawn),
            )
        except CallFailed as failed:
            if failed.verdict in _WORTH_A_TRY:
                raise
            log.warning("delivery.whisper_dropped", outbox_id=effect.id, error=failed.error)
            return Skipped()
        return Sent(at=None, rev=delivery.wanted_rev)

    async def _put(self, job: Job, drawn: Drawn) -> ports.Sent:
        sent = job.delivery.sent
        return await self._say(job, drawn) if sent is None else await self._edit(job, sent, drawn)

    async def _edit(self, job: Job, sent: ports.Sent, drawn: Drawn) -> ports.Sent:
        try:
            await self._calls.call(
                "chat.update",
                row=job.delivery.effect,
                channel=sent.channel,
                ts=sent.ts,
                text=drawn.text,
                blocks=_blocks(drawn),
            )
        except CallFailed as failed:
            if failed.error == "message_not_found":
                return await self._say(job, drawn, channel=sent.channel)
            if failed.verdict is not Verdict.HERE:
                raise
            # What was said stays said: an archived channel keeps the old picture, and nothing moves elsewhere.
            log.warning("delivery.redraw_refused", outbox_id=job.delivery.effect.id, error=failed.error)
        return sent

    async def _say(self, job: Job, drawn: Drawn, *, channel: str | None = None) -> ports.Sent:
        parent = job.delivery.parent
        where = channel or (parent.channel if parent else await self._channels.of(job))
        try:
            return await self._post(job, drawn, channel=where, thread=parent.ts if parent else None)
        except CallFailed as failed:
            if failed.error != "thread_not_found":
                raise
            return await self._post(job, drawn, channel=where, thread=None)

    async def _post(self, job: Job, drawn: Drawn, *, channel: str, thread: str | None) -> ports.Sent:
        effect = job.delivery.effect
        answer = await self._calls.call(
            "chat.postMessage",
            row=effect,
            channel=channel,
            text=drawn.text,
            blocks=_blocks(drawn),
            thread_ts=thread,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"id": opaque(effect.id)}},
        )
        return ports.Sent(channel=str(answer["channel"]), ts=str(answer["ts"]))


def fingerprint(drawn: Drawn) -> str:
    """Return a short hash of what is shown, the same for the same picture."""
    return fingerprint_of([drawn.text, list(drawn.blocks)])


def fingerprint_of(shown: object) -> str:
    """Return a short hash of anything that can be written as JSON."""
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:32]


def _blocks(drawn: Drawn) -> list[Json]:
    return cast("list[Json]", list(drawn.blocks))
