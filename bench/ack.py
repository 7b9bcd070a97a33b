"""How fast a slash command is acknowledged while 50 (then 200) arrive at once, beside a bot that only says ok.

The bot has answered one of each before: it is the one that has run for days that people meet.
"""

import asyncio
import tempfile
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bench.figures import percentile
from bot.ops.company import Company
from bot.ops.manifests import shipped
from bot.ops.memory import freeze_memory
from sandbox.server import Sandbox

CROWD = ("ada", "noor", "sam", "mia", "lena", "tomas", "iris")
WORDS = ("update Step {}", "note Step {}", "ack")
BOUND_MS, SLACK_MS = 250.0, 3000.0


async def measure(short: bool) -> dict[str, object]:  # noqa: FBT001 - benches share one shape
    """Return ack times in ms for 50 mixed commands at once and for 200, and the bare bot's for the same 50."""
    bare = await _bare(50)
    rounds = 1 if short else 3
    fifty = [ms for _ in range(rounds) for ms in await _tocsin(50)]
    crowd = await _tocsin(200)
    p99, floor = percentile(fifty, 0.99), percentile(bare, 0.99)
    return {
        "ack_p50_ms": percentile(fifty, 0.5),
        "ack_p99_ms": p99,
        "ack_200_worst_ms": max(crowd),
        "floor_p50_ms": percentile(bare, 0.5),
        "floor_p99_ms": floor,
        "ratio_p99": round(p99 / floor, 1),
        "bound_p99_ms": BOUND_MS,
        "ok": p99 <= BOUND_MS and max(crowd) <= SLACK_MS,
    }


def _command(number: int) -> dict[str, Any]:
    words = WORDS[number % len(WORDS)].format(number)
    who = "noor" if number % 3 == 0 else CROWD[number % len(CROWD)]
    return {"as": who, "do": "command", "channel": "general", "text": f"/incident 1 {words}", "settle": False}


async def _burst(sandbox: Sandbox, count: int) -> list[float]:
    answers = await asyncio.gather(*(sandbox.act(_command(number)) for number in range(count)))
    return [float(answer["ack_ms"]) if answer["ack_ms"] is not None else SLACK_MS * 2 for answer in answers]


async def _tocsin(count: int) -> list[float]:
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        company = Company(database=f"sqlite:///{folder}/tocsin.db")
        await company.open()
        try:
            start = {"as": "ada", "do": "command", "channel": "general", "text": "/incident declare sev1 Checkout down"}
            await company.sandbox.act(start)
            await _burst(company.sandbox, len(WORDS))
            await company.sandbox.settle()
            freeze_memory()
            return await _burst(company.sandbox, count)
        finally:
            await company.close()


async def _bare(count: int) -> list[float]:
    """Return ack times of a bot that only says ok, on a sandbox of its own."""
    sandbox = Sandbox(manifest=shipped())
    await sandbox.start()
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=sandbox.bot_token)

    app = AsyncApp(client=client, authorize=authorize, signing_secret="")  # Socket Mode signs nothing  # nosec B106

    @app.command("/incident")
    async def _say_ok(ack: Any) -> None:  # noqa: ANN401 - Bolt injects it
        await ack("ok")

    handler = AsyncSocketModeHandler(app, sandbox.app_token, web_client=AsyncWebClient(base_url=sandbox.api_url))
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt annotates nothing here
    try:
        return await _burst(sandbox, count)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # the same
        await sandbox.stop()
