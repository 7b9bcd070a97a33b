"""The reaction 📌: somebody's message in an incident's channel goes onto its timeline, once."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.incident.commands import AddNote
from bot.incident.decision import LONGEST_NOTE
from bot.incident.refusing.note_refusals import forwarded_from_private
from bot.log import get_logger
from bot.usecases.asked import Asked, Early, Principal
from bot.words import ActorKind
from handlers.publicity import is_public
from handlers.slack_errors import refusal_of
from handlers.typed import plain_words

log = get_logger(__name__)

PIN = "pushpin"
"""Slack's name for 📌."""

PAGE = 200
MOST_LOOKS, MINUTE = 10, timedelta(minutes=1)
"""How many messages are looked at for one person in a minute: each look asks Slack twice, which it limits."""

_GONE = frozenset({"channel_not_found", "message_not_found", "not_in_channel", "thread_not_found"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    """Listens to reactions; `client` carries the bot's token and reads the message that was meant."""

    desk: Desk
    client: AsyncWebClient
    _looks: dict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    async def listen(self, body: dict[str, Any]) -> None:
        """Take a 📌 on a person's message in an incident's channel; every other reaction is people's own affair.

        Only a member of that channel can put it there, and only that channel's incident gets it: what was said in
        one private place never goes onto another's timeline. Put on again and again, it asks nobody anything more.
        """
        event = body["event"]
        item = event.get("item") or {}
        if event.get("reaction") != PIN or item.get("type") != "message":
            return
        number = await self.desk.number_of(channel=item["channel"])
        if number is None or await self.desk.is_answered(f"pin:{item['channel']}:{item['ts']}"):
            return
        if self._is_flood(event["user"]):
            log.warning("pin.flood", actor=event["user"], incident=number)
            return
        try:
            await self._pin(number, event, item)
        except SlackApiError as error:
            if refusal_of(error) not in _GONE:
                raise
            log.info("pin.message_gone", error=refusal_of(error), incident=number)

    def _is_flood(self, person: str) -> bool:
        """Return whether somebody has had as many messages looked at within a minute as one may."""
        looks, now = self._looks[person], self.desk.now()
        while looks and now - looks[0] >= MINUTE:
            looks.popleft()
        looks.append(now)
        return len(looks) > MOST_LOOKS

    async def _pin(self, number: int, event: Mapping[str, Any], item: Mapping[str, Any]) -> None:
        channel, ts = item["channel"], item["ts"]
        message = await self._message(channel, ts)
        if message is None or not _is_a_persons(message) or not await self._is_inside(channel, event["user"]):
            log.info("pin.passed", incident=number)
            return
        forwarded = [one for one in message.get("attachments") or () if one.get("is_share") or one.get("is_msg_unfurl")]
        if not await self._may_stand(forwarded, channel):
            key = f"pin:{channel}:{ts}:{event['user']}"
            who = Principal(kind=ActorKind.PERSON, id=event["user"])
            early = Early(key=key, who=who, verb="pin", number=number, channel=channel)
            await self.desk.refuse_pin(early, forwarded_from_private(number))
            return
        said = (message, *forwarded)
        words = "\n".join(words for one in said if (words := plain_words(one.get("text") or "")))
        asked = Asked(
            key=f"pin:{channel}:{ts}",
            who=Principal(kind=ActorKind.PERSON, id=event["user"]),
            command=AddNote(words=_fitting(words), author=message["user"], pin=f"{channel}/{ts}"),
            number=number,
        )
        await self.desk.pin(asked)

    async def _may_stand(self, forwarded: Sequence[Mapping[str, Any]], here: str) -> bool:
        """Return whether all that was forwarded was said here, or where anyone can read it."""
        places = {str(one.get("channel_id") or "") for one in forwarded} - {here}
        return all([place and await is_public(self.client, place) for place in places])

    async def _message(self, channel: str, ts: str) -> Mapping[str, Any] | None:
        """Return the message at `ts`, a reply in a thread or not."""
        answer = await self.client.conversations_replies(
            channel=channel, ts=ts, oldest=ts, latest=ts, inclusive=True, limit=1
        )
        found: list[Mapping[str, Any]] = answer.get("messages") or []
        return next((one for one in found if one.get("ts") == ts), None)

    async def _is_inside(self, channel: str, person: str) -> bool:
        cursor = ""
        while True:
            answer = await self.client.conversations_members(channel=channel, limit=PAGE, cursor=cursor or None)
            if person in (answer.get("members") or ()):
                return True
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return False


def _is_a_persons(message: Mapping[str, Any]) -> bool:
    return bool(message.get("user")) and not message.get("bot_id") and not message.get("subtype")


def _fitting(words: str) -> str:
    return words if len(words) <= LONGEST_NOTE else f"{words[: LONGEST_NOTE - 1]}…"
