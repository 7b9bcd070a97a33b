"""What the handlers' tests share: a real desk on a fresh database, behind a real Bolt app, in a sandbox."""

import io
import json
import logging
import shutil
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.incident.reacting.effects import EffectKind
from bot.log import configure
from bot.ports import DeliveryState
from bot.usecases.world import World
from handlers.identity import Identity
from handlers.listeners import build_app
from handlers.people import member
from handlers.sockets import Sockets
from sandbox.clock import BotState
from sandbox.server import Sandbox
from storage.unit_of_work import Database
from tests.logs import log_nowhere

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


@dataclass
class Office:
    """A sandbox with Tocsin's handlers connected to it."""

    slack: Sandbox
    desk: Desk
    app: AsyncApp
    identity: Identity
    sockets: Sockets
    database: Database

    async def types(self, who: str, text: str, *, channel: str = "general") -> dict[str, Any]:
        """Type `/incident …` and return what came of it."""
        return await self.slack.act({"as": who, "do": "command", "channel": channel, "text": f"/incident {text}"})

    async def presses(self, who: str, button: str, **more: Any) -> dict[str, Any]:
        """Press a button and return what came of it."""
        return await self.slack.act({"as": who, "do": "click", "button": button, **more})

    async def submits(self, who: str, **values: Any) -> dict[str, Any]:
        """Fill in the open form by block id, submit it, and return what came of it."""
        return await self.slack.act({"as": who, "do": "submit", "values": values})

    async def dispatches(self, payload: Mapping[str, Any]) -> BoltResponse:
        """Hand Bolt a payload as a socket delivers it, forged or not, and return what Slack would hear."""
        return await self.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=dict(payload), headers={}))

    def person(self, handle: str) -> str:
        """The Slack user id of somebody."""
        return next(one.id for one in self.slack.workspace.people.values() if one.handle == handle)

    def answers(self) -> list[str]:
        """The private answers that wait in the outbox, by view."""
        with self.database.read() as unit:
            waiting = unit.outbox.listing(states=[DeliveryState.PENDING])
        return [row.effect.view for row in waiting if row.effect.kind is EffectKind.RESPOND]

    def incidents(self) -> list[Any]:
        """Every open incident."""
        with self.database.read() as unit:
            return list(unit.incidents.open())

    def entries(self) -> int:
        """How many audit entries there are."""
        with self.database.read() as unit:
            return int(unit.audit.count())


def said(result: Mapping[str, Any]) -> str:
    """The whole of what Slack shows for an answer: its last message's text and blocks, or the dialog's, as JSON."""
    shown = result["messages"][-1] if result["messages"] else result["view"] or {}
    return json.dumps({"text": shown.get("text", ""), "blocks": shown.get("blocks", [])}, ensure_ascii=False)


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """A migrated database."""
    path: Path = tmp_path_factory.mktemp("template") / "t.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@pytest.fixture
def database(template, tmp_path) -> Iterator[Database]:
    """A fresh migrated database, opened."""
    path = tmp_path / "tocsin.db"
    shutil.copy(template, path)
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """A sandbox with Tocsin's own manifest, in frozen time."""
    manifest = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
    sandbox = Sandbox(manifest=manifest, started_at=START)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def desk(slack, database) -> Desk:
    """A desk in the sandbox's time, that knows the shipped policy and the sandbox's people."""
    desk = Desk(world=World(now=slack.clock.now), write=database.write, read=database.read, owner="test")
    files = {path.name: path.read_bytes() for path in (ROOT / "policies").glob("*.yaml")}
    await desk.adopt(files, approved_by="test")
    return desk


@pytest.fixture
async def client(slack) -> AsyncIterator[AsyncWebClient]:
    """The client handlers open dialogs with."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])


@pytest.fixture
async def office(slack, desk, client, database) -> AsyncIterator[Office]:
    """Everything connected, over one socket."""
    identity = Identity()
    await identity.learn(client)
    desk.world.home_team = identity.team_id or ""
    users = await client.users_list()
    await desk.meet([member(user, home_team=desk.world.home_team) for user in users["members"]])
    app = build_app(desk=desk, client=client, identity=identity)
    sockets = Sockets(app=app, app_token=slack.app_token, client_base_url=slack.api_url, stagger=60.0)
    await sockets.start()
    await sockets.connected()
    slack.register_bot(lambda _now: _state(desk))
    yield Office(slack=slack, desk=desk, app=app, identity=identity, sockets=sockets, database=database)
    await sockets.close()


async def _state(desk: Desk) -> BotState:
    return BotState(busy=desk.busy, next_wake=None)


@pytest.fixture
def logged() -> Iterator[Callable[[str], list[dict[str, Any]]]]:
    """Log lines by event, as they are written; the process's logging is put back afterwards."""
    handlers, level, stream = logging.root.handlers[:], logging.root.level, io.StringIO()
    configure(stream=stream)

    parsed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    read = 0

    def lines(event: str) -> list[dict[str, Any]]:
        nonlocal read
        stream.seek(read)
        for line in map(json.loads, stream.read().splitlines()):
            parsed[line["event"]].append(line)
        read = stream.tell()
        return list(parsed[event])

    yield lines
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    log_nowhere()
