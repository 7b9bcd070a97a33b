"""Two hundred alarms by one person in a minute: nothing is lost, nobody is flooded, a colleague is not held up."""

from tests.stories.company import Cast
from tests.stories.witness import refusals, told


async def test_the_fourth_in_a_minute_is_kept_and_can_be_declared_later(company: Cast) -> None:
    """It stands on the last incident's timeline; too soon says how long, and after 20 s it is an incident (no. 28)."""

    for number in (1, 2, 3):
        await company.types("ada", f"/incident declare sev3 Service {number} is slow")
    await company.sandbox.advance("5s")
    answer = await company.types("ada", "/incident declare sev3 Payments fail")
    words = "This one is written on INC-3's timeline. If it is something else, wait 20 s or ask a colleague"
    assert words in answer

    await company.sandbox.advance("1s")
    early = await company.presses("ada", "Declare it separately")
    assert told(early).startswith("It is on INC-3's timeline already.")
    assert "Declared (SEV-3): Payments fail" in await company.types("ada", "/incident 3 timeline")
    assert 1 == company.incident(3).notes

    await company.sandbox.advance("20s")
    await company.presses("ada", "Declare it separately")
    await company.sandbox.settle()
    assert ("Payments fail", "sev3") == (company.incident(4).title, company.incident(4).severity)
    assert [28, 28] == [number for _, _, number in refusals(company)]
    assert company.incident(3) == company.replayed(3)


async def test_a_worse_alarm_pages_and_nothing_is_kept_on_what_has_ended(company: Cast) -> None:
    """After three SEV-3, the last one cancelled: a SEV-1 is its own and pages, a SEV-3 is kept on the second."""

    for number in (1, 2, 3):
        await company.types("ada", f"/incident declare sev3 Service {number} is slow")
    await company.types("ada", "/incident 3 cancel it was the dashboard only")
    answer = await company.types("ada", "/incident declare sev3 Search is slow too")
    await company.types("ada", "/incident declare sev1 Data centre on fire")
    await company.sandbox.settle()

    assert "This one is written on INC-2's timeline." in answer
    assert ("Data centre on fire", "sev1") == (company.incident(4).title, company.incident(4).severity)
    assert 1 == sum("Page: SEV-1 INC-4" in text for text in company.direct("noor"))


async def test_the_words_of_a_private_alarm_go_onto_nobody_elses_timeline(company: Cast) -> None:
    """Abuse case 89: a private alarm, the fourth in a minute, is an incident of its own; the third says nothing."""

    for number in (1, 2, 3):
        await company.types("ada", f"/incident declare sev3 Service {number} is slow")
    await company.types("ada", "/incident declare private sev2 Zanzibar papers are out")
    await company.sandbox.settle()

    assert (True, "sev2") == (company.incident(4).is_private, company.incident(4).severity)
    assert 0 == company.incident(3).notes
    assert "Zanzibar" not in await company.types("sam", "/incident 3 timeline")


async def test_two_hundred_in_a_minute_hold_up_nobody_else(company: Cast) -> None:
    """Abuse case 89: three become incidents, all others are kept on the last one, and Sam's SEV-1 pages at once."""

    for number in range(200):
        await company.types("ada", f"/incident declare sev4 Service {number} is slow", settle=False)
    await company.types("sam", "/incident declare sev1 Checkout returns 500s")
    await company.sandbox.settle()

    assert ("Checkout returns 500s", "sev1") == (company.incident(4).title, company.incident(4).severity)
    assert 197 == company.incident(3).notes
    assert 1 == sum("Page: SEV-1 INC-4" in text for text in company.direct("noor"))
    assert company.audit_is_whole()
