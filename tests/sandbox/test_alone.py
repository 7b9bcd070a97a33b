"""`python -m sandbox`: a Slack of its own beside which an app runs, in HTTP mode if it asks for that."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.control import control_routes
from sandbox.faults import KNOWN


@asynccontextmanager
async def alone(*options: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, dict[str, str]]]:
    """Run the sandbox as its own process; gives it with what it printed up to its mail server, by the first word."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", "0", "--mail-port", "0", "--flowing", *options),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    said: dict[str, str] = {}
    try:
        while "mail" not in said:
            word, rest = (await process.stdout.readline()).decode().strip().split(maxsplit=1)
            said[word] = rest
        yield process, said
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def app() -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    """Run an app that echoes Slack's challenge and keeps what it was sent; gives its request URL and that."""
    kept: list[dict[str, Any]] = []

    async def take(request: web.Request) -> web.Response:
        if request.content_type == "application/json" and "challenge" in (body := await request.json()):
            return web.Response(text=body["challenge"])
        kept.append({**await request.post(), "signed": request.headers["X-Slack-Signature"][:3]})
        return web.Response()

    server = web.Application()
    server.router.add_post("/slack/events", take)
    runner = web.AppRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events", kept
    await runner.cleanup()


async def test_it_serves_its_page_and_takes_mail() -> None:
    """Whoever starts it finds the page where it says, and an SMTP server for the app's letters."""

    async with alone() as (_, said), aiohttp.ClientSession() as browser:
        async with browser.get(said["page"]) as answer:
            page = (answer.status, await answer.text())
        host, port = said["mail"].removesuffix(", without TLS").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        greeting = await reader.readline()
        writer.close()

    assert (200, True) == (page[0], "Tocsin sandbox" in page[1])
    assert greeting.startswith(b"220 ")


async def test_in_http_mode_the_app_gets_signed_posts() -> None:
    """With --request-url it introduces itself until the app answers, and then posts there what people do."""

    async with app() as (url, kept), alone("--request-url", url) as (process, said), aiohttp.ClientSession() as someone:
        assert process.stdout
        while b"HTTP mode" not in await process.stdout.readline():
            pass
        act = {"as": "ada", "do": "command", "channel": "general", "text": "/incident help"}
        async with someone.post(said["control"].replace("…", "act"), json=act) as answer:
            acted = await answer.json()

    assert acted["acked"]
    assert [("/incident", "help", "v0=")] == [(one["command"], one["text"], one["signed"]) for one in kept]


def test_its_page_of_the_manual_names_everything(sandbox) -> None:
    """Every address of the control API and every fault stands in docs/sandbox.md."""

    manual = Path("docs/sandbox.md").read_text(encoding="utf-8")
    addresses = {route.path for route in control_routes(sandbox)}

    assert [] == sorted(address for address in addresses if address not in manual)
    assert [] == sorted(fault for fault in KNOWN if f"`{fault}`" not in manual)
