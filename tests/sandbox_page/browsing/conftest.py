"""A company with Tocsin in it, its page, and browsers in which people visit it."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from bot.ops.company import Company
from bot.ops.demo_page import hooks_of
from sandbox.page.routes import page_routes
from tests.sandbox_page.browsing.visiting import DESKTOP, SOON_MS, START, SWITCHES
from tests.sandbox_page.conftest import CHROMIUM

playwright = pytest.importorskip("playwright.async_api")


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Any]:
    """A Chromium without a window, one for each worker; every visit is in a window of its own that knows nothing."""
    async with playwright.async_playwright() as play:
        running = await play.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def company(tmp_path) -> AsyncIterator[Company]:
    """A company with Tocsin in it, and its page."""
    here = Company(database=f"sqlite:///{tmp_path}/tocsin.db", started_at=START)
    here.sandbox.add_routes(page_routes(here.sandbox, mailbox=here.mailbox, hooks=hooks_of(here)))
    await here.open()
    yield here
    await here.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser, company) -> AsyncIterator[Callable[..., Any]]:
    """Open a place of the page in a window of its own; whatever the page complains of fails the story."""
    complaints: list[str] = []
    contexts: list[Any] = []

    async def open_(path: str, **how: Any) -> Any:
        context = await browser.new_context(**{"viewport": DESKTOP, "base_url": company.sandbox.url, **how})
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(SOON_MS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        await page.goto(path)
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert [] == complaints
