"""Long channels load upwards, 50 messages at a time, and what is being read stays where it is."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TOP = "document.querySelector('.scroll').scrollTop = -1e6"
WHERE = """(words) => [...document.querySelectorAll(".note")].find((note) => note.innerText.includes(words))
  .getBoundingClientRect().top"""


async def test_the_top_brings_what_came_before_in_order(visit, company):
    """At the top the next 50 come in above, in order, the first one read stays in its place, until all are there."""

    for number in range(130):
        request = {"as": "noor", "do": "message", "channel": "incidents", "text": f"Line {number}."}
        await company.sandbox.act({**request, "settle": False})
    page = await visit("/as/ada/c/incidents")
    first = await page.locator("ol.notes .said").first.inner_text()
    await page.evaluate(TOP)
    await page.get_by_text("Line 30.", exact=True).wait_for(state="attached")
    kept = await page.evaluate(WHERE, first)
    await page.evaluate(TOP)
    await page.get_by_text("Line 0.", exact=True).wait_for(state="attached")
    said = await page.locator("ol.notes .said").all_inner_texts()

    assert "Line 80." == first
    assert 0 < kept < 800
    assert [f"Line {number}." for number in range(130)] == said
