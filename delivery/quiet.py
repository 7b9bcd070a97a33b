"""Do Not Disturb: whose phone Slack keeps silent, read beside a page and never before it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.incident.reacting.effects import PAGES, EffectKind
from bot.log import get_logger
from bot.usecases.asked import Job
from bot.usecases.oncall import ReadQuiet
from bot.usecases.outcomes import Outcome, Sent

log = get_logger("delivery.quiet")

FRESH, PAUSE = timedelta(seconds=60), timedelta(seconds=60)
"""How long an answer is good for, and how long nobody is asked for after Slack gave none."""

PATIENCE_S = 1.0
"""Real seconds one look may take: an ack waits for it."""


def quiet_until(answer: Mapping[str, Any], *, now: datetime) -> datetime | None:
    """Return until when the person of Slack's `answer` to dnd.info has Do Not Disturb on, None when it is off.

    Of others Slack shows the next span only; `dnd_enabled` says that there is one, not that it has begun.
    """
    start, end = answer.get("next_dnd_start_ts"), answer.get("next_dnd_end_ts")
    if not answer.get("dnd_enabled") or not isinstance(start, int) or not isinstance(end, int):
        return None
    return datetime.fromtimestamp(end, UTC) if start <= now.timestamp() < end else None


class DoNotDisturb:
    """Asks Slack about people, at most once a minute about each; `now` is virtual time."""

    def __init__(self, *, client: AsyncWebClient, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now
        self._known: dict[str, tuple[datetime, datetime | None]] = {}
        self._closed_until: datetime | None = None

    async def of(self, people: Sequence[str]) -> Mapping[str, datetime]:
        """Return until when those of `people` who have it on have it on; what cannot be read is left out."""
        now = self._now()
        await asyncio.gather(*(self._learn(person) for person in people if self._is_stale(person, now)))
        known = {person: self._known[person][1] for person in people if person in self._known}
        return {person: until for person, until in known.items() if until and until > now}

    def _is_stale(self, person: str, now: datetime) -> bool:
        if self._closed_until and now < self._closed_until:
            return False
        return person not in self._known or now - self._known[person][0] >= FRESH

    async def _learn(self, person: str) -> None:
        now = self._now()
        try:
            async with asyncio.timeout(PATIENCE_S):
                answer = await self._client.dnd_info(user=person)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            self._closed_until = now + PAUSE
            self._known.pop(person, None)
            log.warning("quiet.unanswered", actor=person, error=str(error)[:200])
            return
        said = answer.data if isinstance(answer.data, Mapping) else {}
        self._known[person] = (now, quiet_until(said, now=now))


class QuietDesk(Protocol):
    """What is needed of the desk."""

    async def learn_quiet(self, *, number: int, ref: str, until: datetime) -> None:
        """Write down that whoever page `ref` of incident `number` went to has Do Not Disturb on."""


async def follow_up(job: Job, outcome: Outcome, *, desk: QuietDesk, read: ReadQuiet) -> None:
    """Look, once a page stands in somebody's direct messages, whether Slack made a sound, and write down if not."""
    effect = job.delivery.effect
    is_new = isinstance(outcome, Sent) and job.delivery.sent is None
    if effect.view not in PAGES or effect.kind is not EffectKind.POST or effect.incident is None or not is_new:
        return
    person = str(effect.words.get("person", ""))
    quiet = await read([person])
    if person in quiet:
        await desk.learn_quiet(number=effect.incident, ref=str(effect.words.get("ref", "")), until=quiet[person])
