"""Command handed over by two people in the browser: offered from the card, accepted from the direct message."""

from typing import Any

import pytest

from tests.sandbox_page.browsing.test_incident import SIZES, fill_in
from tests.sandbox_page.browsing.visiting import INC, declared, violations_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def offer_from_the_card(page: Any) -> str:
    """Open the dots of the card, offer command to Sam with one thing to watch; return the brief as it was written."""
    card = page.locator("#talk .note.pinned")
    await card.locator("summary[aria-label='More actions']").click()
    await card.get_by_role("button", name="Hand over").click()
    form = page.get_by_role("dialog", name="Hand over INC-1")
    await form.get_by_label("To whom?").select_option(label="Sam Reyes · SRE Lead")
    brief: str = await form.get_by_label("Brief").input_value()
    await fill_in(page, title="Hand over INC-1", answers={"What should they watch?": "EU queue length"}, submit="Offer")
    return brief


async def thread_under(page: Any, words: str) -> str:
    """Open the thread under the newest message with these words; return what stands in it."""
    await page.locator("#talk .note", has_text=words).last.locator(".replies a").click()
    await page.get_by_role("heading", name="Thread").wait_for()
    text: str = await page.locator("#aside").inner_text()
    return text


@pytest.mark.long
@pytest.mark.parametrize("size", ["desk", "telephone"])
async def test_two_people_hand_command_over(visit, company, size):
    """Noor offers by the card's dots, Sam accepts from his messages, the brief is in a thread, Sam posts an update."""

    how = {"viewport": SIZES[size], "has_touch": size == "telephone"}
    await declared(company)
    await company.sandbox.act({"as": "noor", "do": "click", "label": "Take command", "channel": "noor"})
    noor = await visit(f"/as/noor/c/{INC}", **how)
    brief = await offer_from_the_card(noor)
    await noor.get_by_text("Command offered to Sam Reyes").first.wait_for()
    sam = await visit("/as/sam/dm/tocsin", **how)
    offered = await violations_of(sam)
    await sam.get_by_role("button", name="Accept command").click()
    await sam.get_by_text("You accepted command of INC-1").first.wait_for()
    await noor.get_by_text("Sam Reyes commands INC-1 since").first.wait_for()
    thread = await thread_under(noor, "handed over by Noor Haddad")
    await company.sandbox.advance("1m")
    await sam.goto(f"/as/sam/c/{INC}")
    await sam.get_by_role("button", name="Post update INC-1").first.click()
    await fill_in(sam, title="Update INC-1", answers={"What is happening now?": "Rolling back"}, submit="Post update")
    await sam.locator("#talk").get_by_text("Rolling back").first.wait_for()
    lena = await visit("/as/lena/c/leadership", **how)
    headline = await thread_under(lena, "INC-1")

    assert [] == offered
    assert brief.startswith("State: acknowledged")
    assert "State: acknowledged" in thread
    assert "EU queue length" in thread
    assert "Rolling back" in headline
    assert "Sam Reyes" in await sam.locator("#talk .note.pinned").inner_text()
    assert [] == company.sandbox.workspace.violations
