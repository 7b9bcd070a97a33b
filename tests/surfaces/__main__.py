"""`make surfaces`: live through an incident in the sandbox and picture every surface into docs/surfaces/."""

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, assert_never

from playwright.async_api import async_playwright

from bot import log
from bot.ops.company import Company
from bot.ops.demo_page import hooks_of
from sandbox.page.routes import page_routes
from sandbox.refusals import ActRefused
from tests.sandbox_page.browsing.visiting import DESKTOP, SWITCHES, TELEPHONE
from tests.sandbox_page.conftest import CHROMIUM
from tests.surfaces.book import BOOK, PAGE, Act, Line, Shot, Wait
from tests.surfaces.png import with_palette

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "surfaces"
START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
MOST_BYTES = 60_000
HOW: dict[str, dict[str, Any]] = {
    "desk": {"viewport": DESKTOP},
    "night": {"viewport": DESKTOP, "color_scheme": "dark"},
    "tall": {"viewport": {"width": 1280, "height": 1500}},
    "telephone": {"viewport": TELEPHONE},
}

out = logging.getLogger("surfaces")


async def live(wanted: Collection[str]) -> list[str]:
    """Live through the book and write the `wanted` pictures (all if none are named); return what went wrong."""
    with tempfile.TemporaryDirectory(prefix="tocsin-surfaces-") as folder:
        company = Company(database=f"sqlite:///{folder}/tocsin.db", started_at=START)
        hooks = hooks_of(company)
        company.sandbox.add_routes(page_routes(company.sandbox, mailbox=company.mailbox, hooks=hooks))
        await company.open()
        try:
            async with async_playwright() as play:
                browser = await play.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
                windows = {how: await _window(browser, company, how) for how in HOW}
                return [wrong for line in BOOK if (wrong := await _line(company, windows, line, wanted))]
        finally:
            await company.close()


async def _window(browser: Any, company: Company, how: str) -> Any:
    context = await browser.new_context(base_url=company.sandbox.url, locale="en-GB", **HOW[how])
    page = await context.new_page()
    page.set_default_timeout(20_000)
    return page


async def _line(company: Company, windows: dict[str, Any], line: Line, wanted: Collection[str]) -> str:
    match line:
        case Act():
            try:
                await company.sandbox.act(line.request)
            except ActRefused as refused:
                return f"{dict(line.request)}: {refused}"
        case Wait():
            await company.sandbox.advance(line.span)
        case Shot():
            return await _picture(windows[line.how], line) if not wanted or line.name in wanted else ""
        case _:
            assert_never(line)
    return ""


async def _picture(page: Any, line: Shot) -> str:
    await page.goto(line.path)
    if line.press:
        await page.get_by_role("link", name=line.press).first.click()
        await page.get_by_role("heading", name="Thread").wait_for()
    found = page.locator(line.part).last
    if not await found.count():
        return f"{line.name}: there is no {line.part} at {line.path}"
    shown = await (
        page.screenshot(animations="disabled") if line.part == PAGE else found.screenshot(animations="disabled")
    )
    picture = with_palette(shown, at_most=MOST_BYTES)
    (FOLDER / f"{line.name}.png").write_bytes(picture)
    out.info("%s, %s kB", line.name, len(picture) // 1000)
    return f"{line.name}: {len(picture)} bytes are more than {MOST_BYTES}" if len(picture) > MOST_BYTES else ""


def index() -> str:
    """Return the index of the pictures: a line for each, in the order of the incident."""
    lines = [f"| [{one.name}]({one.name}.png) | {one.says} |" for one in BOOK if isinstance(one, Shot)]
    head = (
        "# What people see\n\n"
        "One incident lived through in the sandbox, pictured by `make surfaces`. A new surface is one more line in\n"
        "`tests/surfaces/book.py`.\n\n| picture | what it shows |\n|---|---|\n"
    )
    return head + "\n".join(lines) + "\n"


def main() -> int:
    """Write the pictures that are named, or all of them with their index; 1 when something was amiss."""
    parser = argparse.ArgumentParser(prog="python -m tests.surfaces", description=__doc__)
    parser.add_argument("name", nargs="*", help="pictures to take; all if none is named")
    asked = parser.parse_args()
    log.configure(json=False, level="CRITICAL", stream=sys.stderr)
    out.addHandler(logging.StreamHandler(sys.stdout))
    out.propagate = False
    out.setLevel(logging.INFO)
    FOLDER.mkdir(parents=True, exist_ok=True)
    wrong = asyncio.run(live(frozenset(asked.name)))
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")
    for sentence in wrong:
        out.error("%s", sentence)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
