"""A process asked to stop: what is in progress finishes, claims are released, and it ends well within ten seconds."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.ops.company import ROOT
from bot.ops.manifests import shipped
from bot.ports import DeliveryState
from sandbox.server import Sandbox
from storage.unit_of_work import Database
from tests.web.conftest import SECRET, signature, slash

DECLARES = slash("declare sev1 Checkout returns 500s")


@dataclass
class Served:
    """`tocsin run` as a process of its own, in a sandbox."""

    sandbox: Sandbox
    process: asyncio.subprocess.Process
    port: int
    database: str
    session: aiohttp.ClientSession

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    async def ready(self) -> None:
        """Wait until it says so."""
        async with asyncio.timeout(30):
            while not await self._is_ready():  # noqa: ASYNC110 - a process tells nobody
                await asyncio.sleep(0.05)

    async def _is_ready(self) -> bool:
        try:
            async with self.session.get(f"{self.url}/readyz") as answered:
                return answered.status == 200
        except aiohttp.ClientError:
            return False

    async def stop(self) -> tuple[int | None, float]:
        """Send SIGTERM; return the exit code and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(self.process.wait(), timeout=15)
        return self.process.returncode, time.monotonic() - began


@pytest.fixture
async def served(tmp_path: Path, unused_port: int) -> AsyncIterator[Served]:
    """Tocsin in both ways at once, Socket Mode and HTTP."""
    sandbox = Sandbox(manifest=shipped(), flowing=True)
    await sandbox.start()
    url = f"sqlite:///{tmp_path}/tocsin.db"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "TOCSIN_"))},
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_SIGNING_SECRET": SECRET,
        "TOCSIN_HTTP_PORT": str(unused_port),
        "TOCSIN_SLACK_API_URL": sandbox.api_url,
        "TOCSIN_POLICIES": str(ROOT / "policies"),
        "DATABASE_URL": url,
        "PYTHONPATH": str(ROOT),
    }
    command = (sys.executable, "-c", "from bot.cli import main; main()", "run")
    with (tmp_path / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(*command, env=environment, cwd=tmp_path, stdout=log, stderr=log)
    async with aiohttp.ClientSession() as session:
        running = Served(sandbox, process, unused_port, url, session)
        try:
            await running.ready()
            yield running
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
            await sandbox.stop()


@pytest.fixture
def unused_port() -> int:
    """A port nobody listens on just now."""

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def test_asked_to_stop_it_ends_well(served):
    """Exit code 0, soon, connections closed, nothing left claimed."""

    async with served.session.post(
        f"{served.url}/slack/events",
        data=DECLARES,
        headers={"content-type": "application/x-www-form-urlencoded", **signature(DECLARES, at=int(time.time()))},
    ) as answered:
        heard = await answered.text()
    code, seconds = await served.stop()

    assert "INC-1 declared" in heard
    assert 0 == code
    assert seconds < 10
    assert [] == served.sandbox.socket_mode.connections
    assert [] == claimed(served.database)


@pytest.mark.long
async def test_slack_hanging_does_not_keep_it(served):
    """A call that Slack never answers is cut off and given back in doubt; the rest is as clean."""

    await served.sandbox.fault({"hang": {"method": "conversations.create", "times": 9}})
    asking = {"as": "ada", "do": "command", "channel": "general", "settle": False}
    await served.sandbox.act({**asking, "text": "/incident declare sev1 Checkout returns 500s"})
    async with asyncio.timeout(10):
        while not any(call.method == "conversations.create" for call in served.sandbox.workspace.calls):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    code, seconds = await served.stop()

    assert 0 == code
    assert seconds < 10
    assert [] == claimed(served.database)


def claimed(url: str) -> list[str]:
    """The deliveries that still belong to a process."""
    database = Database(url)
    try:
        with database.read() as unit:
            return [row.effect.id for row in unit.outbox.listing(states=[DeliveryState.INTENT])]
    finally:
        database.close()
