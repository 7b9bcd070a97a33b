"""Slack's events: everyone who joins or changes is remembered, and nothing the manifest asks for goes un-acked."""

from pathlib import Path

import pytest
import yaml

from handlers.people import member

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
USER = {"id": "U0ADA", "team_id": "T1", "name": "ada", "tz": "Europe/Berlin", "profile": {"real_name": "Ada Obi"}}


def event(name, **more):
    """An event as a socket delivers it."""
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": {"type": name, **more}}


@pytest.mark.parametrize("name", EVENTS)
async def test_every_event_of_the_manifest_is_acked(office, name):
    """An event nobody listened for would not be acked, and Slack would deliver it again and again."""

    teams = {"connected_team_id": "T2", "previously_connected_team_id": "T2"}
    ids = {"old_channel_id": "C1", "new_channel_id": "C2"}

    answer = await office.dispatches(event(name, user=USER, channel="C1", **teams, **ids))

    assert 200 == answer.status


async def test_an_event_the_manifest_does_not_ask_for_is_no_ones(office):
    """The listeners are those of the manifest, not a net that takes everything."""

    assert 404 == (await office.dispatches(event("pin_added", user="U0ADA"))).status


async def test_the_slash_of_the_manifest_has_its_listener(office):
    """The one slash command of the manifest is answered; there is none beside it."""
    (slash,) = MANIFEST["features"]["slash_commands"]
    typed = {"user_id": "U1", "team_id": "T1", "channel_id": "C1", "trigger_id": "t", "text": "help"}

    assert 200 == (await office.dispatches({**typed, "command": slash["command"]})).status
    assert 404 == (await office.dispatches({**typed, "command": "/other"})).status


async def test_a_form_put_away_is_acked(office):
    """Closing a form asks nothing and is acked."""
    closed = {"type": "view_closed", "user": {"id": "U1"}, "view": {"type": "modal", "callback_id": "form.update"}}

    assert 200 == (await office.dispatches(closed)).status


async def test_somebody_who_joins_is_remembered(office):
    """A new colleague is known as soon as Slack tells of them."""
    await office.slack.act({"as": "ada", "do": "hire", "user": "zoe", "real_name": "Zoe Lind"})

    with office.database.read() as unit:
        known = {one.handle: one.name for one in unit.members.all()}
    assert "Zoe Lind" == known["zoe"]


async def test_somebody_who_was_deactivated_can_do_nothing(office):
    """A change to a person counts from the moment Slack tells of it."""
    deactivated = {**USER, "id": office.person("sam"), "name": "sam", "team_id": "", "deleted": True}

    await office.dispatches(event("user_change", user=deactivated))

    with office.database.read() as unit:
        assert unit.members.get(office.person("sam")).deleted


async def test_an_event_that_failed_is_delivered_again(office, logged):
    """What could not be kept is not acked, so Slack brings it again."""

    def broken():
        message = "disk is full"
        raise OSError(message)

    office.desk.write = broken

    answer = await office.dispatches(event("user_change", user=USER))

    assert 500 == answer.status
    assert 1 == len(logged("request.failed"))


@pytest.mark.parametrize("name", ["app_uninstalled", "tokens_revoked"])
async def test_being_removed_is_said_loudly(office, logged, name):
    """Without its token Tocsin can tell nobody in Slack, so the log says it as loudly as it can."""
    await office.dispatches(event(name))

    (line,) = logged("slack.gone")
    assert ("critical", name) == (line["level"], line["reason"])


@pytest.mark.parametrize(
    ("marks", "field", "expected"),
    [
        ({}, "is_eligible", True),
        ({}, "name", "Ada Obi"),
        ({"profile": {}, "real_name": "Ada"}, "name", "Ada"),
        ({"profile": {"display_name": "adda"}}, "name", "adda"),
        ({"profile": {}}, "name", "ada"),
        ({"profile": None, "tz": None}, "zone", "Etc/UTC"),
        ({"is_bot": True}, "is_bot", True),
        ({"is_workflow_bot": True}, "is_bot", True),
        ({"is_connector_bot": True}, "is_bot", True),
        ({"id": "USLACKBOT"}, "is_bot", True),
        ({"deleted": True}, "deleted", True),
        ({"is_restricted": True}, "is_restricted", True),
        ({"is_ultra_restricted": True}, "is_restricted", True),
        ({"is_stranger": True}, "is_stranger", True),
        ({"team_id": "T2"}, "is_stranger", True),
        ({"team_id": "", "profile": {"team": "T2"}}, "is_stranger", True),
        ({"team_id": ""}, "is_stranger", False),
    ],
)
def test_a_user_object_becomes_a_member(marks, field, expected):
    """What Slack says of an account decides what it may do; what it leaves out grants nothing."""

    assert expected == getattr(member({**USER, **marks}, home_team="T1"), field)


def test_nobody_is_a_stranger_while_the_workspace_is_unknown():
    """Before Slack has said which workspace this is, a team's id alone makes nobody a stranger."""

    assert not member({**USER, "team_id": "T2"}, home_team="").is_stranger
