"""Paging one person by name: every way they list, until they answer."""

from tests.stories.company import Cast
from tests.stories.witness import refused

ROOM = "inc-1-checkout-returns-500s"


async def declared(company: Cast, *, acknowledged: bool = False) -> None:
    """Declare INC-1, which Noor may have acknowledged."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    if acknowledged:
        await company.presses("noor", "Acknowledge", channel="noor")


def mailed(company: Cast) -> list[str]:
    """Return to whom letters went, in order."""
    return [address.partition("@")[0] for letter in company.mailbox.letters for address in letter.to]


async def test_paging_somebody_while_nobody_has_acknowledged(company: Cast) -> None:
    """Mia gets a direct message, two minutes later a mail; Noor's acknowledgement ends it and rewrites the message."""

    await declared(company)
    answer = await company.types("ada", "/incident page @mia She knows the pool", channel=ROOM)
    first = company.direct("mia")
    await company.sandbox.advance("2m30s")
    again = company.direct("mia")
    await company.presses("noor", "Acknowledge", channel="noor")
    await company.sandbox.advance("10m")

    assert "Mia Chen (ML Platform Lead) is paged for INC-1 by DM; without an answer the next way follows at" in answer
    assert "Page: SEV-1 INC-1, Checkout returns 500s. Ada Obi pages you. Acknowledge within 5 min." in first
    assert "Ada Obi paged Mia Chen for INC-1: “She knows the pool”" in company.texts(ROOM)
    assert any("Not answered; sent again at" in one and "by e-mail" in one for one in again)
    assert sorted(["noor", "mia"]) == sorted(mailed(company))
    assert any("Noor Haddad acknowledged at" in one and "you can rest" in one for one in company.direct("mia"))
    assert company.incident(1) == company.replayed(1)
    assert [] == company.undone()


async def test_paging_for_help_once_it_is_acknowledged(company: Cast) -> None:
    """Then only Mia's own answer ends it: she says that she is on it, and no mail goes."""

    await declared(company, acknowledged=True)
    await company.types("sam", "/incident 1 page @mia need database help")
    first = company.direct("mia")[-1]
    await company.presses("mia", "I'm on it", channel="mia")
    await company.sandbox.advance("5m")

    assert "Page: SEV-1 INC-1, Checkout returns 500s. Sam Reyes pages you. Say that you are on it." == first
    assert any("You are on it since" in one for one in company.direct("mia"))
    assert [] == mailed(company)
    assert [True] == [call.answered_at is not None for call in company.incident(1).calls]
    assert company.incident(1) == company.replayed(1)


async def test_unanswered_the_next_way_follows(company: Cast) -> None:
    """Nobody else's doing ends a call for help; who takes command has answered it."""

    await declared(company, acknowledged=True)
    await company.types("noor", "/incident 1 page @mia need database help")
    await company.sandbox.advance("3m")
    letter = company.mailbox.of("mia@example.com")[0]
    await company.types("mia", "/incident 1 command")
    await company.presses("mia", "Take command", channel="mia")
    await company.sandbox.advance("5m")

    assert letter.text.splitlines()[0] == (
        "Page: SEV-1 INC-1, Checkout returns 500s. Noor Haddad pages you. Say that you are on it."
    )
    assert ["mia"] == mailed(company)
    assert "U0MIA000000" == company.incident(1).commander
    assert [True] == [call.answered_at is not None for call in company.incident(1).calls]


async def test_who_cannot_be_paged(company: Cast) -> None:
    """Oneself, a name by hand, a guest, somebody deactivated, a bot: each is refused in a sentence."""

    await declared(company)
    await company.act("sam", "deactivate", user="tomas")
    said = {
        who: await refused(company, "ada", f"/incident 1 page {who} need help now")
        for who in ("@ada", "@maya", "@gus", "@tomas", "@buildbot")
    }

    assert "That is you, so nobody was paged. To see whether a page reaches you: /incident oncall test;" in said["@ada"]
    assert said["@maya"].startswith("I cannot find a person in @maya.")
    assert all(" cannot be paged: only members" in said[who] for who in ("@gus", "@tomas", "@buildbot"))
    assert ["U0NOOR00000"] == [page.person for page in company.incident(1).pages]


async def test_whom_policy_does_not_know(company: Cast) -> None:
    """A member in no list gets the direct message, and who asked hears that it is all there is."""

    await declared(company)
    await company.act("ada", "hire", user="zoe", real_name="Zoe Adler")
    answer = await company.types("ada", "/incident 1 page @zoe She wrote the checkout")
    await company.sandbox.advance("3m")

    assert "Zoe Adler is paged for INC-1 by DM. No other way of theirs is known." in answer
    assert company.direct("zoe")[0].startswith("Page: SEV-1 INC-1")
    assert ["noor"] == mailed(company)


async def test_a_third_page_within_a_minute_is_written_down(company: Cast) -> None:
    """Two messages are enough; the third is on the timeline, and who asked knows that none was sent."""

    await declared(company)
    for why in ("first of all", "once more please"):
        await company.types("ada", f"/incident 1 page @mia {why}")
    held = await company.types("sam", "/incident 1 page @mia and a third time")
    await company.sandbox.advance("2m")
    later = await company.types("sam", "/incident 1 page @mia now really")

    assert "Mia Chen (ML Platform Lead) was paged for INC-1 twice within the last minute" in held
    assert "is paged for INC-1 by DM" in later
    assert 3 == len([one for one in company.direct("mia") if "INC-1" in one])
    assert "a third time within a minute" in await company.types("ada", "/incident timeline people", channel=ROOM)


async def test_somebody_is_paged_into_a_private_incident(company: Cast) -> None:
    """Who leads pages Tomas, who is let in; what reaches him outside the channel has no title, no reason."""

    await company.types("ada", "/incident declare private sev1 Customer names in the logs")
    await company.presses("noor", "Acknowledge", channel="noor")
    by_ada = await refused(company, "ada", "/incident 1 page @tomas Is this a breach")
    await company.types("noor", "/incident 1 page @tomas Is this a breach")
    await company.sandbox.advance("3m")
    said = " ".join([*company.direct("tomas"), company.mailbox.of("tomas@example.com")[0].text])

    assert "Paging more people into INC-1 is for" in by_ada
    assert "Page: SEV-1 INC-1, private incident. Noor Haddad pages you." in said
    assert "ustomer" not in said
    assert "breach" not in said
    assert "Customer names" in str(company.messages("inc-1-private", seen_by="tomas"))


async def test_nobody_answers_and_somebody_else_is_paged(company: Cast) -> None:
    """The button under "Nobody has answered" opens the form; who is chosen is paged."""

    await declared(company)
    await company.sandbox.advance("10m")
    opened = await company.presses("ada", "Page someone else", channel=ROOM)
    values = {"paged": "@iris", "why": "Nobody on call answers"}
    await company.act("ada", "submit", values=values)
    await company.sandbox.advance("10s")

    assert "Page for INC-1" == opened["view"]["title"]["text"]
    assert any("Ada Obi pages you." in one for one in company.direct("iris"))
    assert "Ada Obi paged Iris Park for INC-1: “Nobody on call answers”" in company.texts(ROOM)


async def test_a_page_to_the_panel(company: Cast) -> None:
    """Typed without a person, the form asks whom, what was typed kept in it."""

    await declared(company)
    answer = await company.act("ada", "command", channel=ROOM, text="/incident page need database help")

    assert "need database help" in str(answer["view"]["blocks"])


async def test_slack_fails_and_each_page_goes_by_mail(company: Cast) -> None:
    """While Slack is away, everybody the ladder calls is reached by their other way, within seconds of their turn."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.sandbox.fault({"slack_down": "1h"})
    await company.sandbox.advance("3m10s")
    at_three = mailed(company)
    await company.sandbox.advance("2m")

    assert ["noor", "sam"] == at_three
    assert ["noor", "sam", "mia"] == mailed(company)
