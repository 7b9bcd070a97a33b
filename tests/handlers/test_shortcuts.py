"""The message shortcut: a message becomes the beginning of a declaration, and what is private stays private."""

import pytest

from handlers.payloads import message_link

NAME = "Declare an incident"


async def writes(office, who, text, channel="general"):
    """Let somebody write a message; return its timestamp."""
    await office.slack.act({"as": who, "do": "message", "channel": channel, "text": text})
    room = next(one for one in office.slack.workspace.channels.values() if one.name == channel)
    return room.messages[-1].ts


async def begins_with(office, who, ts, channel="general"):
    """Let somebody use the shortcut on that message; return what came of it."""
    return await office.slack.act({"as": who, "do": "shortcut", "name": NAME, "channel": channel, "ts": ts})


def fields(result):
    """What the form holds at first, and the hint of each field, by block id."""
    inputs = [block for block in result["view"]["blocks"] if block["type"] == "input"]
    return {one["block_id"]: (one["element"].get("initial_value", ""), one["hint"]["text"]) for one in inputs}


async def test_a_message_becomes_the_title_and_its_link_the_description(office):
    """The form opens with the first 100 characters and the link; submitting it declares."""
    ts = await writes(office, "sam", "Checkout & search return 500s since the deploy " + "again " * 20)

    form = fields(await begins_with(office, "ada", ts))
    await office.submits("ada")

    title, link = form["title"][0], form["description"][0]
    assert title.startswith("Checkout & search")
    assert 100 >= len(title)
    assert link.endswith(f"/p{ts.replace('.', '')}")
    assert [(title, link)] == [(one.title, one.description) for one in office.incidents()]


async def test_words_of_a_private_place_stay_there(office):
    """From a private channel only the link goes along, and the form says who cannot open it."""
    await office.slack.act({"as": "ada", "do": "create", "channel": "payroll", "private": True})
    ts = await writes(office, "ada", "Salaries leaked into the log", channel="payroll")

    form = fields(await begins_with(office, "ada", ts, channel="payroll"))

    assert "" == form["title"][0]
    assert "People outside that conversation cannot open this link." == form["description"][1]
    assert ts.replace(".", "") in form["description"][0]


async def test_the_hint_outlives_a_tick(office):
    """Drawn again, the form still says that the link leads into a private place."""
    await office.slack.act({"as": "ada", "do": "create", "channel": "payroll", "private": True})
    ts = await writes(office, "ada", "Salaries leaked into the log", channel="payroll")
    await begins_with(office, "ada", ts, channel="payroll")

    ticked = await office.slack.act({"as": "ada", "do": "select", "name": "tick.severity.sev2", "value": "sev3"})

    assert "People outside that conversation cannot open this link." == fields(ticked)["description"][1]


async def test_a_guest_is_told_whom_to_call(office):
    """Who cannot act hears so privately, with the emergency number, instead of a form."""
    ts = await writes(office, "gus", "Is checkout down?")

    answer = await begins_with(office, "gus", ts)

    assert None is answer["view"]
    assert "+49 30 23125 100" in str(answer["messages"])
    assert [] == office.incidents()


@pytest.mark.parametrize(
    ("thread", "address"),
    [
        (None, "https://acme.slack.com/archives/C1/p17000000000001"),
        ("1700000000.0001", "https://acme.slack.com/archives/C1/p17000000000001"),
        ("1690000000.0001", "https://acme.slack.com/archives/C1/p17000000000001?thread_ts=1690000000.0001&cid=C1"),
    ],
)
def test_the_link_of_a_message(thread, address):
    """A link as Slack makes it; a reply's leads into its thread."""
    message = {"ts": "1700000000.0001"} | ({"thread_ts": thread} if thread else {})

    assert address == message_link({"message": message, "channel": {"id": "C1"}, "team": {"domain": "acme"}})


@pytest.mark.parametrize("team", [None, {}, {"id": "T1"}, {"id": "T1", "domain": None}])
def test_the_link_where_the_workspace_is_not_named(team):
    """An app installed for a whole organisation may not be told the workspace's domain."""
    body = {"message": {"ts": "1700000000.0001"}, "channel": {"id": "C1"}, "team": team}

    assert "https://slack.com/archives/C1/p17000000000001" == message_link(body)
