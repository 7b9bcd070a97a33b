"""The slash over a real socket: what a person types, what they hear, and what was committed before they heard it."""

from dataclasses import replace

import pytest

from bot.incident.model import ChannelRef
from bot.words import Severity, Status
from tests.handlers.conftest import said


async def test_a_declaration_is_committed_when_slack_hears_ok(office):
    """One line declares: the answer in the ack names the number, and the incident stands in the database."""

    answer = await office.types("ada", "declare sev1 Checkout returns 500s")

    assert answer["acked"]
    assert "ephemeral" == answer["response"]["response_type"]
    assert "INC-1 is declared as SEV-1" in said(answer)
    assert [(1, Severity.SEV1, "Checkout returns 500s")] == [
        (one.number, one.severity, one.title) for one in office.incidents()
    ]


async def test_verbs_are_carried_out_by_number(office):
    """Outside its channel an incident is meant by its number, in any spelling."""
    await office.types("ada", "declare sev2 Search is slow")

    assert "You acknowledged" in said(await office.types("noor", "1 ack"))
    assert "Status update 1 is posted" in said(await office.types("noor", "INC-1 update Reindexing now"))
    assert "On the timeline" in said(await office.types("noor", "#1 note p99 doubled"))
    assert "is mitigated" in said(await office.types("noor", "1 mitigate Reindexed it"))
    assert [Status.MITIGATED] == [one.status for one in office.incidents()]


@pytest.mark.parametrize(
    ("typed", "verb"),
    [
        ("ack", "ack"),
        ("command", "command"),
        ("update Reindexing now", "update"),
        ("sev 2 Only some customers", "sev"),
        ("reopen It is back again", "reopen"),
        ("retitle Search is down", "retitle"),
        ("close", "close"),
        ("merge 7", "merge"),
        ("role scribe", "role"),
        ("role scribe back", "role"),
        ("role commander back", "role"),
        ("join", "join"),
        ("times started 13:50", "times"),
        ("follow", "follow"),
        ("note p99 doubled", "note"),
    ],
)
async def test_outside_a_channel_the_verb_that_was_typed_is_asked_for_again(office, typed, verb):
    """Where it is not clear which incident is meant, the example repeats what the person typed, and no other verb."""
    await office.types("ada", "declare sev2 Search is slow")

    answer = await office.types("noor", typed)

    assert f"so say which: /incident 1 {verb} …" in said(answer)


async def test_a_repeated_delivery_hears_the_first_answer(office):
    """Slack may deliver a slash twice: the second changes nothing, and both hear the same."""
    typed = {
        "command": "/incident",
        "text": "declare sev1 Checkout returns 500s",
        "user_id": office.person("ada"),
        "team_id": office.desk.world.home_team,
        "channel_id": "C1",
        "trigger_id": "T1",
    }

    first = await office.dispatches(typed)
    before = office.entries()
    second = await office.dispatches(typed)

    assert "INC-1 is declared as SEV-1" in first.body
    assert (first.status, first.body) == (second.status, second.body)
    assert (1, before) == (len(office.incidents()), office.entries())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mitgate it", "There is no verb"),
        ("checkout is down", "To raise an alarm"),
        ("command @maya", "I cannot find a person in"),
        ("77 ack", "There is no INC-77 that you can see"),
        ("ack", "say which"),
        ("help", "In doubt, declare"),
        ("help update", "Posts a status update"),
        ("42", "There is no INC-42 that you can see"),
        ("list", "Nothing is open."),
        ("list sev9", "There is no sev9."),
        ("77 timeline", "There is no INC-77 that you can see"),
        ("summary", "say which"),
    ],
)
async def test_what_cannot_be_carried_out_is_answered(office, text, words):
    """A slash that changes nothing says why, or shows what can be typed."""
    before = office.incidents()

    answer = await office.types("ada", text)

    assert words in said(answer)
    assert before == office.incidents()


async def test_a_misspelt_verb_never_runs(office):
    """`cancle` is offered `cancel`; the incident goes on."""
    await office.types("ada", "declare sev1 Checkout returns 500s")

    answer = await office.types("ada", "1 cancle a false alarm, sorry")

    assert "Did you mean" in said(answer)
    assert [Status.DECLARED] == [one.status for one in office.incidents()]


HOSTILE = ["x" * 3000, "الدفع لا يعمل", "检索 停止 了", "<!channel> & <@U0ADA> `fire` *now*", "a\u202eb\u0000c"]


@pytest.mark.parametrize("title", HOSTILE)
async def test_any_title_is_taken(office, title):
    """Long, right-to-left and hostile titles all declare, and Slack takes the answer."""

    answer = await office.types("ada", f"declare sev3 {title}")

    assert "INC-1 is declared" in said(answer)
    assert [] == office.slack.workspace.violations


async def test_a_bare_slash_opens_the_form_outside_an_incident_channel(office):
    """`/incident` alone opens the declare form and says nothing in the channel."""

    answer = await office.types("ada", "")

    assert "form.declare" == answer["view"]["callback_id"]
    assert [] == answer["messages"]


async def test_a_bare_slash_in_an_incident_channel_shows_what_can_be_done(office):
    """In an incident's own channel a bare slash is no new alarm."""
    await office.types("ada", "declare sev1 Checkout returns 500s")
    await office.slack.act({"as": "ada", "do": "create", "channel": "inc-1"})
    room = next(one for one in office.slack.workspace.channels.values() if one.name == "inc-1")
    with office.database.write() as unit:
        incident = unit.incidents.get(1)
        placed = replace(incident, channel=ChannelRef(id=room.id, name="inc-1"), version=incident.version + 1)
        unit.incidents.save(placed, was=incident.version)

    answer = await office.types("ada", "", channel="inc-1")

    assert answer["view"] is None
    assert "Take command" in said(answer)
    assert "You can read" not in said(answer)
    assert "Not shown: Post update (for the commander)" in said(answer)


@pytest.mark.parametrize(("who", "words"), [("gus", "Guests cannot act"), ("buildbot", "Apps and workflows")])
async def test_guests_and_apps_change_nothing(office, who, words):
    """A guest is given the way on, an app is told it is none; neither declares."""

    answer = await office.types(who, "declare sev1 Checkout returns 500s")

    assert words in said(answer)
    assert [] == office.incidents()


async def test_one_line_is_logged_per_request(office, logged):
    """A request leaves one line with who asked what about which incident, and how long it took."""
    await office.types("ada", "declare sev1 Checkout returns 500s")

    (line,) = logged("request.answered")
    assert ("declare", "declared", 1) == (line["verb"], line["answer"], line["incident"])
    assert line["request_id"].startswith("slash:")
    assert line["actor"].startswith("U")
    assert 0 <= line["ms"] < 3000
