"""Composing the bot: database, desk, relay, clock, listeners and sockets, started and stopped in order."""

import asyncio
import os
import random
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.desk import Desk
from bot.log import get_logger
from bot.ops.door import Door
from bot.ops.frontage import Frontage, frontage, new_metrics
from bot.ops.idling import idle
from bot.ops.link_signing import signer_of
from bot.ops.shell import serve
from bot.ops.ways_in import check_ways_in, has_socket_mode
from bot.policy.rota import Member
from bot.settings import SLACK_API, Settings
from bot.usecases.world import World
from delivery.assemble import assemble
from delivery.buckets import Limits
from delivery.directory import Directory
from delivery.drawing import Drawing
from delivery.pagers import MailMode, Pagers, Smtp
from delivery.quiet import DoNotDisturb, follow_up
from delivery.relay import Relay
from delivery.responses import SLACK_ANSWERS
from delivery.watching import Lookout
from delivery.web_client import open_client, open_session
from handlers.identity import Identity
from handlers.listeners import build_app
from handlers.people import member
from handlers.slack_errors import refusal_of
from handlers.sockets import WRONG_TOKEN, Sockets, check_bot_token
from storage.unit_of_work import Database
from views.answers import answer
from views.home import draw_home
from views.messages import draw
from views.notices import notice
from views.timeline_file import draw_timeline_file

log = get_logger("tocsin.app")
Now = Callable[[], datetime]
DRAIN_S = 4.0
"""Seconds that deliveries under way may take to finish at the end; with what else is closed, all within ten."""

LEARN_WITHIN = 2.0
"""Seconds the first look at the workspace may hold up listening; afterwards it goes on behind it."""


def real_now() -> datetime:
    """Return the present moment, aware UTC."""
    return datetime.now(UTC)


def policy_files(folder: Path) -> Mapping[str, bytes]:
    """Return the policy's files by name; an empty folder gives none."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}


def door_path(url: str) -> Path | None:
    """Return where the door of the bot on this database is; None on PostgreSQL, which needs none."""
    return Path(f"{url.removeprefix('sqlite:///')}.sock") if url.startswith("sqlite:///") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The parts that talk to Slack, while they run."""

    session: aiohttp.ClientSession
    client: AsyncWebClient
    relay: Relay
    sockets: Sockets | None
    front: Frontage | None
    lookout: Lookout


class Bot:
    """One running Tocsin. `now` gives its time; `owner` names this process in the outbox."""

    def __init__(self, settings: Settings, *, now: Now = real_now, owner: str = "") -> None:
        self.settings = settings
        url = settings.database_url.get_secret_value()
        self.database = Database(url)
        self._door_at = door_path(url)
        self._writer = ThreadPoolExecutor(1 if self._door_at else 8, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(4, thread_name_prefix="reader")
        self.identity, self.metrics = Identity(), new_metrics()
        self.desk = Desk(
            world=World(now=now),
            write=self.database.write,
            read=self.database.read,
            owner=owner or f"{os.uname().nodename}:{os.getpid()}:{secrets.token_hex(3)}",
            writer=self._writer,
            readers=self._readers,
        )
        self.clock = Clock(
            self.desk,
            heartbeat=self._beat if settings.tocsin_heartbeat_url.get_secret_value() else None,
            watch=self._watch,
            swept=self.metrics.swept,
        )
        self.outside: Outside | None = None
        self._door: Door | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def prepare(self) -> None:
        """Bring the schema up to date; where no policy is in force yet, adopt the folder's.

        Later a folder that changed is only proposed: nothing takes force by lying on a disk. PolicyRejected when the
        first one is nonsense.
        """
        self.database.migrate()
        if not await self.desk.has_policy():
            await self.adopt()

    async def _watch(self) -> None:
        """Look once a minute at what nobody tells: the policy folder, and whether private channels still are."""
        await self.consider()
        if self.outside:
            self.outside.lookout.begin()

    async def consider(self) -> None:
        """Propose to the Board what the policy folder holds, if it changed; a folder that is gone is said aloud too."""
        await self.desk.consider(await asyncio.to_thread(policy_files, self.settings.tocsin_policies))

    async def adopt(self) -> str | None:
        """Put the folder's policy in force; return its version, None when it already is or the folder is empty."""
        files = policy_files(self.settings.tocsin_policies)
        adopted = await self.desk.adopt(files, approved_by="folder") if files else None
        if adopted:
            log.info("policy.adopted", version=adopted)
        return adopted

    async def start(self, *, listen: bool = True) -> None:
        """Connect, learn who is who, and begin to deliver and to tick; `listen` False takes nothing in from Slack."""
        if listen:
            check_bot_token(self.settings.slack_bot_token.get_secret_value())
            check_ways_in(self.settings)
        if self._door_at:
            await self.desk.take_over()
        self.desk.world.links = await signer_of(self.settings, self.desk)
        self.outside = outside = self._reach_out(listen=listen)
        directory = Directory(desk=self.desk, client=outside.client, identify=self._identify, to_member=self._member)
        if self._door_at:
            self._door = Door(self._door_at, lambda request: serve(self.desk, request))
            await self._door.open()
        self._tasks = [asyncio.create_task(outside.relay.run())]
        self.clock.start()
        learned = False
        with suppress(TimeoutError):
            async with asyncio.timeout(LEARN_WITHIN):
                learned = await directory.learn()
        self._tasks.append(asyncio.create_task(directory.keep(learned=learned)))
        if outside.front:
            await outside.front.server.start()
        if outside.sockets:
            await outside.sockets.start()
        log.info("bot.started", team=self.identity.team_id)

    def _reach_out(self, *, listen: bool) -> Outside:
        settings = self.settings
        session = open_session()
        token = settings.slack_bot_token.get_secret_value()
        client = open_client(token=token, session=session, base_url=settings.tocsin_slack_api_url)
        quiet = DoNotDisturb(client=client, now=self.desk.now)
        relay = assemble(
            desk=self.desk,
            client=client,
            session=session,
            pagers=Pagers(mail=_mail(settings)),
            drawing=Drawing(message=draw, answer=answer, notice=notice, home=draw_home, file=draw_timeline_file),
            limits=Limits(jitter=random.random),
            jitter=random.random,
            answers=_answers_at(settings.tocsin_slack_api_url),
            bot_user=lambda: self.identity.bot_user_id or "",
            after=partial(follow_up, desk=self.desk, read=quiet.of),
            settled=lambda effect, outcome: self.metrics.delivered(
                kind=effect.kind.value, outcome=type(outcome).__name__.lower()
            ),
        )
        app = self._app(client, quiet) if listen else None
        sockets = self._listen(app) if app and has_socket_mode(self.settings) else None
        front = frontage(
            self.settings,
            desk=self.desk,
            metrics=self.metrics,
            app=app,
            sockets=sockets.standing if sockets else None,
        )
        lookout, shown = Lookout(desk=self.desk, client=client), front if listen else None
        return Outside(session=session, client=client, relay=relay, sockets=sockets, front=shown, lookout=lookout)

    def _app(self, client: AsyncWebClient, quiet: DoNotDisturb) -> AsyncApp:
        return build_app(desk=self.desk, client=client, identity=self.identity, metrics=self.metrics, quiet=quiet.of)

    def _listen(self, app: AsyncApp) -> Sockets:
        return Sockets(
            app=app,
            app_token=self.settings.slack_app_token.get_secret_value(),
            client_base_url=self.settings.tocsin_slack_api_url,
        )

    async def _identify(self) -> None:
        if self.outside is None:
            return
        try:
            await self.identity.learn(self.outside.client)
        except SlackApiError as error:
            if refusal_of(error) in WRONG_TOKEN:
                mend = "https://api.slack.com/apps (OAuth & Permissions)"
                log.critical("token.refused", setting="SLACK_BOT_TOKEN", error=refusal_of(error), mend=mend)
            raise
        self.desk.world.home_team = self.identity.team_id or ""

    def _member(self, user: Mapping[str, Any]) -> Member:
        return member(user, home_team=self.identity.team_id or "")

    async def _beat(self) -> None:
        """Tell the outside that all is well; its address is a secret and never logged."""
        if self.outside is None:
            return
        address = self.settings.tocsin_heartbeat_url.get_secret_value()
        try:
            async with self.outside.session.get(address) as response:
                if not response.ok:
                    log.warning("heartbeat.refused", status=response.status)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("heartbeat.unanswered", error=type(error).__name__)

    async def idle(self) -> tuple[int, datetime | None]:
        """Run what is due; return how much is still under way, and when something next falls due."""
        return await idle(clock=self.clock, desk=self.desk, under_way=self._under_way)

    def _under_way(self) -> int:
        outside = self.outside
        return self.desk.busy + (outside.relay.in_flight + outside.lookout.in_flight if outside else 0)

    async def stop(self) -> None:
        """Stop taking in, finish what was begun, and close everything."""
        outside = self.outside
        if outside and outside.front:
            outside.front.close_door()
        if outside and outside.sockets:
            await outside.sockets.close()
        if self._door:
            await self._door.close()
        self.clock.stop()
        if outside:
            await outside.lookout.stop()
            await outside.relay.drain(within=DRAIN_S)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if outside and outside.front:
            await outside.front.server.close()
        if outside:
            await outside.session.close()
        self.close()

    def close(self) -> None:
        """Close the database and the threads, once what they are writing is written."""
        self._writer.shutdown()
        self._readers.shutdown()
        self.database.close()


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
