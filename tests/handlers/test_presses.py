"""Buttons over a real socket: the handle decides, whoever forges what, and every press is answered."""

import pytest

from bot.words import Act
from handlers.actions import ANY_ACT
from tests.handlers.conftest import said
from views.buttons import ACTION_IDS

TITLE = "Checkout returns 500s"


async def declared(office):
    """Have INC-1 declared by Ada."""
    await office.types("ada", f"declare sev1 {TITLE}")


def minted(office, act, *, message="incident:1/card"):
    """A handle as it hangs on a message about INC-1."""
    with office.database.write() as unit:
        return unit.handles.mint(message, act, incident=1, now=office.slack.clock.now())


def press(office, who, token, **more):
    """The payload of a press on a message in some channel."""
    people = {one.handle: one for one in office.slack.workspace.people.values()}
    return {
        "type": "block_actions",
        "trigger_id": f"T-{who}-{token}",
        "user": {"id": people[who].id, "team_id": people[who].team_id},
        "team": {"id": office.desk.world.home_team},
        "container": {"type": "message", "message_ts": "1.000001", "channel_id": "C1", "is_ephemeral": False},
        "response_url": f"{office.slack.url}/respond/none",
        "actions": [{"type": "button", "action_id": "act.acknowledge", "block_id": "b", "value": token}],
    } | more


async def test_a_press_is_carried_out_and_answered_privately(office):
    """Taking command from one's private answer seats one, and the answer waits in the outbox."""
    await declared(office)
    await office.types("sam", "1 ack")

    answer = await office.presses("sam", "act.take_command")

    assert answer["acked"]
    assert [office.person("sam")] == [one.commander for one in office.incidents()]
    assert "you_command" in office.answers()


async def test_a_repeated_press_changes_nothing_twice(office):
    """Slack may deliver a press twice: one audit trail, one answer."""
    await declared(office)
    await office.types("sam", "1 ack")
    before = office.entries()
    await office.slack.fault({"duplicate": 1.0})

    await office.presses("sam", "act.take_command")

    assert 1 == office.answers().count("you_command")
    assert before + 1 == office.entries()


async def test_a_press_on_the_card_acknowledges(office):
    """A press on a message whose place is not known yet counts, and is acked with an empty body."""
    await declared(office)

    answer = await office.dispatches(press(office, "noor", minted(office, Act.ACKNOWLEDGE)))

    assert (200, "") == (answer.status, answer.body)
    assert ["acknowledged"] == [one.status.value for one in office.incidents()]


@pytest.mark.parametrize(("who", "number"), [("gus", 13), ("oona", 12), ("buildbot", 14)])
async def test_outsiders_guests_and_apps_change_nothing(office, who, number):
    """Whoever is no member of this workspace hears why, and the incident stays as it was."""
    await declared(office)

    answer = await office.dispatches(press(office, who, minted(office, Act.ACKNOWLEDGE)))

    assert 200 == answer.status
    assert ["declared"] == [one.status.value for one in office.incidents()]
    assert "refused" in office.answers()


@pytest.mark.parametrize("token", ["", "42", "incident:1", "x" * 2000])
async def test_a_crafted_value_decides_nothing(office, token):
    """Abuse case 29: a value that is no handle of ours is refused like a copied card."""
    await declared(office)

    answer = await office.dispatches(press(office, "noor", token))

    assert 200 == answer.status
    assert ["declared"] == [one.status.value for one in office.incidents()]
    assert "refused" in office.answers()


async def test_a_handle_of_another_person_is_refused(office):
    """A handle from somebody's private answer works for nobody else."""
    await declared(office)
    await office.types("sam", "1 ack")
    (button,) = [
        element["value"]
        for message in office.slack.workspace.messages
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("action_id") == "act.take_command"
    ]
    container = {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": True}

    await office.dispatches(press(office, "ada", button, container=container))

    assert office.person("ada") not in [one.commander for one in office.incidents()]


async def test_help_is_one_press_away(office):
    """[Help] under a misspelt verb shows the verbs."""
    await office.types("ada", "frobnicate")

    await office.presses("ada", "act.help")

    assert "help" in office.answers() or "In doubt, declare" in str(office.slack.workspace.messages[-1].blocks)


async def test_declaring_another_one_is_answered_at_once(office):
    """The same title twice is asked; [Declare another one] declares it and says so in place of the question."""
    await declared(office)

    asked = await office.types("ada", f"declare sev1 {TITLE}")
    answer = await office.presses("ada", "act.declare_again")

    assert "Is this another one?" in said(asked)
    assert 2 == len(office.incidents())
    assert "INC-2 is declared" in said(answer) or "INC-2 is declared" in str(office.slack.workspace.messages[-1].blocks)


async def test_a_button_that_needs_words_opens_a_form(office):
    """[Post update] opens the form for the incident the handle is about."""
    await declared(office)
    await office.types("noor", "1 ack")
    trigger = office.slack.workspace.modals.trigger(person=office.person("noor"))

    await office.dispatches(press(office, "noor", minted(office, Act.POST_UPDATE), trigger_id=trigger))
    await office.slack.settle()

    view = office.slack.workspace.modals.top(office.person("noor"))
    assert view is not None
    assert "form.update" == view.body["callback_id"]


def test_every_button_has_a_listener():
    """Whatever id a button can have, the one listener for buttons takes it."""

    assert [] == [name for name in ACTION_IDS if not ANY_ACT.search(name)]
    assert len(Act) == len(ACTION_IDS)
