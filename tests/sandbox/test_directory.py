"""Who there is: users, their addresses, user groups, Do Not Disturb, and people coming and going."""

import pytest

from sandbox import people
from sandbox.acts import perform
from sandbox.ids import BOT_TOKEN
from sandbox.refusals import ActRefused
from sandbox.workspace import Workspace

ADA = "U0ADA000000"


@pytest.mark.parametrize(
    ("handle", "flags"),
    [
        ("U0ADA000000", {"is_restricted": False, "is_bot": False, "team_id": "T0SANDBOX00", "tz": "Europe/Berlin"}),
        ("U0GUS000000", {"is_restricted": True, "is_bot": False}),
        ("U0OONA00000", {"is_stranger": True, "team_id": "T0PARTNER00"}),
        ("U0BUILDBOT0", {"is_bot": True}),
        ("U0MIA000000", {"tz": "America/Los_Angeles", "tz_offset": -8 * 3600}),
    ],
)
def test_people_are_as_slack_flags_them(call, handle, flags):
    """Members, guests, outsiders and bots carry Slack's flags and their zone's offset."""

    user = call("users.info", user=handle)["user"]

    assert flags == {name: user[name] for name in flags}


def test_the_list_leaves_outsiders_out(call):
    """users.list has members, guests, bots and Slackbot, and nobody of another organisation."""

    names = {user["name"] for user in call("users.list")["members"]}

    assert {"ada", "noor", "sam", "mia", "lena", "tomas", "iris", "gus", "buildbot", "slackbot", "tocsin"} == names


@pytest.mark.parametrize("granted", [True, False])
def test_addresses_need_their_scope(manifest, clock, granted):
    """E-mail addresses are shown with users:read.email only."""

    if granted:
        manifest["oauth_config"]["scopes"]["bot"].append("users:read.email")
    workspace = Workspace(manifest=manifest, clock=clock)

    profile = workspace.call(token=BOT_TOKEN, method="users.info", args={"user": ADA})["user"]["profile"]
    found = workspace.call(token=BOT_TOKEN, method="users.lookupByEmail", args={"email": "ada@example.com"})

    assert (granted, granted) == ("email" in profile, found["ok"])


def test_groups_are_listed_with_their_people_when_asked(call, workspace):
    """User groups show their people only with include_users, and are mentioned by handle."""

    group = people.user_group(group_id="S0SRE", handle="sre", name="SRE", users=[ADA], created=1)
    workspace.user_groups["S0SRE"] = group

    plain = call("usergroups.list")["usergroups"][0]
    whole = call("usergroups.list", include_users=True)["usergroups"][0]

    assert ("users" in plain, whole["users"]) == (False, [ADA])
    assert [ADA] == call("usergroups.users.list", usergroup="S0SRE")["users"]
    typed = perform(workspace, {"as": "ada", "do": "command", "channel": "general", "text": "/incident @sre @sra"})
    assert typed is not None
    assert "<!subteam^S0SRE|@sre> @sra" == typed.payload["text"]


def test_do_not_disturb_shows(call, workspace):
    """dnd.info says whether somebody has it on now."""

    before = call("dnd.info", user=ADA)["dnd_enabled"]
    perform(workspace, {"as": "ada", "do": "change", "dnd": True})
    after = call("dnd.info", user=ADA)

    assert (False, True) == (before, after["dnd_enabled"])
    assert after["next_dnd_start_ts"] <= workspace.unix() < after["next_dnd_end_ts"]


def test_somebody_joins_the_company(call, workspace):
    """A new member is announced with team_join, listed, and in the general channel; a second time is refused."""

    perform(workspace, {"as": "ada", "do": "hire", "user": "zoe", "real_name": "Zoe Lark"})

    events = [delivery.payload["event"] for delivery in workspace.deliveries.all.values()]
    assert ("team_join", "Zoe Lark") == (events[0]["type"], events[0]["user"]["real_name"])
    assert "U0ZOE000000" in call("conversations.members", channel="C0GENERAL00")["members"]
    with pytest.raises(ActRefused, match="already"):
        perform(workspace, {"as": "ada", "do": "hire", "user": "zoe"})


def test_a_zone_is_a_zone(workspace):
    """A time zone that does not exist is refused with a sentence."""

    with pytest.raises(ActRefused, match="no time zone"):
        perform(workspace, {"as": "ada", "do": "change", "tz": "Moon/Sea"})


def test_deactivated_people_are_not_invited_and_not_written_to(call, workspace):
    """Inviting or opening a DM with somebody deactivated is refused, which is normal life."""

    channel = call("conversations.create", name="inc-1")["channel"]["id"]
    perform(workspace, {"as": "ada", "do": "deactivate", "user": "sam"})

    assert "user_not_found" == call("conversations.invite", channel=channel, users="U0SAM000000")["error"]
    assert "user_disabled" == call("conversations.open", users="U0SAM000000")["error"]
    assert [] == workspace.violations


def test_archived_channels_can_be_left_out(call, workspace):
    """exclude_archived leaves archived channels out of a list."""

    perform(workspace, {"as": "ada", "do": "archive", "channel": "incidents"})

    def names(**args):
        return {channel["name"] for channel in call("conversations.list", **args)["channels"]}

    assert {"incidents"} == names() - names(exclude_archived=True)
    assert "general" in names(exclude_archived=True)


def test_private_channels_are_listed_to_their_members_only(call, workspace):
    """users.conversations shows a private channel only where the app is in it."""

    perform(workspace, {"as": "ada", "do": "create", "channel": "secret", "private": True})

    def names(user):
        answer = call("users.conversations", user=user, types="public_channel,private_channel")
        return {channel["name"] for channel in answer["channels"]}

    assert "secret" not in names(ADA)
    assert "leadership" in names("U0LENA00000")
