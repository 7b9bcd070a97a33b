"""Every "no" has a way on: the buttons under refusals do what they say, with the words that were typed."""

from typing import Any

import pytest

from sandbox.refusals import ActRefused
from tests.stories.company import Cast
from tests.stories.test_bad_input import ROOM, declare
from tests.stories.witness import refusals, standing, told

WHY = "one team only, with a workaround"


async def led(company: Cast) -> None:
    """Let Ada declare INC-1, a SEV-1, and Noor command it."""
    await declare(company)
    await company.presses("noor", "Take command")


def initial(answer: Any, block: str) -> str:
    """Return what a field of the form that opened holds."""
    found = next(one for one in answer["view"]["blocks"] if one.get("block_id") == block)
    return str(found["element"].get("initial_value", ""))


async def test_words_that_may_not_be_posted_go_to_the_commander(company: Cast) -> None:
    """Ada's text is one press from Noor, and one more from the channel; it is posted once (no. 4)."""

    await led(company)
    await company.types("ada", "/incident 1 update Errors are falling")
    sent = await company.presses("ada", "Send to commander")
    assert "Noor Haddad has your text and may post it. INC-1: nothing is posted yet." == told(sent)
    assert "Ada Obi suggests a status update for INC-1. Nothing is posted until you do." == company.direct("noor")[-1]

    await company.presses("noor", "Post as update", channel="noor")
    await company.sandbox.settle()

    update = "Status update 1 on SEV-1 INC-1 from Noor Haddad: Errors are falling. Next update within 15 min."
    assert (1, update) == (company.incident(1).updates, company.texts(ROOM)[-1])
    assert "Posted as status update 1 of INC-1." in company.direct("noor")
    assert company.incident(1) == company.replayed(1)


async def test_taking_command_posts_what_was_typed(company: Cast) -> None:
    """Nobody commands: one press takes the seat and posts the text, as one decision (no. 7)."""

    await led(company)
    await give_back(company)
    await company.types("sam", "/incident 1 update Errors are falling")
    answer = await company.presses("sam", "Take command and post")
    await company.sandbox.advance("10s")

    assert told(answer).startswith("You command INC-1. Status update 1 is posted in")
    assert ("U0SAM000000", 1) == (company.incident(1).commander, company.incident(1).updates)
    assert ["Sam Reyes commands INC-1.", "Status update 1"] == [
        text.partition(" on SEV-1")[0] for text in company.texts(ROOM)[-2:]
    ]


async def give_back(company: Cast) -> None:
    """Let Noor leave the seat, which only a deputy in place allows."""
    await company.types("noor", "/incident 1 role deputy @lena")
    await company.types("noor", "/incident 1 role commander back")
    await company.sandbox.settle()


async def test_a_lower_severity_is_suggested_and_decided(company: Cast) -> None:
    """Ada may not lower it; with a reason it is put to Noor and Sam, who change it with one press (no. 6)."""

    await led(company)
    await company.types("iris", f"/incident 1 sev 3 {WHY}")
    put = await company.presses("iris", "Suggest SEV-3")
    assert "Put to Noor Haddad and Sam Reyes; they decide. INC-1 stays SEV-1 until they change it." == told(put)
    await company.presses("noor", "Change to SEV-3", channel="noor")
    await company.sandbox.settle()
    assert "sev3" == company.incident(1).severity
    assert "INC-1 is now SEV-3." in company.direct("noor")

    before = company.incident(1)
    stale = await company.presses("sam", "Change to SEV-3", channel="sam")
    sentence = "That button was drawn before INC-1 changed, so nothing was done. Now: SEV-3, Noor Haddad commands."
    assert (sentence, before) == (told(stale), company.incident(1))
    assert ("sam", "ChangeSeverity", 3) == refusals(company)[-1]


async def test_a_suggestion_without_a_reason_asks_for_one(company: Cast) -> None:
    """No reason typed: the form asks; and who leaves it tells who suggested it."""

    await led(company)
    await company.types("iris", "/incident 1 sev 3")
    opened = await company.presses("iris", "Suggest SEV-3")
    assert "form.suggest" == opened["view"]["callback_id"]
    await company.act("iris", "submit", values={"why": WHY})
    await company.sandbox.settle()
    await company.presses("sam", "Leave it", channel="sam")
    await company.sandbox.settle()

    assert "Sam Reyes leaves INC-1 at SEV-1." == company.direct("iris")[-1]
    assert "Sam Reyes left INC-1 at SEV-1." in company.direct("sam")
    with pytest.raises(ActRefused, match="nothing to press"):
        await company.presses("sam", "Leave it", channel="sam")
    assert company.incident(1) == company.replayed(1)


async def test_a_misspelt_verb_carries_the_rest_of_its_line(company: Cast) -> None:
    """[Mitigate INC-1] opens the form with the words in it; it never ran by itself (no. 10)."""

    await led(company)
    await company.types("noor", "/incident mitgate Rolled back to 2.41", channel=ROOM)
    opened = await company.presses("noor", "Mitigate INC-1", channel=ROOM)
    assert "Rolled back to 2.41" == initial(opened, "words")
    await company.act("noor", "submit", values={})

    assert "mitigated" == company.incident(1).status


async def test_a_misspelt_alarm_is_one_press_from_its_form(company: Cast) -> None:
    """Outside any incident only declaring is offered, the words kept; without an incident nothing else could run."""

    await company.types("ada", "/incident declrae Checkout returns 500s")
    opened = await company.presses("ada", "Declare")
    assert "Checkout returns 500s" == initial(opened, "title")
    await company.types("ada", "/incident mitgate Rolled back")
    row = [block for block in company.messages("general")[-1]["blocks"] if block["type"] == "actions"]
    assert ["Help"] == [one["text"]["text"] for one in row[0]["elements"]]


async def test_an_alarm_whose_verb_was_forgotten_is_one_press_from_its_form(company: Cast) -> None:
    """`/incident sev1 …` says how to raise an alarm, and [Declare] opens the form with severity and words (no. 11)."""

    heard = await company.types("ada", "/incident sev1 Checkout returns 500s")
    opened = await company.presses("ada", "Declare")
    assert "There is no verb sev1. To raise an alarm: /incident declare what is broken." in heard
    assert "Checkout returns 500s" == initial(opened, "title")
    await company.act("ada", "submit", values={})
    await company.sandbox.settle()

    assert ("sev1", "Checkout returns 500s") == (company.incident(1).severity, company.incident(1).title)


async def test_a_private_alarm_whose_verb_was_forgotten_stays_private(company: Cast) -> None:
    """The form that opens shows who may see it, and what is sent as it stands is announced nowhere."""

    await company.types("ada", "/incident sev2 private payroll leak")
    await company.presses("ada", "Declare")
    await company.act("ada", "submit", values={})
    await company.sandbox.settle()

    assert (True, "payroll leak") == (company.incident(1).is_private, company.incident(1).title)
    assert [] == [text for text in company.texts("incidents") if "payroll" in text]


async def test_what_was_mitigated_is_resolved_with_the_words_kept(company: Cast) -> None:
    """Cancelling is refused; the form to resolve holds what was typed (no. 22). Mitigating twice offers the same."""

    await led(company)
    await company.types("noor", "/incident 1 mitigate Rolled back to 2.41")
    await company.types("ada", "/incident 1 cancel it was nothing at all")
    assert 22 == refusals(company)[-1][2]
    await company.types("noor", "/incident 1 mitigate Rolled back again")
    opened = await company.presses("noor", "Resolved", channel="general")

    assert "Rolled back again" == initial(opened, "words")


async def test_what_is_over_is_reopened_from_its_refusal(company: Cast) -> None:
    """[Reopen] under "already resolved" opens the form; a reason opens the incident (no. 1)."""

    await led(company)
    await company.types("noor", "/incident 1 resolve Pool raised")
    await company.types("sam", "/incident 1 mitigate Rolled back")
    await company.presses("sam", "Reopen", channel="general")
    await company.act("sam", "submit", values={"why": "the errors are back"})
    await company.sandbox.settle()

    assert "acknowledged" == company.incident(1).status


async def test_a_merge_quotes_whom_it_moves(company: Cast) -> None:
    """The dialog names how many people move; one more makes it stale, and its refusal asks again (no. 3)."""

    await led(company)
    await company.types("sam", "/incident declare sev2 Search is slow")
    await company.types("noor", "/incident 2 merge 1")
    asked = next(one for one in reversed(company.messages("general", seen_by="noor")) if one["ephemeral"])
    confirm = next(block for block in asked["blocks"] if block["type"] == "actions")["elements"][0]["confirm"]
    assert "INC-2 ends and goes on as INC-1. Its 2 people are added there." == confirm["text"]["text"]
    assert not (await company.presses("noor", "Merge", confirm=False))["sent"]

    await company.types("ada", "/incident 2 role scribe")
    before = standing(company)
    stale = await company.presses("noor", "Merge", channel="general")
    assert "and 3 people would be added to INC-1." in told(stale)
    assert (before, 3) == (standing(company), refusals(company)[-1][2])
    await company.presses("noor", "Merge", channel="general")
    await company.sandbox.settle()
    assert "merged" == company.incident(2).status


@pytest.mark.long
async def test_a_button_is_forgotten_after_a_day(company: Cast) -> None:
    """What was typed is not kept for ever: a private answer's button says so, and does nothing (no. 58)."""

    await led(company)
    await company.types("ada", "/incident 1 update Errors are falling")
    await company.sandbox.advance("25h")
    before = company.incident(1)
    await company.presses("ada", "Send to commander", channel="general")

    assert (before, 58) == (company.incident(1), refusals(company)[-1][2])


async def test_a_stale_takeover_has_the_present_buttons(company: Cast) -> None:
    """Under "that button was drawn before" stands what can be done now."""

    await led(company)
    await company.types("sam", "/incident 1 command")
    stale = next(one for one in reversed(company.messages("general", seen_by="sam")) if one["ephemeral"])
    await company.types("mia", "/incident 1 command")
    await company.presses("mia", "Take command", channel="general")
    answer = await company.presses("sam", "Take command", channel="general", ts=stale["ts"])

    row = [block for block in answer["messages"][-1]["blocks"] if block["type"] == "actions"]
    assert ["Post update", "Mitigated", "Resolved", "Take command"] == [
        one["text"]["text"] for one in row[0]["elements"]
    ]
    assert "Mia Chen commands. Take over now? Mia is told at once." in str(row)


async def test_a_page_of_ones_own_never_grows_old(company: Cast) -> None:
    """Only private answers are forgotten: a button on Ada's page works the day after it was drawn."""

    await company.act("ada", "open_home")
    await company.sandbox.advance("25h")
    opened = await company.presses("ada", "Declare an incident", view="home")

    assert "form.declare" == opened["view"]["callback_id"]
