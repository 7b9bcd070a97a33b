"""A whole incident, lived through by four people in the browser: at a desk and on a telephone, by day and by night."""

from typing import Any

import pytest

from tests.sandbox_page.browsing.visiting import DESKTOP, INC, SOON_MS, TELEPHONE, violations_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SIZES = {"desk": DESKTOP, "telephone": TELEPHONE}


async def declare_with_the_form(page: Any) -> None:
    """Open the form with the bare command, say what is broken, tick what is true, and send it."""
    await page.locator("#text").fill("/incident")
    await page.get_by_role("button", name="Send").click()
    form = page.get_by_role("dialog", name="Declare an incident")
    await form.get_by_label("What is broken?").fill("Checkout returns 500s")
    await form.locator("input[type=checkbox]").first.check()
    await form.get_by_role("button", name="Declare").click()
    done = page.get_by_role("dialog", name="INC-1 is declared")
    await done.get_by_role("button", name="Done").click()
    await done.wait_for(state="detached")


async def fill_in(page: Any, *, title: str, answers: dict[str, str], submit: str) -> None:
    """Fill in the open form and send it."""
    form = page.get_by_role("dialog", name=title)
    for label, words in answers.items():
        await form.get_by_label(label).fill(words)
    await form.get_by_role("button", name=submit).last.click()
    await form.wait_for(state="detached")


async def pass_time(page: Any, *, path: str, button: str) -> None:
    """Move the clock with the time machine, wherever this screen keeps it."""
    if page.viewport_size["width"] < 640:
        await page.get_by_role("link", name="Time", exact=True).click()
    await page.get_by_role("button", name=button).click()
    await page.get_by_text("What the last jump brought").wait_for(state="attached")
    await page.goto(path)


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        pytest.param("desk", "light", id="desk-light"),
        pytest.param("telephone", "dark", id="telephone-dark", marks=pytest.mark.long),
        pytest.param("desk", "dark", id="desk-dark", marks=pytest.mark.long),
        pytest.param("telephone", "light", id="telephone-light", marks=pytest.mark.long),
    ],
)
async def test_four_people_live_through_an_incident(visit, company, size, scheme):
    """Declared by the form, acknowledged, led, updated, left alone for 15 min, resolved, read by leadership."""

    how = {"viewport": SIZES[size], "color_scheme": scheme, "has_touch": size == "telephone"}
    ada = await visit("/as/ada/c/general", **how)
    await declare_with_the_form(ada)
    noor = await visit("/as/noor/dm/tocsin", **how)
    await noor.get_by_role("button", name="Acknowledge INC-1").click()
    await noor.get_by_text("You acknowledged").first.wait_for()
    await company.sandbox.advance("1m")
    await noor.goto(f"/as/noor/c/{INC}")
    await noor.get_by_role("button", name="Post update INC-1").first.click()
    await fill_in(noor, title="Update INC-1", answers={"What is happening now?": "Rolling back"}, submit="Post update")
    await noor.locator("#talk").get_by_text("Rolling back").first.wait_for()
    await pass_time(noor, path="/as/noor/dm/tocsin", button="+15 minutes")
    reminded = await noor.get_by_text("due").count()
    await noor.goto(f"/as/noor/c/{INC}")
    ladder = await violations_of(noor)
    await noor.get_by_role("button", name="Resolved INC-1").first.click()
    await noor.get_by_label("Who facilitates the postmortem?").select_option(label="Sam Reyes · SRE Lead")
    answers = {"What fixed it?": "Deploy rolled back", "Who was affected, from when to when?": "EU cards"}
    await fill_in(noor, title="Resolve INC-1", answers=answers, submit="Resolve")
    lena = await visit("/as/lena/c/leadership", **how)
    await lena.get_by_role("link", name="repl").first.click()
    await lena.get_by_role("heading", name="Thread").wait_for()
    thread = await lena.locator("#aside").inner_text()

    assert reminded
    assert [] == ladder
    assert "Rolling back" in thread
    assert "resolved" in (await lena.locator("#talk").text_content() or "").lower()
    assert [] == company.sandbox.workspace.violations


async def test_at_150_ms_a_press_is_answered_at_once(visit, company):
    """While each of Slack's calls takes 150 ms a pressed button shows at once that it was, and the card follows."""

    await company.sandbox.fault({"latency_ms": 150})
    ada = await visit("/as/ada/c/general")
    await ada.locator("#text").fill("/incident declare sev1 Checkout returns 500s")
    await ada.get_by_role("button", name="Send").click()
    await ada.get_by_text("INC-1 is declared as SEV-1.").wait_for()
    noor = await visit("/as/noor/dm/tocsin")
    button = noor.get_by_role("button", name="Acknowledge INC-1")
    await button.click()
    await noor.get_by_text("You acknowledged").first.wait_for()
    await noor.goto(f"/as/noor/c/{INC}")
    await noor.get_by_role("button", name="Post update INC-1").first.wait_for()

    assert [] == company.sandbox.workspace.violations


async def test_while_slack_is_down_the_page_says_so(visit, company):
    """A command into a Slack that is down is refused in words, and kept to be sent again; then the card is there."""

    await company.sandbox.fault({"slack_down": "10m"})
    page = await visit("/as/ada/c/general")
    await page.locator("#text").fill("/incident declare sev1 Checkout returns 500s")
    await page.get_by_role("button", name="Send").click()
    await page.get_by_text("Slack is down until").first.wait_for()
    kept = await page.locator("#text").input_value()
    await page.get_by_role("button", name="+15 minutes").click(timeout=4 * SOON_MS)
    await page.get_by_text("Clock moved +15 min").wait_for(timeout=4 * SOON_MS)
    await page.get_by_role("button", name="Send").click()
    await page.get_by_text("INC-1 is declared as SEV-1.").wait_for(timeout=SOON_MS)
    await page.locator(f'a[href="/as/ada/c/{INC}"]').first.wait_for(timeout=4 * SOON_MS)
    await page.goto(f"/as/ada/c/{INC}")
    await page.get_by_role("button", name="Acknowledge INC-1").wait_for()

    assert "/incident declare sev1 Checkout returns 500s" == kept
