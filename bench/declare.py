"""How long it takes from the slash command to the pinned card when every Slack call takes 150 ms."""

import asyncio
import tempfile
import time
from statistics import median

from slack_sdk.web.async_client import AsyncWebClient

from bot.ops.company import Company
from bot.ops.manifests import shipped
from sandbox.records import CallRecord
from sandbox.server import Sandbox

LATENCY_MS, BOUND = 150, 1.5


async def measure(short: bool) -> dict[str, object]:  # noqa: FBT001 - benches share one shape
    """Return the median in seconds, the floor (create, post, pin one after another), and their ratio."""
    rounds = 3 if short else 7
    floor = median([await _floor() for _ in range(rounds)])
    tocsin = median([await _tocsin() for _ in range(rounds)])
    ratio = round(tocsin / floor, 2)
    return {
        "card_s": round(tocsin, 3),
        "floor_s": round(floor, 3),
        "ratio": ratio,
        "bound_ratio": BOUND,
        "ok": ratio <= BOUND,
    }


async def _tocsin() -> float:
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        company = Company(database=f"sqlite:///{folder}/tocsin.db")
        await company.open()
        try:
            return await _declare(company.sandbox)
        finally:
            await company.close()


async def _declare(sandbox: Sandbox) -> float:
    pinned: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def watch(call: CallRecord, phase: str) -> None:
        if call.method == "pins.add" and phase == "after" and not pinned.done():
            pinned.set_result(time.monotonic())

    sandbox.on_call.append(watch)
    await sandbox.fault({"latency_ms": LATENCY_MS})
    began = time.monotonic()
    request = {"as": "ada", "do": "command", "channel": "general", "text": "/incident declare sev1 Checkout down"}
    await sandbox.act({**request, "settle": False})
    return await asyncio.wait_for(pinned, timeout=30) - began


async def _floor() -> float:
    sandbox = Sandbox(manifest=shipped())
    await sandbox.start()
    await sandbox.fault({"latency_ms": LATENCY_MS})
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    try:
        began = time.monotonic()
        channel = (await client.conversations_create(name="floor"))["channel"]["id"]
        posted = await client.chat_postMessage(channel=channel, text="card")
        await client.pins_add(channel=channel, timestamp=posted["ts"])
        return time.monotonic() - began
    finally:
        await sandbox.stop()
