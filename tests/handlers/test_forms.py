"""Forms over a real socket: opened in time, checked where the text stands, and answered in the form itself."""

import pytest

from bot.words import Severity, Status
from handlers.filled import READINGS, complaints, values_of
from tests.handlers.conftest import said
from views.forms import ACTS

TITLE = "Checkout returns 500s"


async def declared(office):
    """Have INC-1 declared by Ada."""
    await office.types("ada", f"declare sev1 {TITLE}")


async def test_declaring_by_the_form(office):
    """The form declares what was typed and chosen, and then says what runs."""
    await office.types("ada", "")

    answer = await office.submits("ada", title=TITLE, severity="sev2", description="Since the deploy")

    assert "INC-1 is declared" == answer["view"]["title"]["text"]
    assert [(TITLE, Severity.SEV2, "Since the deploy")] == [
        (one.title, one.severity, one.description) for one in office.incidents()
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("declare sev1 🔥", ("🔥", "sev1", "Say in a few words what is broken")),
        ("declare sev5 Checkout is down", ("Checkout is down", "sev2", "There is no sev5")),
    ],
)
async def test_a_declaration_that_lacks_words_keeps_what_was_typed(office, text, kept):
    """Too few letters or an unknown severity open the form with everything typed in it, and say why."""

    view = (await office.types("ada", text))["view"]

    title, severity, why = kept
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert (title, severity) == (fields["title"]["initial_value"], fields["severity"]["initial_option"]["value"])
    assert why in str(view["blocks"])


@pytest.mark.parametrize(
    ("verb", "values", "view", "error"),
    [
        ("", {"title": "ab"}, "title", "at least 3 letters or digits"),
        ("", {"title": TITLE, "description": "x" * 2001}, "description", "2,000 characters at most; yours has 2,001."),
        ("", {"title": TITLE, "commander": "buildbot"}, "commander", "is not a member"),
        ("1 update", {"now": "…"}, "now", "Say what is happening now"),
        ("1 update", {"now": "x" * 1612}, "now", "1,500 characters at most; yours has 1,612."),
        ("1 mitigate", {"words": "!!"}, "words", "at least 3 letters or digits"),
        ("1 resolve", {"words": "??", "facilitator": "sam"}, "words", "at least 3 letters or digits"),
        ("1 escalate", {"why": "now"}, "why", "At least 10 letters or digits."),
        ("1 escalate", {"why": "need database help", "whom": "gus"}, "whom", "is not a member"),
        ("1 cancel", {"why": "               ."}, "why", "At least 10 letters or digits."),
    ],
)
async def test_what_a_field_cannot_take_is_said_beside_it(office, verb, values, view, error):
    """A mistake is told on the field it is in; the text stays, and nothing is changed."""
    await declared(office)
    await office.types("noor", "1 ack")
    await office.types("noor", verb)
    before = office.incidents()

    answer = await office.submits("noor", **values)

    assert error in answer["view"]["errors"][view]
    assert before == office.incidents()


@pytest.mark.parametrize(
    ("verb", "values", "check"),
    [
        ("update", {"now": "Rolling back"}, lambda one: one.updates == 1),
        ("mitigate", {"words": "Rolled back"}, lambda one: one.status is Status.MITIGATED),
        ("escalate", {"why": "need database help", "whom": "mia"}, lambda one: len(one.calls) == 1),
    ],
)
async def test_a_form_does_what_it_says_and_closes(office, verb, values, check):
    """A form that could be carried out closes, and the incident has changed."""
    await declared(office)
    await office.types("noor", "1 ack")
    await office.types("noor", f"1 {verb}")

    answer = await office.submits("noor", **values)

    assert {"response_action": "clear"} == answer["response"]
    assert answer["view"] is None
    assert check(office.incidents()[0])


async def test_the_resolve_form_ends_it(office):
    """Resolving by the form ends the incident."""
    await declared(office)
    await office.types("noor", "1 ack")
    await office.types("noor", "1 resolve")

    answer = await office.submits("noor", words="Limit raised", facilitator="sam")

    assert answer["view"] is None
    assert [] == office.incidents()


async def test_an_incident_that_ended_meanwhile_gives_the_text_back(office):
    """A form that outlived its incident loses nothing: what was typed stands in the refusal."""
    await declared(office)
    await office.types("noor", "1 ack")
    await office.types("noor", "1 update")
    await office.types("sam", "1 cancel it was a test after all")

    answer = await office.submits("noor", now="Rolling back the deploy")

    assert "Nothing was changed" == answer["view"]["title"]["text"]
    assert "Rolling back the deploy" in str(answer["view"]["blocks"])


async def test_someone_elses_form_is_refused(office):
    """A form binds to who opened it: the same view submitted by another changes nothing."""
    await declared(office)
    await office.types("noor", "1 ack")
    view = (await office.types("noor", "1 update"))["view"]
    payload = {
        "type": "view_submission",
        "trigger_id": "T-forged",
        "user": {"id": office.person("ada"), "team_id": office.desk.world.home_team},
        "team": {"id": office.desk.world.home_team},
        "view": {**view, "state": {"values": {"now": {"typed": {"type": "plain_text_input", "value": "I was here"}}}}},
    }

    answer = await office.dispatches(payload)

    assert "opened by someone else" in answer.body
    assert 0 == office.incidents()[0].updates


async def test_a_repeated_submission_declares_once(office):
    """Slack may deliver a submission twice: one incident comes of it."""
    await office.types("ada", "")
    await office.slack.fault({"duplicate": 1.0})

    await office.submits("ada", title=TITLE)

    assert 1 == len(office.incidents())


async def test_an_expired_trigger_is_answered_with_a_button(office):
    """When Slack does not open the form, the person is told, and a press opens it with what they typed."""
    await office.slack.fault({"error": {"method": "views.open", "error": "expired_trigger_id"}})

    answer = await office.types("ada", "declare sev1 🔥")
    again = await office.presses("ada", "act.declare")

    assert "Slack did not open the form" in said(answer)
    assert "🔥" in str(again["view"]["blocks"])
    assert "form.declare" == again["view"]["callback_id"]


async def test_an_unopened_form_about_an_incident_is_offered_again(office):
    """The button under the apology opens the form for the same incident."""
    await declared(office)
    await office.types("noor", "1 ack")
    await office.slack.fault({"cut": {"method": "views.open"}})

    answer = await office.types("noor", "1 update")

    assert "Slack did not open the form" in said(answer)
    assert "form.update" == (await office.presses("noor", "act.post_update"))["view"]["callback_id"]


async def test_a_spent_trigger_is_a_repeat_and_says_nothing(office, logged):
    """A repeated delivery that finds its trigger used does not tell the person that anything failed."""
    await office.slack.fault({"duplicate": 1.0})

    answer = await office.types("ada", "")

    assert "form.declare" == answer["view"]["callback_id"]
    assert [] == answer["messages"]
    assert [] == logged("view.not_opened")


async def test_the_same_title_twice_is_asked_in_the_form(office):
    """Declaring the same title again within two minutes asks first, and the press on the dialog declares it."""
    await declared(office)
    await office.types("ada", "")

    asked = await office.submits("ada", title=TITLE)
    await office.presses("ada", "act.declare_again", view=True)

    assert "Is this another one?" in str(asked["view"]["blocks"])
    assert 2 == len(office.incidents())


def test_every_form_has_a_reading():
    """Whatever form can be drawn can be submitted."""

    assert set(ACTS) == set(READINGS)


def test_values_are_read_by_block():
    """Text, choices and people are read from where Slack puts them; what was left empty is empty."""
    state = {
        "title": {"typed": {"type": "plain_text_input", "value": " Down "}},
        "severity": {"chosen": {"type": "static_select", "selected_option": {"value": "sev1"}}},
        "commander": {"chosen": {"type": "users_select", "selected_user": "U0MIA"}},
        "description": {"typed": {"type": "plain_text_input", "value": None}},
    }

    values = values_of({"state": {"values": state}})

    assert {"title": "Down", "severity": "sev1", "commander": "U0MIA", "description": ""} == values
    assert {} == complaints(READINGS["form.declare"], values)
