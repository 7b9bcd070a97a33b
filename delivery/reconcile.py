"""Settles deliveries in doubt: looks whether an earlier try succeeded before anything is sent again."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from hashlib import sha256
from html import unescape
from typing import Any, assert_never

from bot import ports
from bot.incident import naming
from bot.incident.reacting.effects import EffectKind
from bot.ports import Delivery
from bot.usecases.asked import Job
from bot.usecases.outcomes import ChannelMade, Outcome, Sent, Skipped
from delivery.calls import SlackCalls
from delivery.outcomes import CallFailed
from delivery.places import PAGE, Channels, mine

EVENT_TYPE = "tocsin_delivery"
SKEW = timedelta(minutes=2)
"""How far the clocks of this machine and of Slack may be apart."""

MOST_NAMES = 9


def opaque(effect_id: str) -> str:
    """Return what message metadata carries of an outbox id: enough to recognise it, nothing to read."""
    return sha256(effect_id.encode()).hexdigest()[:24]


def names(wanted: str) -> Iterator[str]:
    """Return the names an incident's channel may get: the one wanted, then with -2, -3 … -9."""
    yield wanted
    yield from (f"{wanted}-{number}" for number in range(2, MOST_NAMES + 1))


class Reconciler:
    """Reads Slack for what an earlier try may have left there."""

    def __init__(self, *, calls: SlackCalls, channels: Channels) -> None:
        self._calls = calls
        self._channels = channels

    async def look_up(self, job: Job) -> Outcome | None:
        """Return what an earlier try of `job` achieved, None when nothing is there and it is to be done (again).

        A private answer can never be looked up, so it is dropped; what may be done twice is done again (a page by
        e-mail carries the same short id). Raises Denied and CallFailed when Slack cannot be read.
        """
        match job.delivery.effect.kind:
            case EffectKind.POST:
                return await self._posted(job)
            case EffectKind.OPEN_CHANNEL:
                return await self.channel_made(job.delivery)
            case EffectKind.RESPOND | EffectKind.WHISPER:
                return Skipped()
            case EffectKind.TOPIC:
                return await self._topic_written(job)
            case EffectKind.UPLOAD:
                return await self._shared(job)
            case EffectKind.INVITE | EffectKind.REMOVE | EffectKind.PIN | EffectKind.NOTIFY | EffectKind.HOME:
                return None
            case unknown:
                assert_never(unknown)

    async def channel_made(self, delivery: Delivery) -> ChannelMade | None:
        """Return the channel of ours that an earlier try made since its intent, None if there is none."""
        effect = delivery.effect
        wanted = frozenset(names(str(effect.words["name"])))
        types = "private_channel" if effect.words.get("private") else "public_channel"
        since = _since(delivery)
        me = await self._calls.me(row=effect)
        for channel in await mine(self._calls, row=effect, types=types):
            ours = channel.get("creator") == me and float(channel.get("created", 0)) >= since
            if ours and channel["name"] in wanted and channel["id"] != effect.words.get("left"):
                return ChannelMade(channel=str(channel["id"]), name=str(channel["name"]))
        return None

    async def _topic_written(self, job: Job) -> Sent | None:
        """Return that the topic stands already: written again it would be a second line in the channel."""
        if job.picture is None:
            return None
        effect, channel = job.delivery.effect, await self._channels.of(job)
        answer = await self._calls.call("conversations.info", row=effect, channel=channel)
        stands = unescape(str(answer["channel"]["topic"]["value"]))
        return Sent(at=None, rev=job.delivery.wanted_rev) if stands == naming.topic(job.picture.incident) else None

    async def _posted(self, job: Job) -> Sent | None:
        delivery = job.delivery
        channel = delivery.parent.channel if delivery.parent else await self._channels.of(job)
        ts = await self._find(delivery, channel)
        if ts is None or (delivery.sent and delivery.sent.ts == ts):
            return None
        # Which revision an unheard answer was for is unknown beyond the first; the row is then drawn once more.
        return Sent(at=ports.Sent(channel=channel, ts=ts), rev=1 if delivery.sent is None else delivery.sent_rev)

    async def _shared(self, job: Job) -> Sent | None:
        """Return that the file which an earlier try was about to share stands in its direct message.

        It is known by the id kept before that try shared it; without one nothing was shared.
        """
        delivery = job.delivery
        if not delivery.file:
            return None
        channel = await self._channels.of(job)
        ts = await self._search("conversations.history", delivery, channel=channel)
        return Sent(at=ports.Sent(channel=channel, ts=ts), rev=delivery.wanted_rev) if ts else None

    async def _find(self, delivery: Delivery, channel: str) -> str | None:
        if delivery.parent is None:
            return await self._search("conversations.history", delivery, channel=channel)
        try:
            return await self._search("conversations.replies", delivery, channel=channel, ts=delivery.parent.ts)
        except CallFailed as failed:
            if failed.error != "thread_not_found":
                raise
            return await self._search("conversations.history", delivery, channel=channel)

    async def _search(self, method: str, delivery: Delivery, *, channel: str, ts: str | None = None) -> str | None:
        effect, cursor = delivery.effect, None
        me = await self._calls.me(row=effect)
        while True:
            answer = await self._calls.call(
                method,
                row=effect,
                channel=channel,
                ts=ts,
                oldest=f"{_since(delivery):.6f}",
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor,
            )
            found = next((one for one in answer.get("messages") or () if _is(one, delivery, me)), None)
            if found is not None:
                return str(found["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return None


def _since(delivery: Delivery) -> float:
    return (delivery.intent_at - SKEW).timestamp() if delivery.intent_at else 0.0


def _is(message: Mapping[str, Any], delivery: Delivery, me: str) -> bool:
    if message.get("user") != me:
        return False
    if delivery.file:
        return any(one.get("id") == delivery.file for one in message.get("files") or ())
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == EVENT_TYPE and (
        (metadata.get("event_payload") or {}).get("id") == opaque(delivery.effect.id)
    )
