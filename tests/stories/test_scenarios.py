"""A published incident about people's data, played: nothing of it stands where others read."""

import json

import pytest

from bot.ops.company import CompanyStage
from bot.ops.scenarios.loading import load_scenario
from bot.ops.scenarios.playing import play
from tests.stories.company import Cast
from tests.stories.test_private import members

ROOM = "inc-1-private"


@pytest.mark.long
async def test_exposed_data_is_played_in_private(company: Cast) -> None:
    """Private from the start, legal called, good in every point; its title stands in its own channel only."""
    scenario = load_scenario("openai-2023-redis")
    report = await play(scenario, CompanyStage(company))
    shown = report.as_json()
    workspace = company.sandbox.workspace
    [room] = [one.id for one in workspace.channels.values() if one.name == ROOM]
    calls = [one.args for one in workspace.calls if one.args.get("channel") != room]
    views = [one for one in calls if one.get("user_id") not in workspace.channels[room].members]
    direct = [message.text for one in workspace.channels.values() if one.is_im for message in one.messages]

    assert () == report.problems
    assert shown["ok"]
    assert [] == shown["violations"]
    assert "tomas" in members(company, ROOM)
    assert scenario.title in json.dumps(company.messages(ROOM, seen_by="tomas"), default=str)
    assert [] == [
        name for name, told in shown["channels"].items() if name != ROOM and scenario.title in json.dumps(told)
    ]
    assert [] == [one for one in views if scenario.title in json.dumps(one, default=str)]
    assert [] == [one for one in direct if scenario.title in one]
    assert [] == [one.name for one in workspace.channels.values() if "chats" in f"{one.name} {one.topic}"]
