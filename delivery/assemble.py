"""Puts the relay together from its parts."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.patience import at_most
from bot.log import get_logger
from bot.ports import StoreAwayError
from delivery.buckets import Limits
from delivery.calls import SlackCalls
from delivery.drawing import Drawing
from delivery.homes import Homes
from delivery.pagers import Pagers
from delivery.places import Channels
from delivery.posts import Posts
from delivery.reconcile import Reconciler
from delivery.relay import After, Pace, Relay, RelayDesk, Settled, nothing_more
from delivery.responses import SLACK_ANSWERS, Responses
from delivery.rooms import Rooms
from delivery.slack import Slack
from delivery.uploads import Uploads

LEARN_S = 1.0
"""Real seconds a message waits until its place is kept by a database that hangs."""

log = get_logger("delivery.assemble")


def assemble(
    *,
    desk: RelayDesk,
    client: AsyncWebClient,
    session: aiohttp.ClientSession,
    pagers: Pagers,
    drawing: Drawing,
    limits: Limits,
    jitter: Callable[[], float],
    answers: str = SLACK_ANSWERS,
    bot_user: Callable[[], str] = str,
    pace: Pace | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    after: After = nothing_more,
    settled: Settled = lambda _effect, _outcome: None,
) -> Relay:
    """Return a relay that is ready to `run`.

    `client` is made by `delivery.web_client` over `session`; `limits` are shared with whoever else calls Slack;
    `answers` is where private answers may go: scheme, host and port. `bot_user` returns Tocsin's own Slack user id;
    Slack is asked while that is empty.
    `jitter` draws from 0 up to 1; `sleep` waits real seconds; `after` is called once a delivery is settled,
    `settled` hears what became of each try.
    """
    calls = SlackCalls(client=client, limits=limits, now=desk.now, bot_user=bot_user)
    channels = Channels(calls=calls, learn=partial(_learn, desk))
    reconciler = Reconciler(calls=calls, channels=channels)
    slack = Slack(
        posts=Posts(calls=calls, channels=channels, drawing=drawing, now=desk.now),
        rooms=Rooms(calls=calls, channels=channels, reconciler=reconciler),
        responses=Responses(session=session, drawing=drawing, now=desk.now, answers=answers),
        homes=Homes(calls=calls, drawing=drawing, now=desk.now),
        uploads=Uploads(calls=calls, channels=channels, session=session, draw=drawing.file, desk=desk),
        reconciler=reconciler,
        pagers=pagers,
        drawing=drawing,
        now=desk.now,
        jitter=jitter,
    )
    return Relay(desk=desk, slack=slack, jitter=jitter, pace=pace, sleep=sleep, after=after, settled=settled)


async def _learn(desk: RelayDesk, place: str, channel: str) -> None:
    """Have the desk keep where a place is; a database that does not answer holds up no message, it is asked again."""
    try:
        with at_most(LEARN_S):
            await desk.learn_place(place, channel)
    except StoreAwayError as away:
        log.warning("delivery.place_not_kept", place=place, error=str(away))
