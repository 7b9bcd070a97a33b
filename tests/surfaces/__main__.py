"""`make surfaces`: live through an incident in the sandbox and picture every surface into docs/surfaces/."""

import argparse
import asyncio
import logging
import shutil
import sys
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, assert_never

from playwright.async_api import async_playwright

from bot import log
from bot.ops.company import ROOT, Company
from bot.ops.demo_page import hooks_of
from sandbox.page.routes import page_routes
from sandbox.page.state import Hooks
from sandbox.refusals import ActRefused
from tests.sandbox_page.browsing.visiting import DESKTOP, SWITCHES, TELEPHONE
from tests.sandbox_page.conftest import CHROMIUM
from tests.surfaces.book import FORM, PAGE, Act, Edit, Life, Line, Shot, Steps, Wait
from tests.surfaces.lives import LIVES
from tests.surfaces.png import with_palette

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "surfaces"
START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
MOST_BYTES = 60_000
STEP_S = 1.0
"""Real seconds in which a step of a scenario is surely made."""
HOW: dict[str, dict[str, Any]] = {
    "desk": {"viewport": DESKTOP},
    "night": {"viewport": DESKTOP, "color_scheme": "dark"},
    "tall": {"viewport": {"width": 1280, "height": 1500}},
    "telephone": {"viewport": TELEPHONE},
}

out = logging.getLogger("surfaces")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where one life is lived: the company, what its page may ask, its policy folder, and a window of each size."""

    company: Company
    hooks: Hooks
    folder: Path
    windows: dict[str, Any]


def shots(life: Life) -> list[Shot]:
    """Return the pictures of a life."""
    return [line for line in life if isinstance(line, Shot)]


async def live_all(wanted: Collection[str]) -> list[str]:
    """Live every life of which something is `wanted` (all if nothing is named); return what went wrong."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        lives = [life for life in LIVES if not wanted or any(one.name in wanted for one in shots(life))]
        return [wrong for life in lives for wrong in await _live(browser, life, wanted)]


async def _live(browser: Any, life: Life, wanted: Collection[str]) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="tocsin-surfaces-") as name:
        folder = Path(shutil.copytree(ROOT / "policies", Path(name) / "policies"))
        settings = {"tocsin_policies": folder}
        company = Company(database=f"sqlite:///{name}/tocsin.db", started_at=START, settings=settings)
        hooks = hooks_of(company)
        company.sandbox.add_routes(page_routes(company.sandbox, mailbox=company.mailbox, hooks=hooks))
        await company.open()
        try:
            windows = {how: await _window(browser, company, how) for how in HOW}
            stage = Stage(company=company, hooks=hooks, folder=folder, windows=windows)
            wrong = [sentence for line in life if (sentence := await _line(stage, line, wanted))]
            for page in windows.values():
                await page.context.close()
            return wrong
        finally:
            await company.close()


async def _window(browser: Any, company: Company, how: str) -> Any:
    context = await browser.new_context(base_url=company.sandbox.url, locale="en-GB", **HOW[how])
    page = await context.new_page()
    page.set_default_timeout(20_000)
    return page


async def _line(stage: Stage, line: Line, wanted: Collection[str]) -> str:
    match line:
        case Act():
            try:
                await stage.company.sandbox.act(line.request)
            except ActRefused as refused:
                return f"{dict(line.request)}: {refused}"
        case Wait():
            await stage.company.sandbox.advance(line.span)
        case Edit():
            await _edit(stage, line)
        case Steps():
            await _step(stage, line)
        case Shot():
            return await _picture(stage.windows[line.how], line) if not wanted or line.name in wanted else ""
        case _:
            assert_never(line)
    return ""


async def _edit(stage: Stage, line: Edit) -> None:
    path = stage.folder / line.file
    text = path.read_text(encoding="utf-8").replace("version: 2.0.0", "version: 2.1.0")
    path.write_text(text.replace(line.was, line.now, 1), encoding="utf-8")
    await stage.company.sandbox.advance("61s")
    if stage.company.bot:
        await stage.company.bot.clock.sweep()
    await stage.company.sandbox.settle()


async def _step(stage: Stage, line: Steps) -> None:
    player = stage.hooks.player
    if player is None:
        message = "this company plays no scenarios"
        raise RuntimeError(message)
    for _ in range(line.count):
        player.step(line.name)
        await asyncio.sleep(STEP_S)


async def _picture(page: Any, line: Shot) -> str:
    await page.goto(line.path)
    await page.evaluate("for (const menu of document.querySelectorAll('details.jumped')) menu.open = false")
    if line.press:
        await page.locator(line.press).last.click()
        await page.get_by_role("heading", name="Thread").wait_for()
    found = page.locator(line.part).last
    if not await found.count():
        return f"{line.name}: there is no {line.part} at {line.path}"
    if line.part == FORM:
        await found.evaluate("form => { form.style.maxHeight = 'none' }")
    shown = await (
        page.screenshot(animations="disabled") if line.part == PAGE else found.screenshot(animations="disabled")
    )
    picture = with_palette(shown, at_most=MOST_BYTES)
    (FOLDER / f"{line.name}.png").write_bytes(picture)
    out.info("%s, %s kB", line.name, len(picture) // 1000)
    return f"{line.name}: {len(picture)} bytes are more than {MOST_BYTES}" if len(picture) > MOST_BYTES else ""


def index() -> str:
    """Return the index of the pictures: a line for each, in the order of what is lived."""
    lines = [f"| [{one.name}]({one.name}.png) | {one.says} |" for life in LIVES for one in shots(life)]
    head = (
        "# What people see\n\n"
        "Incidents lived through in the sandbox, pictured by `make surfaces`. A new surface is one more line in\n"
        "`tests/surfaces/book.py` (the first incident), `lives.py` or `policy_lives.py` beside it.\n\n"
        "| picture | what it shows |\n|---|---|\n"
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
    wrong = asyncio.run(live_all(frozenset(asked.name)))
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")
    for sentence in wrong:
        out.error("%s", sentence)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
