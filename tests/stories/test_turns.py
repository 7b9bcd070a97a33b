"""Turns an incident takes, typed and pressed in Slack: severity, title, reopening, closing, merging."""

from tests.stories.company import Cast
from tests.stories.witness import told

ROOM = "inc-1-checkout-returns-500s"


async def led(company: Cast, severity: str = "sev2") -> None:
    """Let Ada declare INC-1 and Noor command it, two minutes in."""
    await company.types("ada", f"/incident declare {severity} Checkout returns 500s")
    await company.sandbox.advance("2m")
    await company.presses("noor", "Take command")


async def submits(company: Cast, who: str, **values: str) -> None:
    """Let `who` send the form that is open before them."""
    await company.act(who, "submit", values=values)
    await company.sandbox.settle()


async def test_a_severity_raised_by_a_line_is_told_wherever_it_matters(company: Cast) -> None:
    """One message in the channel, the topic names it, and the SEV-1 broadcast begins."""

    await led(company)
    answer = await company.types("noor", "/incident sev 1 Payments fail in the US too", channel=ROOM)
    await company.sandbox.settle()

    assert "INC-1 is now SEV-1; its channel is told." in answer
    assert (
        "INC-1 is now SEV-1, was SEV-2. Mitigate is due within 28 min. Changed by Noor Haddad."
        == (company.texts(ROOM)[-1])
    )
    assert 1 == len(company.texts("ml-incidents-sev1"))
    room = next(one for one in company.sandbox.workspace.channels.values() if one.name == ROOM)
    assert str(room.topic).startswith("SEV-1 · INC-1")
    assert company.incident(1) == company.replayed(1)


async def test_four_changes_of_mind_are_one_message_in_slack(company: Cast) -> None:
    """The message is edited until it is right; the broadcast gets one reply."""

    await led(company)
    for line in ("sev 1", f"sev 2 {'the retries hide it'}", "sev 3 nobody notices it", "sev 1 it is bad"):
        await company.types("noor", f"/incident {line}", channel=ROOM)
        await company.sandbox.settle()

    assert 1 == len([text for text in company.texts(ROOM) if "SEV-" in text and "was" in text])
    assert "INC-1 is now SEV-1, was SEV-2" in company.texts(ROOM)[-1]


async def test_the_form_behind_the_dots_changes_the_severity(company: Cast) -> None:
    """Chosen on the card, filled in, sent."""

    await led(company)
    await company.presses("noor", "Change severity", channel=ROOM)
    await submits(company, "noor", grade="sev3", why="one team only, with a workaround")

    assert "sev3" == company.incident(1).severity
    assert "INC-1 is now SEV-3, was SEV-2" in company.texts(ROOM)[-1]


async def test_what_was_closed_too_early_is_reopened_from_the_card(company: Cast) -> None:
    """Resolved, closed by a press, opened again with a reason: clocks run from there, the record is whole."""

    await led(company)
    await company.types("noor", "/incident resolve Connection pool raised", channel=ROOM)
    await company.sandbox.settle()
    await company.presses("noor", "Close", channel=ROOM)
    await company.sandbox.settle()
    assert "closed" == company.incident(1).status
    entries = company.incident(1).version
    assert f"INC-1 is closed. The record is sealed: {entries} entries." in company.texts(ROOM)

    await company.sandbox.advance("1h")
    await company.presses("ada", "Reopen", channel=ROOM)
    await submits(company, "ada", why="the errors are back")

    assert "INC-1 is open again (Ada Obi). Noor Haddad commands as before." in company.texts(ROOM)
    assert {"mitigate.due", "resolve.due", "update.due"} <= {
        row.kind for row in company.timers() if row.state == "pending"
    }
    assert company.incident(1) == company.replayed(1)
    assert company.audit_is_whole()
    assert [] == company.undone()


async def test_a_false_alarm_that_was_real_pages_again(company: Cast) -> None:
    """Cancelled before anybody answered, then reopened: Noor gets a new page."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.types("ada", "/incident cancel the probe itself was broken", channel=ROOM)
    await company.sandbox.settle()
    before = len(company.direct("noor"))
    await company.types("ada", "/incident 1 reopen the probe was right after all")
    await company.sandbox.settle()

    assert before + 1 == len(company.direct("noor"))
    assert company.direct("noor")[-1].startswith("Page: SEV-1 INC-1")


async def test_a_new_title_stands_everywhere(company: Cast) -> None:
    """Card, announcement and topic follow; the channel keeps its name."""

    await led(company)
    await company.types("ada", "/incident retitle Payments fail", channel=ROOM)
    await company.sandbox.settle()

    assert "Payments fail" in company.texts("incidents")[0]
    assert "Payments fail" in company.texts(ROOM)[0]
    room = next(one for one in company.sandbox.workspace.channels.values() if one.name == ROOM)
    assert "Payments fail" in str(room.topic)


async def test_merging_asks_then_moves_people_and_severity(company: Cast) -> None:
    """INC-2 ends and goes on as INC-1: both channels are told, its people are added, the higher severity holds."""

    await led(company)
    await company.types("sam", "/incident declare sev1 Search is slow")
    room = company.channel_of(2)
    asked = await company.types("noor", "/incident 2 merge 1")
    assert "INC-2 ends and goes on as INC-1. Its 2 people are added there. Nothing was changed yet." in asked

    pressed = await company.presses("noor", "Merge")
    await company.sandbox.settle()

    assert "INC-2 goes on as INC-1" in told(pressed)
    assert ("merged", "sev1") == (company.incident(2).status, company.incident(1).severity)
    assert any("INC-2 goes on as INC-1" in text for text in company.texts(room, seen_by="noor"))
    assert any("is merged in; its timeline is linked." in text for text in company.texts(ROOM))
    for number in (1, 2):
        assert company.incident(number) == company.replayed(number)
    assert {2} & {row.incident for row in company.timers() if row.state == "pending"} == set()
    assert [] == company.undone()
