"""Who may: guests, outsiders, apps, the wrong person and somebody else's form change nothing and hear why."""

import pytest

from tests.stories.company import Cast
from tests.stories.witness import in_dialog, refusals, refused, standing, told

ROOM = "inc-1-checkout-returns-500s"
OUTSIDER = (
    "You are here from another organisation: you can read and write, but only members of this workspace can act on "
    "incidents. Ask anyone in the channel."
)
GUEST = "Guests cannot act on incidents. If it is urgent, ask any member to type /incident, or call +49 30 23125 100."
APP = "Apps and workflows act on incidents only where people.yaml names them."
STRANGERS = [("gus", GUEST, 13), ("oona", OUTSIDER, 12), ("buildbot", APP, 14)]


async def declared(company: Cast) -> None:
    """Let Ada declare INC-1."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")


@pytest.mark.parametrize(("who", "sentence", "number"), STRANGERS, ids=[row[0] for row in STRANGERS])
async def test_a_stranger_pressing_a_button_changes_nothing(
    company: Cast, who: str, sentence: str, number: int
) -> None:
    """Abuse cases 19, 20 and 22: an outsider over Slack Connect, a guest and another app press what they saw before.

    In a channel that outsiders read nothing can be pressed; theirs is the picture drawn before they came.
    """

    await declared(company)
    room = next(one for one in company.sandbox.workspace.channels.values() if one.name == ROOM)
    card = next(one for one in room.messages if one.user == company.sandbox.workspace.bot.id and one.blocks)
    seen = list(card.blocks)
    await company.act("ada", "invite", channel=ROOM, user=who)
    await company.sandbox.settle()
    card.blocks = seen
    before = standing(company)
    answers = [await company.presses(who, label, channel=ROOM) for label in ("Acknowledge", "Take command", "Escalate")]

    assert [(sentence, None)] * 3 == [(told(answer), answer["view"]) for answer in answers]
    assert before == standing(company)
    assert [(who, number)] * 3 == [(actor, given) for actor, _, given in refusals(company)]


async def test_a_stranger_typing_changes_nothing(company: Cast) -> None:
    """Abuse case 22: the command is answered with the way on, whatever the verb."""

    await declared(company)

    for who, sentence, number in (STRANGERS[0], STRANGERS[2]):
        for typed in ("ack", "command", "note p99 doubled", "update", "update All well", "cancel it was a test"):
            assert sentence == await refused(company, who, f"/incident 1 {typed}")
            assert (who, number) == (refusals(company)[-1][0], refusals(company)[-1][2])


async def test_a_guests_alarm_gets_the_emergency_number_and_its_words_back(company: Cast) -> None:
    """A guest cannot declare; what was typed is not lost."""

    answer = await company.types("gus", "/incident declare sev1 The shop is down")

    assert GUEST in answer
    assert "The shop is down" in answer.splitlines()
    assert () == standing(company).incidents


async def test_somebody_from_outside_has_no_such_command(company: Cast) -> None:
    """Slack itself gives people of another organisation no slash command of ours."""

    await declared(company)
    before = standing(company)
    answer = await company.act("oona", "command", channel="partners", text="/incident 1 ack")

    assert (False, before) == (answer["sent"], standing(company))


async def test_somebody_who_was_deactivated_leads_nothing_any_more(company: Cast) -> None:
    """Mia's account ends: naming her is refused, and what she held on the ladder goes to who is left."""

    await declared(company)
    await company.act("ada", "deactivate", user="mia")
    await company.sandbox.settle()

    assert (await refused(company, "ada", "/incident 1 command @mia")).startswith("Mia Chen cannot command:")
    assert 16 == refusals(company)[-1][2]


LEADERS_ONLY = [
    ("mitigate Rolled back", "Mitigating INC-1 is for Noor Haddad or Sam Reyes."),
    ("resolve Pool raised", "Resolving INC-1 is for Noor Haddad or Sam Reyes."),
    (
        "update Errors are falling",
        "Status updates are posted by the commander (Noor Haddad) or communications lead. Your text is kept below.",
    ),
    (
        "command @iris",
        "Noor Haddad commands INC-1, so only Noor Haddad can hand it over. You can take over; Noor Haddad is told.",
    ),
    ("command", "Taking command of INC-1 is for Noor Haddad, Sam Reyes or Mia Chen."),
]


async def test_a_member_who_does_not_lead_is_told_who_does(company: Cast) -> None:
    """Tomas is a member and neither commands nor is on call: he hears who may, by name."""

    await declared(company)
    await company.presses("noor", "Take command")

    for typed, sentence in LEADERS_ONLY:
        assert sentence == await refused(company, "tomas", f"/incident 1 {typed}")


async def test_a_member_who_does_not_lead_is_told_before_writing(company: Cast) -> None:
    """The form is not opened for who could not submit it."""

    await declared(company)
    await company.presses("noor", "Take command")
    answer = await company.presses("ada", "Mitigated", channel=ROOM)

    assert answer["view"] is None
    assert "Mitigating INC-1 is for Noor Haddad or Sam Reyes." == told(answer)
    assert [("ada", "mitigate", 4)] == refusals(company)


async def test_nobody_commanding_offers_the_seat_and_keeps_the_text(company: Cast) -> None:
    """With the seat empty no update is posted; taking command is one press away."""

    await declared(company)
    await company.presses("noor", "I can't take it")
    sentence = "Nobody commands INC-1, so no update can be posted yet. Take command and your text is posted."

    assert sentence == await refused(company, "ada", "/incident 1 update Rolling back")
    assert 7 == refusals(company)[-1][2]
    await company.presses("ada", "Take command and post", channel="general")
    assert ("U0ADA000000", 1) == (company.incident(1).commander, company.incident(1).updates)


async def test_somebody_elses_form_is_refused_with_the_text(company: Cast) -> None:
    """Abuse case 31: a form belongs to who opened it; submitted by another it posts nothing."""

    await declared(company)
    await company.presses("noor", "Take command")
    await company.presses("noor", "Post update", channel=ROOM)
    modals = company.sandbox.workspace.modals
    view = modals.stacks.pop("U0NOOR00000")
    view[0].person = "U0SAM000000"
    modals.stacks["U0SAM000000"] = view
    before = standing(company)
    answer = await company.act("sam", "submit", values={"now": "Not mine to say"})

    assert "Nothing was changed" == answer["view"]["title"]["text"]
    assert "That form was opened by someone else. Open your own with /incident update." in (
        in_dialog(answer).replace("  ", " ").replace(" .", ".")
    )
    assert "Not mine to say" in in_dialog(answer)
    assert (before, [("sam", "Submit", 32)]) == (standing(company), refusals(company))


async def test_a_form_that_outlived_its_incident_gives_the_text_back(company: Cast) -> None:
    """Resolved while writing: nothing is posted, the words are there to be copied."""

    await declared(company)
    await company.presses("noor", "Take command")
    await company.presses("noor", "Post update", channel=ROOM)
    await company.types("sam", "/incident 1 resolve Connection pool raised")
    await company.sandbox.advance("1m")
    before = standing(company)
    answer = await company.act("noor", "submit", values={"now": "Errors are at 2 % and falling"})

    assert "resolved while you were writing ( Sam Reyes" in in_dialog(answer)
    assert "Errors are at 2 % and falling" in in_dialog(answer)
    assert (before, [("noor", "PostUpdate", 29)]) == (standing(company), refusals(company))


async def test_a_form_sent_again_after_its_errors_is_taken(company: Cast) -> None:
    """Blank, too long, then right: two complaints beside the field, one update, no refusal in the record."""

    await declared(company)
    await company.presses("noor", "Take command")
    await company.presses("noor", "Post update", channel=ROOM)
    blank = await company.act("noor", "submit", values={"now": "  ", "next": "Verify at 14:20"})
    wordy = await company.act("noor", "submit", values={"now": "x" * 1612})
    await company.act("noor", "submit", values={"now": "Rolling back, errors falling"})

    assert {"now": "Say what is happening now; one sentence will do."} == blank["view"]["errors"]
    assert {"now": "1,500 characters at most; yours has 1,612."} == wordy["view"]["errors"]
    last = company.incident(1).last_update
    assert ("Rolling back, errors falling", "Verify at 14:20") == ((last.now, last.next) if last else ("", ""))
    assert (1, []) == (company.incident(1).updates, refusals(company))
