"""Everything that talks to Slack and to pagers, put together for one running bot."""

import random
from dataclasses import dataclass
from functools import partial

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.metrics import Metrics
from bot.ops.frontage import Frontage, frontage
from bot.ops.outward import answers_at, mail_of
from bot.ops.ways_in import has_socket_mode
from bot.settings import Settings
from delivery.assemble import assemble
from delivery.buckets import Limits
from delivery.drawing import Drawing
from delivery.pagers import Pagers
from delivery.quiet import DoNotDisturb, follow_up
from delivery.relay import Relay
from delivery.spool import Spool
from delivery.standby import Standby
from delivery.watching import Lookout
from delivery.web_client import open_client, open_session
from handlers.identity import Identity
from handlers.listeners import build_app
from handlers.sockets import Sockets
from views.answers import answer
from views.home import draw_home
from views.messages import draw
from views.notices import notice
from views.timeline_file import draw_timeline_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The parts that talk to Slack, while they run."""

    session: aiohttp.ClientSession
    client: AsyncWebClient
    relay: Relay
    sockets: Sockets | None
    front: Frontage | None
    lookout: Lookout
    standby: Standby


def reach_out(
    settings: Settings, *, desk: Desk, identity: Identity, metrics: Metrics, spool: Spool, listen: bool
) -> Outside:
    """Return the parts, connected to one another and to nothing else yet; `listen` False takes nothing in."""
    session = open_session()
    token = settings.slack_bot_token.get_secret_value()
    client = open_client(token=token, session=session, base_url=settings.tocsin_slack_api_url)
    quiet = DoNotDisturb(client=client, now=desk.now)
    relay = assemble(
        desk=desk,
        client=client,
        session=session,
        pagers=Pagers(mail=mail_of(settings)),
        drawing=Drawing(message=draw, answer=answer, notice=notice, home=draw_home, file=draw_timeline_file),
        limits=Limits(jitter=random.random),
        jitter=random.random,
        answers=answers_at(settings.tocsin_slack_api_url),
        bot_user=lambda: identity.bot_user_id or "",
        after=partial(follow_up, desk=desk, read=quiet.of),
        settled=lambda effect, outcome: metrics.delivered(
            kind=effect.kind.value, outcome=type(outcome).__name__.lower()
        ),
    )
    standby = Standby(desk=desk, spool=spool, carry=relay.attempt, jitter=random.random)
    app = None
    if listen:
        app = build_app(desk=desk, client=client, identity=identity, metrics=metrics, quiet=quiet.of, standby=standby)
    sockets = _sockets(app, settings) if app and has_socket_mode(settings) else None
    standing = sockets.standing if sockets else None
    front = frontage(settings, desk=desk, metrics=metrics, app=app, sockets=standing)
    return Outside(
        session=session,
        client=client,
        relay=relay,
        sockets=sockets,
        front=front if listen else None,
        lookout=Lookout(desk=desk, client=client),
        standby=standby,
    )


def _sockets(app: AsyncApp, settings: Settings) -> Sockets:
    token = settings.slack_app_token.get_secret_value()
    return Sockets(app=app, app_token=token, client_base_url=settings.tocsin_slack_api_url)
