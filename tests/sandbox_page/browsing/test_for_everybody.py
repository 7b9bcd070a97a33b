"""Nothing stands in anybody's way: keys alone, a telephone, the dark, and axe on every surface."""

import re

import pytest

from tests.sandbox_page.browsing.visiting import DESKTOP, START, TELEPHONE, declared, violations_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


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


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        pytest.param(DESKTOP, "light", id="desktop"),
        pytest.param(TELEPHONE, "dark", id="telephone", marks=pytest.mark.long),
    ],
)
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
