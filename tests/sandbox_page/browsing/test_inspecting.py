"""The inspector shows the bot's books, and a scenario is played before people's eyes, on a telephone too."""

import pytest

from tests.sandbox_page.browsing.visiting import TELEPHONE, declared, violations_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_books_are_open(visit, company):
    """The outbox tells what was sent to whom; the record tells who did what, and verifies when it is asked."""

    await declared(company)
    page = await visit("/as/ada/c/general")
    await page.get_by_role("link", name="Outbox").click()
    await page.locator("#aside").get_by_text("DM Noor Haddad").first.wait_for()
    outbox = await violations_of(page)
    await page.get_by_role("link", name="Audit").click()
    await page.locator("#aside").get_by_text("declared").first.wait_for()
    await page.get_by_role("link", name="Check the record").click()
    await page.get_by_text("The record verifies").wait_for()

    assert ([], []) == (outbox, await violations_of(page))


async def test_a_scenario_is_stepped_through_on_a_telephone(visit):
    """Scenarios are in the time sheet; each step's caption says how exactly its source gives the time."""

    page = await visit("/as/ada/c/incidents?pane=time", viewport=TELEPHONE, has_touch=True)
    await page.get_by_text("Scenarios").click()
    await page.get_by_role("button", name="Step").last.click()
    await page.goto("/as/ada/c/incidents")
    await page.get_by_role("button", name="Step").click()
    await page.locator("#playing").get_by_text("(").wait_for()
    wide = await page.evaluate("document.documentElement.scrollWidth")
    found = await violations_of(page)
    await page.get_by_role("button", name="Stop").click()
    await page.locator("#playing").wait_for(state="detached")

    assert wide <= TELEPHONE["width"]
    assert [] == found
