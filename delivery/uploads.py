"""Uploads files: an address is asked for, the bytes are sent there, and the file is shared where it belongs."""

import json
from typing import Protocol

import aiohttp
from yarl import URL

from bot.incident.reacting.effects import Effect
from bot.incident.reading.timeline_file import TimelineFile
from bot.log import get_logger
from bot.usecases.asked import Job
from bot.usecases.outcomes import Outcome, Sent, Skipped
from delivery.calls import SlackCalls
from delivery.drawing import DrawFile
from delivery.outcomes import CallFailed, Verdict, classify, retry_after
from delivery.places import PAGE, Channels
from delivery.web_client import LOOPBACK

UPLOAD = "upload"
_OK, _TOO_MANY, _SERVER_ERROR = 200, 429, 500

log = get_logger("delivery.uploads")


class FileDesk(Protocol):
    """What uploads need of the desk."""

    async def timeline_file(self, effect: Effect, /) -> TimelineFile | None:
        """Return what the file holds now, None when its reader may no longer have it."""

    async def keep_file(self, row: str, file: str, /) -> None:
        """Keep Slack's id of the file that the outbox row `row` is about to share."""


class Uploads:
    """Puts files into direct messages; its bytes are read and written when they are sent, not before."""

    def __init__(
        self,
        *,
        calls: SlackCalls,
        channels: Channels,
        session: aiohttp.ClientSession,
        draw: DrawFile,
        desk: FileDesk,
    ) -> None:
        self._calls = calls
        self._channels = channels
        self._session = session
        self._draw = draw
        self._desk = desk

    async def upload(self, job: Job) -> Outcome:
        """Share the file with its one reader, or skip it when they may no longer read it; raises Denied, CallFailed.

        Whatever breaks off before the last step leaves nothing anybody sees, so a next try begins afresh. The id of
        the file is kept before that step, so that a doubtful one can be settled.
        """
        effect = job.delivery.effect
        file = await self._desk.timeline_file(effect)
        if file is None or not await self._is_inside(effect, file.members_of):
            log.warning("delivery.file_withheld", outbox_id=effect.id)
            return Skipped()
        drawn = self._draw(file)
        channel = await self._channels.of(job)
        given = await self._calls.call(
            "files.getUploadURLExternal", row=effect, filename=drawn.name, length=len(drawn.content)
        )
        await self._put(str(given["upload_url"]), drawn.content)
        await self._desk.keep_file(effect.id, str(given["file_id"]))
        await self._calls.call(
            "files.completeUploadExternal",
            row=effect,
            files=json.dumps([{"id": given["file_id"], "title": drawn.title}]),
            channel_id=channel,
            initial_comment=drawn.comment,
        )
        return Sent(at=None, rev=job.delivery.wanted_rev)

    async def _is_inside(self, effect: Effect, channel: str) -> bool:
        """Return whether the reader is still in the channel whose members alone may read this; no channel, no limit."""
        cursor: str | None = None
        while channel:
            answer = await self._calls.call(
                "conversations.members", row=effect, channel=channel, limit=PAGE, cursor=cursor
            )
            if effect.place.key in (answer.get("members") or ()):
                return True
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return False
        return True

    async def _put(self, address: str, content: bytes) -> None:
        url = URL(address)
        if url.scheme != "https" and url.host not in LOOPBACK:
            raise CallFailed(method=UPLOAD, verdict=Verdict.PERMANENT, error="foreign_upload_url")
        try:
            async with self._session.post(url, data=content, allow_redirects=False) as answer:
                status, header = answer.status, answer.headers.get("Retry-After", "")
        except (aiohttp.ClientError, OSError) as error:
            raise classify(UPLOAD, error) from error
        if status == _TOO_MANY:
            raise CallFailed(method=UPLOAD, verdict=Verdict.LIMITED, error="ratelimited", after=retry_after(header))
        if status != _OK:
            verdict = Verdict.AMBIGUOUS if status >= _SERVER_ERROR else Verdict.PERMANENT
            raise CallFailed(method=UPLOAD, verdict=verdict, error=f"http_{status}")
