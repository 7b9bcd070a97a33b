"""Forms that meet a changed world: whatever happened while somebody wrote, nothing they wrote is lost."""

import pytest

from tests.stories.company import Cast
from tests.stories.test_bad_input import ROOM, declare
from tests.stories.witness import in_dialog, refusals, standing

WORDS = "Rolling back checkout to 2.41"
WHY = "the vendor is on the call"
FORMS = {
    "update": ({"now": WORDS}, "PostUpdate"),
    "mitigate": ({"words": WORDS}, "Mitigate"),
    "resolve": ({"words": WORDS, "facilitator": "sam"}, "Resolve"),
    "escalate": ({"why": WORDS}, "Escalate"),
    "cancel": ({"why": WORDS}, "Cancel"),
    "sev": ({"grade": "sev2", "why": WORDS}, "ChangeSeverity"),
}


async def led(company: Cast) -> None:
    """Let Ada declare INC-1, a SEV-1, and Noor command it."""
    await declare(company)
    await company.presses("noor", "Take command")


@pytest.mark.parametrize("verb", FORMS)
async def test_a_form_that_its_incident_outlived_gives_the_text_back(company: Cast, verb: str) -> None:
    """Abuse case 32: Sam resolves it while Noor writes; nothing is posted, the text stands there, [Reopen] (no. 29)."""

    values, asked = FORMS[verb]
    await led(company)
    await company.types("noor", f"/incident 1 {verb}")
    await company.types("sam", "/incident 1 resolve Pool limit raised")
    before = standing(company)
    answer = await company.act("noor", "submit", values=values)

    said = in_dialog(answer)
    assert "INC-1 was  resolved while you were writing ( Sam Reyes" in said.replace("was resolved", "was  resolved")
    assert "Nothing was posted; here is your text." in said
    assert WORDS in said
    assert (before, ("noor", asked, 29)) == (standing(company), refusals(company)[-1])
    reopened = await company.presses("noor", "Reopen")
    assert "form.reopen" == reopened["view"]["callback_id"]


async def test_the_snooze_form_outlives_nothing_either(company: Cast) -> None:
    """Opened by a button, it hears the same."""

    await led(company)
    await company.sandbox.advance("13m")
    await company.presses("noor", "Snooze", channel="noor")
    await company.types("sam", "/incident 1 resolve Pool limit raised")
    answer = await company.act("noor", "submit", values={"until": "15", "why": WHY})

    assert WHY in in_dialog(answer)
    assert ("noor", "SnoozeUpdates", 29) == refusals(company)[-1]


async def test_a_reopening_that_came_second(company: Cast) -> None:
    """Sam reopens it while Ada writes why: she is told, her words given back, and no button is needed."""

    await led(company)
    await company.types("noor", "/incident 1 resolve Pool limit raised")
    await company.types("ada", "/incident 1 reopen")
    await company.types("sam", "/incident 1 reopen the errors are back")
    answer = await company.act("ada", "submit", values={"why": "checkout fails again"})

    assert "reopened while you were writing" in in_dialog(answer)
    assert "checkout fails again" in in_dialog(answer)
    assert ("ada", "Reopen", 29) == refusals(company)[-1]


async def test_a_note_fits_whatever_happened(company: Cast) -> None:
    """The timeline takes notes at any time: nothing is asked again."""

    await led(company)
    await company.types("ada", "/incident", channel=ROOM)
    await company.presses("ada", "Note", channel=ROOM)
    await company.types("noor", "/incident 1 resolve Pool limit raised")
    await company.act("ada", "submit", values={"note": WORDS})

    assert 1 == company.incident(1).notes


async def test_severity_and_commander_changed_while_somebody_wrote(company: Cast) -> None:
    """The form stays open with all that was typed and says what changed; sent again, it is posted."""

    await led(company)
    await company.types("noor", "/incident 1 role deputy @noor")
    await company.types("noor", "/incident 1 update")
    await company.types("mia", "/incident 1 command")
    await company.presses("mia", "Take command", channel="general")
    await company.types("mia", "/incident 1 sev 2 the retries hide it from people")
    answer = await company.act("noor", "submit", values={"now": WORDS, "next": "Verify"})

    sentence = "INC-1 changed while you wrote: now SEV-2, Mia Chen commands. Post again to confirm."
    assert sentence == in_dialog(answer).partition(" What is happening")[0]
    shown = {one["block_id"]: one["element"] for one in answer["view"]["blocks"] if one["type"] == "input"}
    assert (WORDS, "Verify") == (shown["now"]["initial_value"], shown["next"]["initial_value"])
    assert (0, ("noor", "PostUpdate", 3)) == (company.incident(1).updates, refusals(company)[-1])

    await company.act("noor", "submit", values={})
    assert WORDS in str(company.incident(1).last_update or refusals(company)[-1])


async def test_a_severity_form_quotes_the_severity_it_was_opened_for(company: Cast) -> None:
    """Two leaders lower it at once: the second is asked again, their choice kept."""

    await led(company)
    await company.types("noor", "/incident 1 sev")
    await company.types("sam", "/incident 1 sev 2 the retries hide it from people")
    answer = await company.act("noor", "submit", values={"grade": "sev3", "why": WHY})
    assert "now SEV-2, Noor Haddad commands" in in_dialog(answer)
    await company.act("noor", "submit", values={})

    assert "sev3" == company.incident(1).severity


async def test_a_commander_who_left_while_a_form_was_open(company: Cast) -> None:
    """Noor's account is gone and Mia took over: Sam's form says who commands now, and is taken at the second try."""

    await led(company)
    await company.types("sam", "/incident 1 mitigate")
    await company.act("mia", "deactivate", user="noor")
    taken = await company.types("mia", "/incident 1 command")
    answer = await company.act("sam", "submit", values={"words": WORDS})

    assert "You command INC-1." in taken
    assert "now SEV-1, Mia Chen commands. Post again to confirm." in in_dialog(answer)
    await company.act("sam", "submit", values={})
    assert "mitigated" == company.incident(1).status


async def test_a_form_sent_back_with_errors_is_sent_again(company: Cast) -> None:
    """A thin reason is said beside its field; the same form, mended, is taken once."""

    await led(company)
    await company.types("noor", "/incident 1 escalate")
    thin = await company.act("noor", "submit", values={"why": "!!!!!!!!!! no"})
    assert {"why": "At least 10 letters or digits."} == thin["view"]["errors"]
    await company.act("noor", "submit", values={"why": "need database help"})

    assert 1 == len(company.incident(1).calls)


async def test_two_people_fill_in_the_same_form(company: Cast) -> None:
    """Each has a form of their own: both updates are posted, in the order they were sent."""

    await led(company)
    await company.types("noor", "/incident 1 role deputy @sam")
    for who in ("noor", "sam"):
        await company.types(who, "/incident 1 update")
    for who in ("sam", "noor"):
        await company.act(who, "submit", values={"now": f"{WORDS}, says {who}"})

    update = company.incident(1).last_update
    assert (2, f"{WORDS}, says noor") == (company.incident(1).updates, update.now if update else "")


async def test_one_person_opens_two_forms(company: Cast) -> None:
    """The later one is sent first and closes; the one below is still there, and still counts."""

    await led(company)
    for _ in range(2):
        await company.types("noor", "/incident 1 update")
    await company.act("noor", "submit", values={"now": "first"})
    assert "first" == getattr(company.incident(1).last_update, "now", "")


async def test_an_expired_trigger_gives_the_words_back_with_a_button(company: Cast) -> None:
    """Slack opens nothing after 3 seconds: a private answer has a button, and the form then holds the words."""

    await led(company)
    await company.types("noor", "/incident mitgate Rolled back to 2.41", channel=ROOM)
    await company.sandbox.fault({"error": {"method": "views.open", "error": "expired_trigger_id", "times": 1}})
    answer = await company.presses("noor", "Mitigate INC-1", channel=ROOM)
    assert answer["view"] is None
    assert "Slack did not open the form in time" in company.messages(ROOM, seen_by="noor")[-1]["text"]
    assert 43 == refusals(company)[-1][2]
    opened = await company.presses("noor", "Mitigated", channel=ROOM)

    assert "Rolled back to 2.41" in str(opened["view"]["blocks"])


async def test_ticking_fast_loses_nothing(company: Cast) -> None:
    """Ticks come faster than the view follows; what is submitted is what was typed and ticked."""

    await company.types("ada", "/incident declare")
    for ticked in (["sev2.1"], ["sev2.1", "sev1.1"], ["sev1.1"]):
        await company.act("ada", "select", button="criteria", values=ticked, settle=False)
    await company.act("ada", "submit", values={"title": "Login fails", "description": WORDS})

    assert ("Login fails", WORDS) == (company.incident(1).title, company.incident(1).description)


@pytest.mark.parametrize("chosen", ["buildbot", "gus"])
async def test_who_cannot_answer_is_said_beside_the_field(company: Cast, chosen: str) -> None:
    """An app and a guest are named where they were chosen; the rest of the form stays (7.2)."""

    await led(company)
    await company.types("noor", "/incident 1 escalate")
    answer = await company.act("noor", "submit", values={"why": "need database help", "whom": chosen})

    assert "is not a member. Choose someone who can answer." in answer["view"]["errors"]["whom"]
    assert [] == [call for call in company.incident(1).calls if call.why]


async def test_a_colleague_who_was_deactivated_is_not_chosen(company: Cast) -> None:
    """Slack told us that Iris left: she cannot be called."""

    await led(company)
    await company.act("sam", "deactivate", user="iris")
    await company.types("noor", "/incident 1 escalate")
    answer = await company.act("noor", "submit", values={"why": "need legal help", "whom": "iris"})

    assert "is not a member. Choose someone who can answer." in answer["view"]["errors"]["whom"]


LIMITS = {
    "update": ("now", 1500, {}),
    "mitigate": ("words", 1500, {}),
    "resolve": ("words", 1500, {"facilitator": "sam"}),
    "escalate": ("why", 300, {}),
    "cancel": ("why", 300, {}),
    "sev": ("why", 300, {"grade": "sev2"}),
}


@pytest.mark.parametrize("verb", LIMITS)
async def test_every_limit_is_counted(company: Cast, verb: str) -> None:
    """One character too many is counted beside its field; the limit itself is taken."""

    block, most, more = LIMITS[verb]
    await led(company)
    await company.types("noor", f"/incident 1 {verb}")
    answer = await company.act("noor", "submit", values={block: "x" * (most + 1), **more})
    assert {block: f"{most:,} characters at most; yours has {most + 1:,}."} == answer["view"]["errors"]
    await company.act("noor", "submit", values={block: "x" * most, **more})

    assert [] == refusals(company)
