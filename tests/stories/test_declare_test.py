"""A declaration that is a test: everything runs, and nobody else ever hears of it."""

from bot.words import Status
from tests.stories.company import Cast

ROOM = "test-1-checkout-returns-500s"


async def played(company: Cast) -> str:
    """Let Ada declare a test of SEV-1; return what she hears."""
    return await company.types("ada", "/incident declare test sev1 Checkout returns 500s")


async def test_a_test_runs_and_reaches_nobody(company: Cast) -> None:
    """Channel, card and clocks; four hours of silence page nobody, announce nothing, and then it is over."""
    for who in ("noor", "lena"):
        await company.act(who, "open_home")
    heard = {who: len(company.direct(who)) for who in ("noor", "sam", "mia", "lena")}
    answer = await played(company)
    for _ in range(5):
        await company.sandbox.advance("50m")
    await company.types("lena", "/incident list", channel="general")

    assert "A test: nobody is paged, and it counts nowhere." in answer
    assert "/incident declare sev1 what is broken" in answer
    assert heard == {who: len(company.direct(who)) for who in heard}
    for place in ("incidents", "leadership", "ml-incidents-sev1", "ops"):
        assert [] == company.texts(place, seen_by="mia" if place in {"leadership", "ops"} else "ada")
    assert company.texts(ROOM)[0].startswith("TEST SEV-1 INC-1, Checkout returns 500s.")
    assert "The test INC-1 ended by itself after 4 h." in " ".join(company.texts(ROOM))
    assert Status.CANCELLED is company.incident(1).status
    assert company.incident(1) == company.replayed(1)
    assert [] == company.sandbox.workspace.violations


async def test_its_clocks_say_who_would_have_been_called(company: Cast) -> None:
    """What is missed names in the channel whom a real one would have called."""
    await played(company)
    await company.sandbox.advance("31m")

    said = str(company.messages(ROOM))
    assert "would be called." in said
    assert [] == company.direct("mia")


async def test_others_are_not_shown_it(company: Cast) -> None:
    """Neither list nor page nor the form of others names it; those of its own people do."""
    await played(company)
    theirs = await company.types("lena", "/incident list")
    mine = await company.types("ada", "/incident list")
    form = await company.act("lena", "command", channel="general", text="/incident declare")

    assert "Nothing is open." in theirs
    assert "TEST · SEV-1 · INC-1" in mine
    assert "Already open" not in str(form["view"])


async def test_a_test_hides_no_alarm(company: Cast) -> None:
    """The same words in earnest, half a minute later, are an alarm at once."""
    await played(company)
    await company.sandbox.advance("30s")
    answer = await company.types("ada", "/incident declare sev1 Checkout returns 500s")

    assert "INC-2 declared as SEV-1. Noor Haddad is being paged" in answer
    assert not company.incident(2).is_test
    assert company.direct("noor")


async def test_a_test_ends_when_it_is_ended(company: Cast) -> None:
    """Its declarer cancels it, and that is recorded as a test."""
    await played(company)
    await company.types("ada", "/incident cancel everybody has seen the card now", channel=ROOM)
    await company.sandbox.settle()

    assert "test" == company.incident(1).cancel_reason
    assert 1 == sum("The test INC-1 is ended by Ada Obi." in text for text in company.texts(ROOM))
