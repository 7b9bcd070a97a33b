"""Everybody's own page: opened, pressed, and true again when something changes."""

from tests.stories.company import Cast, said


def shown(company: Cast, who: str) -> str:
    """All that `who` has on their page."""
    workspace = company.sandbox.workspace
    person = next(one for one in workspace.people.values() if one.handle == who)
    home = workspace.modals.homes.get(person.id)
    return str(home.body["blocks"]) if home else ""


async def test_a_page_is_drawn_when_it_is_opened_and_when_something_changes(company: Cast) -> None:
    """Empty at first; after a declaration it shows the incident, and what it asks of whom."""
    for who in ("iris", "noor"):
        await company.act(who, "open_home")
    before = shown(company, "iris")

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.sandbox.advance("10s")

    assert "Nothing is open." in before
    assert "Open now (1)" in shown(company, "iris")
    assert "Asked of you" not in shown(company, "iris")
    assert "You are named commander of INC-1" in shown(company, "noor")
    assert "*You are on call* for ML Platform, primary, until " in shown(company, "noor")


async def test_who_never_opened_theirs_costs_no_call(company: Cast) -> None:
    """A page is drawn for whoever opened it, and for nobody else."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")

    assert [] == company.calls("views.publish")


async def test_a_page_is_drawn_at_most_once_in_ten_seconds(company: Cast) -> None:
    """Many changes at once are one drawing, and an unchanged page costs no call."""
    await company.act("iris", "open_home")
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    for number in range(5):
        await company.types("noor", f"/incident 1 note step {number}")
    await company.sandbox.advance("30s")
    published = company.calls("views.publish")

    await company.act("iris", "open_home")
    await company.sandbox.advance("30s")

    assert 2 == len(published)
    assert 2 == len(company.calls("views.publish"))


async def test_declaring_from_the_page(company: Cast) -> None:
    """The button opens the form, and what is submitted runs."""
    await company.act("ada", "open_home")

    opened = await company.presses("ada", "Declare an incident", view="home")
    await company.act("ada", "submit", values={"title": "Checkout returns 500s"})

    assert "Declare an incident" == opened["view"]["title"]["text"]
    assert "Checkout returns 500s" == company.incident(1).title


async def test_what_is_pressed_on_a_page_is_answered_in_a_dialog(company: Cast) -> None:
    """Taking command from the page says so in a dialog, for there is no message to leave an answer in."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.act("noor", "open_home")

    taken = await company.presses("noor", "Take command", view="home")
    helped = await company.presses("noor", "Help", view="home")
    await company.sandbox.advance("10s")

    assert "You command INC-1." in str(taken["view"]["blocks"])
    assert "In doubt, declare." in str(helped["view"]["blocks"])
    assert "You command INC-1" in shown(company, "noor")
    assert "Post update" in shown(company, "noor")


async def test_leaders_see_the_week(company: Cast) -> None:
    """Figures of the week stand on a leader's page, and on nobody else's."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.types("noor", "/incident 1 ack")

    for who in ("lena", "iris"):
        await company.act(who, "open_home")

    assert "1 declared, 0 resolved · acknowledged in time 1 of 1" in shown(company, "lena")
    assert "This week" not in shown(company, "iris")


async def test_a_guest_sees_where_to_turn(company: Cast) -> None:
    """A guest's page names no incident, only the emergency number."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")

    await company.act("gus", "open_home")

    assert "Incidents are handled by members of this workspace." in shown(company, "gus")
    assert "+49 30 23125 100" in shown(company, "gus")
    assert "Checkout" not in shown(company, "gus")


async def test_a_commander_posts_an_update_from_the_page(company: Cast) -> None:
    """The form opened there is the same as everywhere."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.types("noor", "/incident 1 ack")
    await company.act("noor", "open_home")

    await company.presses("noor", "Post update", view="home")
    sent = await company.act("noor", "submit", values={"now": "Rolling back, errors falling"})

    assert 1 == company.incident(1).updates
    assert "" == said(sent)
