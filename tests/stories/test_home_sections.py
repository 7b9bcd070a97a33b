"""Whose page has which sections: everyone's begins alike, and each part is for whom it concerns."""

from typing import Any

import pytest

from tests.stories.company import Cast

WHO = {
    "iris, who has no part in it": ("iris", ["Incidents", "Open now (1)"], False),
    "noor, who commands, is on call and may confirm": (
        "noor",
        ["Incidents", "You command INC-1", "Asked of you", "Open now (1)"],
        True,
    ),
    "sam, who is offered command and leads": (
        "sam",
        ["Incidents", "Asked of you", "Open now (1)", "This week"],
        True,
    ),
    "lena, who leads": ("lena", ["Incidents", "Open now (1)", "This week"], False),
    "gus, a guest": ("gus", ["Incidents"], False),
}
"""Who sees which headings in which order, and whether the page says that they are on call."""


def sections(company: Cast, who: str) -> list[str]:
    """Return the headings of somebody's page, but for governance's own."""
    return [block["text"]["text"] for block in page(company, who) if block["type"] == "header" and _is_told(block)]


def _is_told(block: dict[str, Any]) -> bool:
    return "Governance" != str(block["text"]["text"])


def page(company: Cast, who: str) -> list[Any]:
    """Return the blocks of somebody's page."""
    workspace = company.sandbox.workspace
    person = next(one for one in workspace.people.values() if one.handle == who)
    return list(workspace.modals.homes[person.id].body["blocks"])


@pytest.mark.parametrize(("who", "headings", "on_call"), WHO.values(), ids=WHO)
async def test_who_sees_which_section(company: Cast, who: str, headings: list[str], on_call: bool) -> None:
    """Commanding, asked, leading: a section stands on the page of whom it is for, and on nobody else's."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.types("noor", "/incident 1 ack")
    await company.types("noor", "/incident 1 handover @sam")
    await company.act("noor", "submit", values={"to_whom": "sam", "brief": "Rollback is running."})

    await company.act(who, "open_home")

    assert headings == sections(company, who)
    assert on_call == ("*You are on call*" in str(page(company, who)))


async def test_a_page_begins_with_what_everybody_can_do(company: Cast) -> None:
    """Declaring is the next step on every page; with nothing open it says what a false alarm costs."""
    await company.act("iris", "open_home")

    labels = [one["text"]["text"] for one in page(company, "iris")[1]["elements"]]
    assert ["Declare an incident", "All incidents", "Help"] == labels[:3]
    assert ["primary"] == [one["style"] for one in page(company, "iris")[1]["elements"] if "style" in one]
    empty = "Nothing is open. Declare when something might be wrong: a false alarm costs two minutes."
    assert empty in str(page(company, "iris"))
