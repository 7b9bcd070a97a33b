"""Slack Connect: sharing a channel with another organisation, what the app hears of it, and who may."""

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.acts import perform
from sandbox.ids import OTHER_TEAM_ID
from sandbox.refusals import ActRefused
from sandbox.sight import can_see, channel_named, person_named
from sandbox.workspace import Workspace

INCIDENTS = "C0INCIDENTS"
HEARD = ("channel_shared", "channel_unshared", "member_joined_channel", "member_left_channel")


@pytest.fixture
def sharing(manifest, clock) -> Workspace:
    """A workspace whose app hears of everything about sharing."""
    manifest["settings"]["event_subscriptions"]["bot_events"] = list(HEARD)
    return Workspace(manifest=manifest, clock=clock)


def heard(workspace) -> list[dict[str, Any]]:
    """The events the app was sent, envelopes and all."""
    return [one.payload for one in workspace.deliveries.all.values() if one.payload.get("type") == "event_callback"]


def do(workspace, verb, *, channel="incidents", user="oona", who="ada"):
    """Let somebody share a channel, or end it."""
    perform(workspace, {"as": who, "do": verb, "channel": channel, "user": user})


def test_sharing_is_told_before_the_outsider_joins(sharing):
    """channel_shared names the other organisation; then its person joins, invited by who shared."""

    do(sharing, "share")
    shared, joined = [payload["event"] for payload in heard(sharing)]

    assert {
        "type": "channel_shared",
        "connected_team_id": OTHER_TEAM_ID,
        "channel": INCIDENTS,
        "event_ts": shared["event_ts"],
    } == shared
    assert ("member_joined_channel", OTHER_TEAM_ID) == (joined["type"], joined["team"])
    assert "U0ADA000000" == joined["inviter"]


def test_a_shared_channel_says_so(sharing):
    """From then on the channel is flagged, its events say so, and the outsider reads it."""

    do(sharing, "share")
    room = channel_named(sharing, "incidents", person_named(sharing, "oona"))

    assert [True, True] == [payload["is_ext_shared_channel"] for payload in heard(sharing)]
    assert room.is_ext_shared
    assert can_see(room, person_named(sharing, "oona"))


def test_the_end_of_sharing_takes_the_outsiders_out(sharing):
    """channel_unshared follows their leaving, and the channel is flagged no more."""

    do(sharing, "share")
    do(sharing, "unshare")
    left, unshared = [payload["event"] for payload in heard(sharing)][2:]
    room = sharing.channels[INCIDENTS]

    assert ("member_left_channel", "channel_unshared") == (left["type"], unshared["type"])
    assert (OTHER_TEAM_ID, False) == (unshared["previously_connected_team_id"], unshared["is_ext_shared"])
    assert (False, False) == (room.is_ext_shared, "U0OONA00000" in room.members)


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        ({"verb": "share", "user": "noor"}, "another organisation"),
        ({"verb": "share", "channel": "general"}, "for everyone here"),
        ({"verb": "share", "channel": "partners"}, "is shared with Oona Lund already"),
        ({"verb": "share", "channel": "partners", "who": "gus"}, "only members of this workspace can"),
        ({"verb": "unshare"}, "is not shared with Oona Lund"),
    ],
)
def test_what_cannot_be_shared_is_said(sharing, deed, sentence):
    """Sharing needs somebody outside, a channel that can be shared, and a member who shares it."""

    with pytest.raises(ActRefused, match=sentence):
        do(sharing, **deed)


def test_an_archived_channel_is_not_shared(sharing):
    """Nothing comes into an archived channel."""

    sharing.channels[INCIDENTS].is_archived = True

    with pytest.raises(ActRefused, match="archived"):
        do(sharing, "share")


def test_the_envelope_has_slacks_keys(sharing):
    """Around the event stand the keys of Slack's own samples for channel events."""

    samples = json.loads((Path(__file__).parents[1] / "slack_samples" / "payload_shapes.json").read_text())
    do(sharing, "share")

    assert set() == set(heard(sharing)[0]) - set(samples["MemberJoinedChannel"])


def test_a_private_channel_gets_another_id(sharing):
    """Shared for the first time a private channel changes its id for good, which the app hears first."""

    sharing.manifest.events.append("channel_id_changed") if isinstance(sharing.manifest.events, list) else None
    perform(sharing, {"as": "ada", "do": "create", "channel": "secret", "private": True})
    room = channel_named(sharing, "secret", person_named(sharing, "ada"))
    room.members.append(sharing.bot.id)
    was = room.id
    do(sharing, "share", channel="secret")

    assert was != room.id
    assert was not in sharing.channels
    assert sharing.channels[room.id] is room
    assert "channel_shared" in [payload["event"]["type"] for payload in heard(sharing)]


@pytest.mark.parametrize("deed", [{"as": "noor", "to": "public"}, {"as": "ada", "to": "open"}])
def test_who_may_convert(sharing, deed):
    """Only an owner makes a channel public or private."""

    with pytest.raises(ActRefused, match="An owner of the workspace"):
        perform(sharing, {"do": "convert", "channel": "incidents", **deed})


def test_converting(sharing):
    """The flag follows, the id stays, and Slack's own line stands in the channel."""

    convert = {"as": "ada", "do": "convert", "channel": "incidents"}
    perform(sharing, {**convert, "to": "private"})
    room = sharing.channels[INCIDENTS]
    private = room.is_private
    perform(sharing, {**convert, "to": "public"})

    assert (True, False) == (private, room.is_private)
    assert ["channel_convert_to_private", "channel_convert_to_public"] == [one.subtype for one in room.messages]
    with pytest.raises(ActRefused, match="is public already"):
        perform(sharing, {**convert, "to": "public"})
