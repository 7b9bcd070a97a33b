"""Carries out one effect of any kind, and says what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.incident.reacting.effects import EffectKind
from bot.incident.showing import READ_BY_OTHERS
from bot.usecases.asked import Job
from bot.usecases.outcomes import Dead, Elsewhere, Outcome, Retry, Sent, Skipped
from delivery.drawing import Drawing
from delivery.homes import Homes
from delivery.outcomes import CallFailed, Denied, Verdict, again, settle_failed
from delivery.pagers import BadWayError, PageNotSentError, Pagers
from delivery.posts import Posts
from delivery.reconcile import Reconciler
from delivery.responses import Responses
from delivery.rooms import Rooms
from delivery.uploads import Uploads

DOUBLING = frozenset(
    {"chat.postMessage", "conversations.create", "conversations.setTopic", "files.completeUploadExternal"}
)
"""Calls that would be seen twice if they were blindly repeated."""

DOUBLING_KINDS = frozenset({EffectKind.POST, EffectKind.OPEN_CHANNEL, EffectKind.TOPIC, EffectKind.UPLOAD})
"""Effects made of such calls; a try that broke off is looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack:
    """Everything that can be done outside; `now` is virtual time, `jitter` draws from 0 up to 1."""

    posts: Posts
    rooms: Rooms
    responses: Responses
    homes: Homes
    uploads: Uploads
    reconciler: Reconciler
    pagers: Pagers
    drawing: Drawing
    now: Callable[[], datetime]
    jitter: Callable[[], float]

    async def carry_out(self, job: Job) -> Outcome:
        """Carry `job` out, after settling what an earlier try may have done; return what became of it.

        Only what nobody expected is raised.
        """
        if job.delivery.in_doubt:
            try:
                found = await self.reconciler.look_up(job)
            except Denied as denied:
                return Retry(after=denied.after, in_doubt=True, error=str(denied), counted=False)
            except CallFailed as failed:
                return self._failed(job, failed, in_doubt=True)
            if found is not None:
                return found
        if job.is_overtaken or job.is_kept_away:
            return Elsewhere(error=READ_BY_OTHERS) if job.is_kept_away else Skipped()
        try:
            return await self._do(job)
        except Denied as denied:
            return Retry(after=denied.after, in_doubt=False, error=str(denied), counted=False)
        except CallFailed as failed:
            doubtful = failed.verdict is Verdict.AMBIGUOUS and failed.method in DOUBLING
            return self._failed(job, failed, in_doubt=doubtful)

    def _failed(self, job: Job, failed: CallFailed, *, in_doubt: bool) -> Outcome:
        return settle_failed(failed, delivery=job.delivery, in_doubt=in_doubt, jitter=self.jitter())

    async def _do(self, job: Job) -> Outcome:
        match job.delivery.effect.kind:
            case EffectKind.OPEN_CHANNEL | EffectKind.INVITE | EffectKind.REMOVE | EffectKind.PIN | EffectKind.TOPIC:
                return await self._furnish(job)
            case EffectKind.POST:
                return await self.posts.post(job)
            case EffectKind.RESPOND:
                return await self.responses.respond(job)
            case EffectKind.NOTIFY:
                return await self._notify(job)
            case EffectKind.WHISPER:
                return await self.posts.whisper(job)
            case EffectKind.HOME:
                return await self.homes.publish(job)
            case EffectKind.UPLOAD:
                return await self.uploads.upload(job)
            case unknown:
                assert_never(unknown)

    async def _furnish(self, job: Job) -> Outcome:
        steps = {
            EffectKind.OPEN_CHANNEL: self.rooms.open,
            EffectKind.INVITE: self.rooms.invite,
            EffectKind.REMOVE: self.rooms.remove,
            EffectKind.PIN: self.rooms.pin,
            EffectKind.TOPIC: self.rooms.topic,
        }
        return await steps[job.delivery.effect.kind](job)

    async def _notify(self, job: Job) -> Outcome:
        delivery, effect = job.delivery, job.delivery.effect
        words = {**effect.words, "link": job.link}
        notice = self.drawing.notice(effect.view, job.picture, words, now=self.now())
        if notice is None:
            return Skipped()
        subject, body = notice
        try:
            await self.pagers.send(url=str(effect.words.get("url", "")), subject=subject, body=body)
        except BadWayError as bad:
            return Dead(error=str(bad))
        except PageNotSentError as missed:
            return again(str(missed), delivery=delivery, in_doubt=False, jitter=self.jitter(), outage=False)
        return Sent(at=None, rev=delivery.wanted_rev)
