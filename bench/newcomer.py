"""How long a newcomer needs from `tocsin demo` to an acknowledged incident, doing only what the README says."""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE, Process
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from bench.page import browser_of

BOUND_S, START_WITHIN_S, READING_S = 90.0, 60.0, 3.0
"""`READING_S`: how long somebody reads and aims before each of the three things they do."""

ROOT = Path(__file__).resolve().parents[1]


async def measure(short: bool) -> dict[str, object]:  # noqa: FBT001 - benches share one shape
    """Return the seconds until the page's address is printed, and until each step of the README has been done.

    With `short` nobody stops to read, so only what the machine takes is counted.

    Raises:
        RuntimeError: there is no Chromium on this machine, or the demo printed no address.
    """
    began, pause = time.monotonic(), 0.0 if short else READING_S
    async with AsyncExitStack() as stack:
        browser = await browser_of(stack)
        address = await _demo(stack)
        steps = {"address_s": time.monotonic() - began}
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        await page.goto(address)
        steps["page_s"] = time.monotonic() - began
        for name, do in (("sent_s", _send), ("noor_s", _become_noor), ("acknowledged_s", _acknowledge)):
            await asyncio.sleep(pause)
            await do(page)
            steps[name] = time.monotonic() - began
    figures: dict[str, object] = {name: round(value, 1) for name, value in steps.items()}
    return {**figures, "bound_s": BOUND_S, "ok": steps["acknowledged_s"] <= BOUND_S}


async def _send(page: Any) -> None:  # noqa: ANN401 - playwright is a development dependency
    """The first command is ready to send."""
    await page.get_by_role("button", name="Send").click()
    await page.get_by_text("INC-1 is declared as SEV-1.").wait_for()


async def _become_noor(page: Any) -> None:  # noqa: ANN401
    """Then become Noor, whom it paged."""
    await page.get_by_role("link", name="become Noor Haddad").click()
    await page.get_by_role("button", name="Acknowledge INC-1").wait_for()


async def _acknowledge(page: Any) -> None:  # noqa: ANN401
    """And press Acknowledge."""
    await page.get_by_role("button", name="Acknowledge INC-1").click()
    await page.get_by_text("You acknowledged").first.wait_for()


async def _demo(stack: AsyncExitStack) -> str:
    """Start the demo as `make demo` does once the environment is built; return the address it prints."""
    script = "import sys; from bot.cli import main; sys.argv = ['tocsin', 'demo']; main()"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", script, cwd=ROOT, stdout=PIPE)
    stack.push_async_callback(_ended, process)
    async with asyncio.timeout(START_WITHIN_S):
        while line := await process.stdout.readline():  # type: ignore[union-attr]  # it was asked for
            if b"Open http" in line:
                return line.decode().split()[1]
    message = "The demo ended without printing the address of its page."
    raise RuntimeError(message)


async def _ended(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
    await process.wait()
