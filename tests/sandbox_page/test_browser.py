"""People use the page in a real browser: with a mouse, with keys, on a telephone, in the dark, without JavaScript."""

import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.ops.company import Company
from bot.ops.demo_page import hooks_of
from sandbox.page.routes import page_routes
from tests.sandbox_page.conftest import CHROMIUM

playwright = pytest.importorskip("playwright.async_api")

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, TELEPHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
SOON_MS = 5000


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Any]:
    """A Chromium without a window."""
    async with playwright.async_playwright() as play:
        running = await play.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def company(tmp_path) -> AsyncIterator[Company]:
    """A company with Tocsin in it, and its page."""
    here = Company(database=f"sqlite:///{tmp_path}/tocsin.db", started_at=START)
    here.sandbox.add_routes(page_routes(here.sandbox, mailbox=here.mailbox, hooks=hooks_of(here)))
    await here.open()
    yield here
    await here.close()


@pytest_asyncio.fixture(loop_scope="module")
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


async def declared(company: Company) -> None:
    """Declare an incident as Ada."""
    await company.sandbox.act(
        {"as": "ada", "do": "command", "channel": "general", "text": "/incident declare sev1 Checkout returns 500s"}
    )


async def violations_of(page: Any) -> list[str]:
    """What axe finds wrong with a page, each with the first place it was found."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]


async def test_the_first_visit_leads_to_an_acknowledged_incident(visit):
    """Send what stands ready, become Noor by her badge, press Acknowledge: it says so, live."""

    page = await visit("/")
    await page.get_by_role("button", name="Send").click()
    await page.get_by_text("INC-1 is declared as SEV-1.").wait_for()
    await page.get_by_role("link", name="become Noor Haddad").click()
    await page.get_by_role("button", name="Acknowledge INC-1").click()
    await page.get_by_text("You acknowledged").first.wait_for()

    assert page.url.endswith("/as/noor/dm/tocsin")
    assert 0 == await page.get_by_role("button", name="Acknowledge INC-1").count()


async def test_go_runs_to_the_next_timer_and_says_what_it_brought(visit, company):
    """Go jumps to the next timer, lists what fired, and marks the jump in the conversation."""

    await declared(company)
    page = await visit("/as/ada/c/general")
    before = company.sandbox.clock.now()
    await page.get_by_role("button", name="Go to the next timer").click()
    await page.get_by_text("Clock moved +").wait_for()
    await page.get_by_role("button", name="+5 minutes").click()
    await page.get_by_text("DM to Sam Reyes").wait_for()

    assert company.sandbox.clock.now() > before


async def test_an_incident_is_led_by_keys_alone(visit, company):
    """Slash completion, the channel list, the message menu and a form, without a mouse."""

    page = await visit("/as/ada/c/incidents")
    await page.locator("#text").focus()
    await page.keyboard.type("/inc")
    await page.locator("#offers [aria-selected=true]").wait_for()
    await page.keyboard.press("Tab")
    await page.keyboard.type("declare sev1 Login fails")
    await page.keyboard.press("Enter")
    await page.get_by_text("INC-1 is declared as SEV-1.").wait_for()
    await page.locator("#sidebar", has_text="inc-1-login-fails").wait_for()
    await page.keyboard.press("Control+k")
    await page.keyboard.type("inc-1")
    await page.locator("#jump-list a", has_text="inc-1-login-fails").wait_for()
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile("inc-1-login-fails"))
    await page.locator("ol.notes article").last.focus()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("t")
    await page.get_by_role("heading", name="Thread").wait_for()
    await page.keyboard.press("Escape")
    await page.get_by_role("heading", name="Inspector").wait_for()
    await page.locator("h1").click()
    await page.keyboard.press("?")
    await page.get_by_role("dialog", name="Keyboard").wait_for()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+.")
    await page.keyboard.press("5")
    await page.get_by_text("Clock moved +5 min").wait_for()

    assert 300 == (company.sandbox.clock.now() - START).total_seconds()


async def test_a_form_says_what_is_wrong_and_returns_the_focus(visit, company):
    """A dialog takes the focus, keeps what was typed beside its error, and gives the focus back when it closes."""

    await declared(company)
    await company.sandbox.act({"as": "noor", "do": "click", "label": "Acknowledge"})
    page = await visit("/as/noor/c/inc-1-checkout-returns-500s")
    button = page.get_by_role("button", name="Post update INC-1")
    await button.click()
    dialog = page.get_by_role("dialog", name="Update INC-1")
    await dialog.get_by_label("Who is affected").fill("EU card payments")
    await dialog.get_by_role("button", name="Post update").click()
    await dialog.get_by_text("Please complete this required field.").wait_for()
    kept = await dialog.get_by_label("Who is affected").input_value()
    await page.keyboard.press("Escape")
    await dialog.wait_for(state="detached")

    await page.wait_for_function("document.activeElement.textContent.trim() === 'Post update'")

    assert "EU card payments" == kept


async def test_a_new_message_is_there_at_once(visit, company):
    """What somebody else writes appears without a reload, and what is being typed stays."""

    page = await visit("/as/ada/c/general")
    await page.locator("#text").fill("half a thought")
    await company.sandbox.act({"as": "noor", "do": "message", "channel": "general", "text": "Rolling back"})
    await page.get_by_text("Rolling back").wait_for(timeout=1000)

    assert "half a thought" == await page.locator("#text").input_value()


async def test_a_telephone_shows_one_pane_at_a_time(visit, company):
    """On a narrow screen nothing scrolls sideways, and list, time and inspector have a place of their own."""

    await declared(company)
    page = await visit("/as/noor/dm/tocsin", viewport=TELEPHONE, has_touch=True, is_mobile=True)
    button = await page.get_by_role("button", name="Acknowledge INC-1").bounding_box()
    wide = await page.evaluate("document.documentElement.scrollWidth")
    hidden = await page.locator("#sidebar").is_hidden()
    await page.get_by_role("link", name="Home", exact=True).click()
    await page.locator("#sidebar").wait_for()
    await page.get_by_role("link", name="Time", exact=True).click()
    await page.get_by_role("button", name="+15 minutes").wait_for()

    assert (True, True) == (wide <= TELEPHONE["width"], hidden)
    assert button["height"] >= 44
    assert button["width"] > 250


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (TELEPHONE, "dark")], ids=["desktop", "telephone"])
async def test_nothing_stands_in_the_way_of_anybody(visit, company, scheme, size):
    """Axe finds nothing wrong with any place, wide in the light and narrow in the dark."""

    await declared(company)
    places = ["/as/ada/c/general", "/as/noor/dm/tocsin", "/as/noor/home", "/as/noor/mail"]
    beside = [f"/as/ada/c/incidents?show={tab}" for tab in ("calls", "timers", "faults", "steps")]
    channel = "/as/noor/c/inc-1-checkout-returns-500s"
    found = {}
    page = await visit("/as/ada/c/general?ask=reset", viewport=size, color_scheme=scheme)
    found["reset"] = await violations_of(page)
    for place in [*places, *beside, channel, f"{channel}?pane=list", f"{channel}?pane=time"]:
        await page.goto(place)
        found[place] = await violations_of(page)

    assert {} == {place: wrong for place, wrong in found.items() if wrong}


async def test_a_form_stands_in_nobodys_way(visit, company):
    """Axe finds nothing wrong with an open dialog."""

    await declared(company)
    page = await visit("/as/noor/c/inc-1-checkout-returns-500s")
    await page.get_by_role("button", name="Escalate INC-1").click()
    await page.get_by_role("dialog").wait_for()

    assert [] == await violations_of(page)


async def test_dark_is_dark(visit):
    """The page follows the system into the dark."""

    page = await visit("/as/ada/c/general", color_scheme="dark")

    assert "rgb(23, 25, 28)" == await page.evaluate("getComputedStyle(document.body).backgroundColor")


async def test_everything_works_without_javascript(visit):
    """Declaring, becoming Noor and acknowledging need forms and links alone."""

    page = await visit("/", java_script_enabled=False)
    await page.get_by_role("button", name="Send").click()
    await page.get_by_text("INC-1 is declared as SEV-1.").wait_for()
    await page.get_by_role("link", name="become Noor Haddad").click()
    await page.get_by_role("button", name="Acknowledge INC-1").click()
    await page.get_by_text("You acknowledged").first.wait_for()
    await page.goto("/as/noor/c/inc-1-checkout-returns-500s")
    await page.get_by_role("button", name="Post update INC-1").click()
    await page.get_by_label("What is happening now?").fill("Rolling back")
    await page.get_by_role("dialog").get_by_role("button", name="Post update").last.click()

    assert await page.get_by_text("Rolling back").first.is_visible()
