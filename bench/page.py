"""How fast the sandbox's page feels in a browser: first paint, a press, a new message, and 500 messages scrolled."""

import asyncio
import shutil
import tempfile
import time
from contextlib import AsyncExitStack
from statistics import median
from typing import Any

from aiohttp import web

from bench.figures import percentile
from bot.ops.company import Company
from bot.ops.demo_page import hooks_of
from sandbox.page.routes import page_routes

PAINT_MS, PRESS_MS, MESSAGE_MS, FRAME_MS = 300.0, 100.0, 200.0, 50.0
LONG = 500
SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
BARE = "<!doctype html><title>bare</title><p>bare"
ECHO = """<!doctype html><title>echo</title><p id="said"></p><script>
new EventSource("/echo").onmessage = (e) => { document.getElementById("said").textContent = e.data; };</script>"""
PAINTED = """() => new Promise((done) => {
  const look = () => {
    const found = performance.getEntriesByName("first-contentful-paint")[0];
    found ? done(found.startTime) : setTimeout(look, 5);
  };
  look();
})"""
PRESSED = """(name) => new Promise((done) => {
  const button = document.querySelector(`button[aria-label="${name}"]`), began = performance.now();
  new MutationObserver(() => done(performance.now() - began)).observe(document.body, {attributes: true, subtree: true,
    attributeFilter: ["aria-busy"]});
  button.click();
})"""
SEEN = """(words) => new Promise((done) => {
  const look = () => document.body.textContent.includes(words) ? done(Date.now()) : 0;
  if (!look()) new MutationObserver(look).observe(document.body, {childList: true, characterData: true, subtree: true});
})"""
SCROLLED = """() => new Promise((done) => {
  const pane = document.querySelector(".scroll"), frames = [];
  let before = performance.now(), left = 60;
  const step = (now) => {
    frames.push(now - before); before = now; pane.scrollTop -= 200;
    left-- ? requestAnimationFrame(step) : done(frames.slice(2));
  };
  requestAnimationFrame(step);
})"""


async def measure(short: bool) -> dict[str, object]:  # noqa: FBT001 - benches share one shape
    """Return medians and 95th percentiles in ms, their bounds, and the floors of a bare page and a bare event stream.

    Raises:
        RuntimeError: there is no Chromium on this machine, or no playwright.
    """
    rounds = 7 if short else 25
    async with AsyncExitStack() as stack:
        browser = await browser_of(stack)
        floor, company = await _floor(stack), await _company(stack)
        paints = [await _paint(browser, f"{company.sandbox.url}/as/ada/c/general") for _ in range(rounds)]
        bare = [await _paint(browser, f"{floor}/") for _ in range(rounds)]
        messages = await _messages(browser, company, rounds)
        echoes = await _echoes(browser, floor, rounds)
        presses = await _presses(browser, company, rounds)
        frames = await _scroll(browser, company)
    measured = {"paint": paints, "press": presses, "message": messages, "frame": frames}
    bounds = {"paint": PAINT_MS, "press": PRESS_MS, "message": MESSAGE_MS, "frame": FRAME_MS}
    figures: dict[str, object] = {}
    for name, values in measured.items():
        figures |= {f"{name}_p50_ms": round(median(values), 1), f"{name}_p95_ms": percentile(values, 0.95)}
        figures[f"bound_{name}_ms"] = bounds[name]
    figures |= {"floor_paint_p50_ms": round(median(bare), 1), "floor_message_p50_ms": round(median(echoes), 1)}
    return {**figures, "ok": all(median(values) <= bounds[name] for name, values in measured.items())}


async def browser_of(stack: AsyncExitStack) -> Any:  # noqa: ANN401 - playwright is a development dependency
    """Return a Chromium without a window, closed with `stack`; RuntimeError where there is none."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        message = "No Chromium was found; install one to measure the page."
        raise RuntimeError(message)
    from playwright.async_api import async_playwright  # noqa: PLC0415 - only this bench needs it

    play = await stack.enter_async_context(async_playwright())
    browser = await play.chromium.launch(executable_path=path, args=SWITCHES)
    stack.push_async_callback(browser.close)
    return browser


async def _company(stack: AsyncExitStack) -> Company:
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tocsin-bench-"))
    company = Company(database=f"sqlite:///{folder}/tocsin.db")
    hooks = hooks_of(company)
    company.sandbox.add_routes(page_routes(company.sandbox, mailbox=company.mailbox, hooks=hooks))
    await company.open()
    stack.push_async_callback(company.close)
    request = {"as": "ada", "do": "command", "channel": "general", "text": "/incident declare sev1 Checkout down"}
    await company.sandbox.act(request)
    await company.sandbox.act({"as": "noor", "do": "click", "label": "Acknowledge"})
    return company


async def _floor(stack: AsyncExitStack) -> str:
    """Serve a bare page, and one that shows what `/say` puts into its event stream; return the address."""
    said: asyncio.Queue[str] = asyncio.Queue()

    async def echo(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        while request.transport is not None and not request.transport.is_closing():
            await response.write(f"data: {await said.get()}\n\n".encode())
        return response

    async def say(request: web.Request) -> web.Response:
        said.put_nowait(request.query["words"])
        return web.Response()

    app = web.Application()
    pages = {"/": BARE, "/listen": ECHO}
    app.add_routes([web.get(path, _page(text)) for path, text in pages.items()])
    app.add_routes([web.get("/echo", echo), web.get("/say", say)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


def _page(text: str) -> Any:  # noqa: ANN401 - aiohttp's own kind of handler
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=text, content_type="text/html")

    return answer


async def _paint(browser: Any, address: str) -> float:  # noqa: ANN401
    page = await browser.new_page()
    await page.goto(address)
    painted: float = await page.evaluate(PAINTED)
    await page.close()
    return painted


async def _messages(browser: Any, company: Company, rounds: int) -> list[float]:  # noqa: ANN401
    """Return how long after the call a message of somebody else is on the page."""
    page = await browser.new_page()
    await page.goto(f"{company.sandbox.url}/as/ada/c/incidents", wait_until="load")
    taken = []
    for number in range(rounds):
        seen = asyncio.create_task(page.evaluate(SEEN, f"word {number} said"))
        await asyncio.sleep(0.3)
        began = time.time()
        request = {"as": "noor", "do": "message", "channel": "incidents", "text": f"word {number} said"}
        await company.sandbox.act({**request, "settle": False})
        taken.append(await seen - began * 1000)
    await page.close()
    return taken


async def _echoes(browser: Any, floor: str, rounds: int) -> list[float]:  # noqa: ANN401
    page, speaker = await browser.new_page(), await browser.new_page()
    await page.goto(f"{floor}/listen")
    taken = []
    for number in range(rounds):
        seen = asyncio.create_task(page.evaluate(SEEN, f"word{number}said"))
        await asyncio.sleep(0.3)
        began = time.time()
        await speaker.request.get(f"{floor}/say?words=word{number}said")
        taken.append(await seen - began * 1000)
    await page.close()
    return taken


async def _presses(browser: Any, company: Company, rounds: int) -> list[float]:  # noqa: ANN401
    taken = []
    for _ in range(rounds):
        page = await browser.new_page()
        await page.goto(f"{company.sandbox.url}/as/noor/c/inc-1-checkout-down", wait_until="load")
        taken.append(await page.evaluate(PRESSED, "Post update INC-1"))
        await page.close()
        await company.sandbox.settle()
        if company.sandbox.workspace.modals.showing():
            await company.sandbox.act({"as": "noor", "do": "close"})
    return taken


async def _scroll(browser: Any, company: Company) -> list[float]:  # noqa: ANN401
    """Return the times in ms between the frames while a channel of 500 messages is scrolled."""
    for number in range(LONG):
        request = {"as": "noor", "do": "message", "channel": "general", "text": f"Line {number} of a long day"}
        await company.sandbox.act({**request, "settle": False})
    page = await browser.new_page()
    await page.goto(f"{company.sandbox.url}/as/ada/c/general?last={LONG}", wait_until="load")
    frames: list[float] = await page.evaluate(SCROLLED)
    await page.close()
    return frames
