"""The declare form while it is filled in: ticks move the suggestion, a hand's choice stays, and what is sent counts."""

import pytest

from bot.words import Severity

OUTAGE, MANY = "Full outage: nobody can use it", "More than 10 % of users are affected"
LIMITED = "One team or system only, with a workaround"
BOXES, LIST = "tick.criteria", "Severity"


async def ticks(office, *boxes):
    """Have Ada tick these boxes in the open form; return the form as she then sees it."""
    return (await office.slack.act({"as": "ada", "do": "select", "name": BOXES, "values": list(boxes)}))["view"]


async def chooses(office, severity):
    """Have Ada choose a severity by hand; return the form as she then sees it."""
    return (await office.slack.act({"as": "ada", "do": "select", "name": LIST, "value": severity}))["view"]


def severity_block(view):
    """The list of severities as it is drawn."""
    (block,) = [one for one in view["blocks"] if one["block_id"].startswith("severity")]
    return block


def shown(view):
    """What the form shows: the severity first chosen, its submit label, and what declaring will do."""
    (promise,) = [one["text"]["text"] for one in view["blocks"] if "This will, at once" in str(one)]
    return severity_block(view)["element"]["initial_option"]["value"], view["submit"]["text"], promise


async def test_a_tick_moves_the_suggestion_and_all_that_follows_from_it(office):
    """Severity, submit label and promise follow the worst that is ticked; the block's id is new, or Slack keeps it."""
    before = (await office.types("ada", ""))["view"]

    worst = await ticks(office, LIMITED, OUTAGE)
    mild = await ticks(office, LIMITED)

    assert ("sev2", "Declare and page") == shown(before)[:2]
    assert ("sev1", "Declare and page") == shown(worst)[:2]
    assert "#ml-incidents-sev1" in shown(worst)[2]
    assert ("sev3", "Declare") == shown(mild)[:2]
    assert "#ml-incidents-sev1" not in shown(mild)[2]
    assert 3 == len({severity_block(view)["block_id"] for view in (before, worst, mild)})


async def test_unticking_everything_goes_back_to_the_default(office):
    """Nothing ticked suggests what policy's default says."""
    await office.types("ada", "")
    await ticks(office, OUTAGE)

    assert "sev2" == shown(await ticks(office))[0]


async def test_a_choice_made_by_hand_stays(office):
    """Ticks no longer move it; the hint says what they would suggest, and the submitted choice counts."""
    await office.types("ada", "")

    chosen = await chooses(office, "sev3")
    ticked = await ticks(office, OUTAGE)
    await office.submits("ada", title="Checkout returns 500s")

    assert ("sev3", "Declare") == shown(chosen)[:2] == shown(ticked)[:2]
    assert "You chose SEV-3; what you ticked suggests SEV-1." == severity_block(ticked)["hint"]["text"]
    assert [Severity.SEV3] == [one.severity for one in office.incidents()]


async def test_the_typed_severity_is_a_choice(office):
    """`declare sev4` with too few words keeps SEV-4, whatever is ticked, and says below why the form opened."""
    await office.types("ada", "declare sev4 🔥")

    view = await ticks(office, MANY)

    assert "sev4" == shown(view)[0]
    assert "Say in a few words what is broken" in view["blocks"][-1]["elements"][0]["text"]


async def test_a_declaration_takes_the_severity_the_form_moved_to(office):
    """What the form suggests is what is declared, and the words typed before the tick are kept."""
    await office.types("ada", "")
    await ticks(office, OUTAGE)

    await office.submits("ada", title="Checkout returns 500s")

    assert [("Checkout returns 500s", Severity.SEV1)] == [(one.title, one.severity) for one in office.incidents()]


@pytest.mark.parametrize(
    ("values", "severity"),
    [({"criteria": [OUTAGE]}, Severity.SEV1), ({"criteria": [OUTAGE], "severity": "sev4"}, Severity.SEV4)],
)
async def test_submitting_never_waits_for_the_form_to_follow(office, values, severity):
    """Ticked and sent before the form was drawn again: the values sent count."""
    await office.types("ada", "")

    await office.submits("ada", title="Checkout returns 500s", **values)

    assert [severity] == [one.severity for one in office.incidents()]


async def test_a_form_that_moved_on_is_left_alone(office, logged):
    """An update that comes too late is refused by its hash, and said in the log."""
    await office.types("ada", "")
    view = office.slack.workspace.modals.top(office.person("ada"))
    payload = {
        "type": "block_actions",
        "user": {"id": office.person("ada")},
        "trigger_id": "t",
        "container": {"type": "view", "view_id": view.id},
        "view": {**view.body, "id": view.id, "type": "modal", "hash": "0.old", "state": {"values": view.state}},
        "actions": [{"action_id": BOXES, "block_id": "criteria"}],
    }

    answer = await office.dispatches(payload)
    await office.slack.act({"as": "ada", "do": "read", "channel": "general"})

    assert 200 == answer.status
    assert ["hash_conflict"] == [line["error"] for line in logged("view.not_updated")]
