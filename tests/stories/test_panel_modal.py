"""The control panel as a modal: from the card, from somebody's own page, and from the form that declares."""

from dataclasses import replace

from bot.words import Classification, Status
from tests.stories.company import Cast

ROOM = "inc-1-checkout-returns-500s"


async def declared(company: Cast) -> None:
    """Let Ada declare INC-1."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.sandbox.settle()


async def test_everything_else_stands_behind_the_cards_dots(company: Cast) -> None:
    """Acting at once draws the panel again in its place; a form goes above it."""
    await declared(company)
    opened = await company.presses("noor", "Everything else", channel=ROOM)
    done = await company.presses("noor", "Take command", view=True)
    form = await company.presses("noor", "Post update", view=True)
    await company.act("noor", "submit", values={"now": "Rolling back, errors falling"})

    assert "form.panel" == opened["view"]["callback_id"]
    assert "form.panel" == done["view"]["callback_id"]
    assert "You command INC-1." in str(done["view"])
    assert "form.update" == form["view"]["callback_id"]
    assert Status.ACKNOWLEDGED is company.incident(1).status
    assert 1 == company.incident(1).updates
    assert [] == company.sandbox.workspace.violations


async def test_reading_from_the_panel_goes_above_it(company: Cast) -> None:
    """Timeline, summary and roles are pushed; closing them leaves the panel."""
    await declared(company)
    await company.presses("ada", "Everything else", channel=ROOM)
    timeline = await company.presses("ada", "Timeline", view=True)
    await company.act("ada", "close")
    roles = await company.presses("ada", "Roles", view=True)

    assert "Declared as SEV-1" in str(timeline["view"])
    assert "Commander" in str(roles["view"])


async def test_the_form_shows_what_is_open(company: Cast) -> None:
    """What was typed stays below; it is still shown after the form was drawn again."""
    await declared(company)
    await company.act("mia", "command", channel="general", text="/incident declare")
    await company.act("mia", "select", label="Severity", value="sev3")
    shown = await company.presses("mia", "Show INC-1", view=True)
    await company.act("mia", "close")
    left = await company.act("mia", "submit", values={"title": "Search is slow"})

    assert "form.panel" == shown["view"]["callback_id"]
    assert "INC-2 is declared" == left["view"]["title"]["text"]


async def test_a_page_of_ones_own_opens_the_panel_and_the_list(company: Cast) -> None:
    """Both open as dialogs; the list turns its pages in place."""
    for number in range(8):
        await company.types("ada", f"/incident declare sev3 Checkout {number} returns 500s")
        await company.sandbox.advance("30s")
    await company.types("noor", "/incident 1 command")
    await company.act("noor", "open_home")
    panel = await company.presses("noor", "Open the panel", view="home")
    await company.act("noor", "close")
    listed = await company.presses("noor", "All incidents", view="home")
    turned = await company.presses("noor", "Next 6", view=True)

    assert "form.panel" == panel["view"]["callback_id"]
    assert "INC-8" in str(listed["view"])
    assert "INC-8" not in str(turned["view"])
    assert "INC-1 " in str(turned["view"])


async def test_a_private_incidents_panel_keeps_its_title(company: Cast) -> None:
    """From outside its channel the panel names the number alone."""
    await declared(company)
    incident = company.incident(1)
    with company.store.write() as unit:
        hidden = replace(incident, classification=Classification.CONFIDENTIAL)
        unit.incidents.save(hidden, was=incident.version)
    await company.types("noor", "/incident 1 command")
    await company.act("noor", "open_home")
    panel = await company.presses("noor", "Open the panel", view="home")
    stranger = await company.act("iris", "command", channel="general", text="/incident declare")

    assert "private incident" in str(panel["view"])
    assert "Checkout" not in str(panel["view"])
    assert "Already open" not in str(stranger["view"])


async def test_the_end_of_an_incident_leads_to_its_timeline(company: Cast) -> None:
    """What was cancelled is read back with one press."""
    await declared(company)
    await company.types("ada", "/incident 1 cancel the probe itself was broken")
    await company.sandbox.settle()
    pressed = await company.presses("ada", "Timeline", channel=ROOM)

    assert pressed["acked"]
    assert "Cancelled: false alarm" in str(pressed["messages"])
