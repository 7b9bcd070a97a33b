"""Composing the bot: database, desk, relay, clock, listeners and sockets, started and stopped in order."""

import asyncio
import os
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.attendance import Attendance
from bot.clock import Clock
from bot.desk import Desk
from bot.desk.people_first import PeopleFirst
from bot.log import get_logger
from bot.ops.door import Door
from bot.ops.frontage import new_metrics
from bot.ops.idling import idle
from bot.ops.link_signing import signer_of
from bot.ops.outside import Outside, reach_out
from bot.ops.shell import serve
from bot.ops.spool_place import spool_folder
from bot.ops.sqlite_file import sqlite_file
from bot.ops.ways_in import check_ways_in
from bot.policy.rota import Member
from bot.ports import StoreAwayError
from bot.settings import Settings
from bot.usecases.world import World
from delivery.directory import Directory
from delivery.spool import Spool
from handlers.identity import Identity
from handlers.people import member
from handlers.slack_errors import refusal_of
from handlers.sockets import WRONG_TOKEN, check_bot_token
from storage.unit_of_work import Database

log = get_logger("tocsin.app")
Now = Callable[[], datetime]
DRAIN_S = 4.0
"""Seconds that deliveries under way may take to finish at the end; with what else is closed, all within ten."""

PREPARE_S = 5.0
"""Seconds a start waits for a database of which something is remembered, before it goes on without."""

CATCH_UP_S = 2.0
"""Seconds between two tries at a database that did not answer when Tocsin was started."""

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
    file = sqlite_file(url)
    return Path(f"{file}.sock") if file else None


class Bot:
    """One running Tocsin. `now` gives its time; `owner` names this process in the outbox."""

    def __init__(self, settings: Settings, *, now: Now = real_now, owner: str = "") -> None:
        self.settings = settings
        url = settings.database_url.get_secret_value()
        self.database = Database(url)
        self._door_at = door_path(url)
        self._writer = PeopleFirst(1 if self._door_at else 8, name="writer")
        self._readers = ThreadPoolExecutor(4, thread_name_prefix="reader")
        self.identity, self.metrics = Identity(), new_metrics()
        self.desk = Desk(
            world=World(now=now),
            write=self.database.write,
            read=self.database.read,
            owner=owner or f"{os.uname().nodename}:{os.getpid()}:{secrets.token_hex(3)}",
            writer=self._writer,
            behind=self._writer.behind,
            readers=self._readers,
        )
        self.clock = Clock(
            self.desk,
            heartbeat=self._beat if settings.tocsin_heartbeat_url.get_secret_value() else None,
            watch=self._watch,
            swept=self.metrics.swept,
            attendance=Attendance(self.desk, stands_still=now is real_now),
            standby=self._stand_by,
        )
        self._spool, self._is_behind = Spool(spool_folder(settings)), False
        self.outside: Outside | None = None
        self._door: Door | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def prepare(self) -> None:
        """Bring the schema up to date; where no policy is in force yet, adopt the folder's.

        Later a folder that changed is only proposed: nothing takes force by lying on a disk. PolicyRejected when the
        first one is nonsense. StoreAwayError when the database does not answer and nothing is remembered of it; else
        it is tried again behind everything else.
        """
        try:
            async with asyncio.timeout(PREPARE_S if self._spool.remembered() else None):
                await self._prepare()
        except TimeoutError:
            self._go_on_without(StoreAwayError("it did not answer in time"))
        except StoreAwayError as away:
            self._go_on_without(away)

    async def _prepare(self) -> None:
        await asyncio.to_thread(self.database.migrate)
        if not await self.desk.has_policy():
            await self.adopt()

    def _go_on_without(self, away: StoreAwayError) -> None:
        """Go on by what is remembered of the database: alarms are written down and paged from there."""
        if self._spool.remembered() is None:
            raise away
        self._is_behind = self.desk.pulse.is_away = True
        log.error("database.away", error=str(away), spool=str(self._spool.folder))

    async def _catch_up(self) -> None:
        """Do what the start could not, as soon as the database answers."""
        while self._is_behind:
            await asyncio.sleep(CATCH_UP_S)
            with suppress(StoreAwayError):
                await self._prepare()
                await self._take_over()
                self._is_behind = False
        log.info("database.back")

    async def _take_over(self) -> None:
        if self._door_at:
            await self.desk.take_over()
        self.desk.world.links = await signer_of(self.settings, self.desk)

    async def _stand_by(self) -> None:
        if self.outside:
            await self.outside.standby.turn()

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
        if not self._is_behind:
            await self._take_over()
        self.outside = outside = reach_out(
            self.settings,
            desk=self.desk,
            identity=self.identity,
            metrics=self.metrics,
            spool=self._spool,
            listen=listen,
        )
        if self._is_behind:
            outside.standby.recall()
        directory = Directory(desk=self.desk, client=outside.client, identify=self._identify, to_member=self._member)
        if self._door_at:
            self._door = Door(self._door_at, lambda request: serve(self.desk, request, standby=outside.standby))
            await self._door.open()
        self._tasks = [asyncio.create_task(outside.relay.run())]
        self.clock.start()
        learned = False
        with suppress(TimeoutError):
            async with asyncio.timeout(LEARN_WITHIN):
                learned = await directory.learn()
        self._tasks.append(asyncio.create_task(directory.keep(learned=learned)))
        if self._is_behind:
            self._tasks.append(catching_up := asyncio.create_task(self._catch_up()))
            catching_up.add_done_callback(_say_failed)
        else:
            await outside.standby.learn()
        if outside.front:
            await outside.front.server.start()
        if outside.sockets:
            await outside.sockets.start()
        log.info("bot.started", team=self.identity.team_id)

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
        standby = self.outside.standby if self.outside else None
        return await idle(clock=self.clock, desk=self.desk, standby=standby, under_way=self._under_way)

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
        await self.clock.part()
        if outside:
            await outside.lookout.stop()
            await outside.standby.stop()
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


def _say_failed(catching_up: asyncio.Task[None]) -> None:
    """Say why what the start could not do is not tried any more; nobody waits for it who would hear."""
    if not catching_up.cancelled() and catching_up.exception():
        log.critical("database.not_caught_up", exc_info=catching_up.exception())
