"""The first minutes: a first visit, the clock, other people, a form, no JavaScript."""

import pytest

from tests.sandbox_page.browsing.visiting import TELEPHONE, declared

STILL = """document.querySelector('#layer').addEventListener(
  'htmx:beforeRequest', (event) => event.target.id === 'layer' && event.preventDefault())"""
"""The dialog is not drawn again, as if its new drawing were still on its way."""
MEASURED = """(box) => [Math.floor(box.clientHeight / parseFloat(getComputedStyle(box).lineHeight)),
  box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight]"""
"""How many lines a list shows of what is chosen, and whether that is cut off."""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


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
    await dialog.locator(".wrong :focus").wait_for()
    kept = await dialog.get_by_label("Who is affected").input_value()
    await page.keyboard.press("Escape")
    await dialog.wait_for(state="detached")

    await page.locator("button:focus").filter(has_text="Post update").wait_for()

    assert "EU card payments" == kept


async def test_a_new_message_is_there_at_once(visit, company):
    """What somebody else writes appears without a reload, and what is being typed stays."""

    page = await visit("/as/ada/c/general")
    await page.locator("#text").fill("half a thought")
    await company.sandbox.act({"as": "noor", "do": "message", "channel": "general", "text": "Rolling back"})
    await page.get_by_text("Rolling back").wait_for(timeout=1000)

    assert "half a thought" == await page.locator("#text").input_value()


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


async def test_a_press_that_waits_for_another_is_not_lost(visit, company):
    """Declare, pressed while the tick before it is still on its way to Slack and back, declares."""

    page = await visit("/as/ada/c/general")
    await page.locator("#text").fill("/incident")
    await page.get_by_role("button", name="Send").click()
    form = page.get_by_role("dialog", name="Declare an incident")
    await form.get_by_label("What is broken?").fill("Checkout returns 500s")
    await company.sandbox.fault({"latency_ms": 1000})
    await page.evaluate(
        "document.querySelector('#modal-form input[type=checkbox]').click();"
        "document.querySelector('#modal-form footer .primary').click()"
    )

    await page.get_by_role("dialog", name="INC-1 is declared").wait_for()


async def test_declare_sends_a_form_that_was_redrawn_behind_the_page(visit, company):
    """While the page has not drawn yet what a tick suggests, one press of Declare declares with that suggestion."""

    page = await visit("/as/ada/c/general")
    await page.locator("#text").fill("/incident")
    await page.get_by_role("button", name="Send").click()
    form = page.get_by_role("dialog", name="Declare an incident")
    await form.get_by_label("What is broken?").fill("Checkout returns 500s")
    await page.evaluate(STILL)
    await form.locator("input[type=checkbox]").first.check()
    await company.sandbox.settle()
    shown = await form.locator("select").first.input_value()
    async with page.expect_response("**/as/ada/do"):
        await form.get_by_role("button", name="Declare").click()
    await company.sandbox.settle()
    await page.goto("/as/ada/c/general")
    await page.get_by_role("dialog", name="INC-1 is declared").wait_for()
    await company.sandbox.settle()

    assert "sev2" == shown
    assert "inc-1-checkout-returns-500s" in {room.name for room in company.sandbox.workspace.channels.values()}


async def test_an_option_and_its_description_are_read_whole_on_a_telephone(visit):
    """A chosen severity takes the lines it needs, and none of it lies outside its box."""

    page = await visit("/as/ada/c/general", viewport=TELEPHONE)
    await page.locator("#text").fill("/incident")
    await page.get_by_role("button", name="Send").click()
    severity = page.get_by_role("dialog", name="Declare an incident").locator("select").first
    await severity.wait_for()
    lines, clipped = await severity.evaluate(MEASURED)

    assert lines > 1
    assert not clipped
