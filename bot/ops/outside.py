"""Everything that talks to Slack and to pagers, put together for one running bot."""

import random
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.metrics import Metrics
from bot.ops.frontage import Frontage, frontage
from bot.ops.ways_in import has_socket_mode
from bot.settings import SLACK_API, Settings
from delivery.assemble import assemble
from delivery.buckets import Limits
from delivery.drawing import Drawing
from delivery.pagers import MailMode, Pagers, Smtp
from delivery.quiet import DoNotDisturb, follow_up
from delivery.relay import Relay
from delivery.responses import SLACK_ANSWERS
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
        pagers=Pagers(mail=_mail(settings)),
        drawing=Drawing(message=draw, answer=answer, notice=notice, home=draw_home, file=draw_timeline_file),
        limits=Limits(jitter=random.random),
        jitter=random.random,
        answers=_answers_at(settings.tocsin_slack_api_url),
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


def _mail(settings: Settings) -> Smtp | None:
    if not settings.tocsin_smtp_host:
        return None
    return Smtp(
        host=settings.tocsin_smtp_host,
        port=settings.tocsin_smtp_port,
        sender=settings.tocsin_smtp_from,
        user=settings.tocsin_smtp_user,
        password=settings.tocsin_smtp_password.get_secret_value(),
        mode=MailMode(settings.tocsin_smtp_tls),
    )


def _answers_at(api_url: str) -> str:
    """Return where private answers may go: Slack's own host, or the host of another Web API (the sandbox)."""
    if api_url == SLACK_API:
        return SLACK_ANSWERS
    parts = urlsplit(api_url)
    return f"{parts.scheme}://{parts.netloc}"
