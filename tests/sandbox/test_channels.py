"""Channels: names, membership, visibility, topics, archives."""

import pytest

from sandbox.acts import perform

ADA, NOOR, OONA, BOT = "U0ADA000000", "U0NOOR00000", "U0OONA00000", "U0TOCSIN000"
GENERAL = "C0GENERAL00"


def errors(answer):
    """The error of an answer, or None."""
    return answer.get("error")


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("inc-1", None),
        ("inc_2-checkout", None),
        ("x" * 80, None),
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("---", "invalid_name_punctuation"),
        ("Inc-1", "invalid_name_specials"),
        ("inc 1", "invalid_name_specials"),
        ("inc.1", "invalid_name_specials"),
        ("incidents", "name_taken"),
    ],
)
def test_names_follow_slacks_rules(call, name, error):
    """A channel name has lowercase letters, digits, - and _, at most 80, and is taken once."""

    assert error == errors(call("conversations.create", name=name))


def test_name_taken_is_normal_life(call, workspace):
    """A taken name is no violation: somebody was first."""

    call("conversations.create", name="incidents")

    assert [] == workspace.violations


def test_a_private_name_is_taken_too(call, workspace):
    """A name that belongs to a channel the app cannot see is taken all the same."""

    perform(workspace, {"as": "ada", "do": "create", "channel": "secret", "private": True})

    assert "name_taken" == call("conversations.create", name="secret")["error"]


def test_the_creator_is_a_member(call):
    """The app is in the channel it made."""

    channel = call("conversations.create", name="inc-1")["channel"]

    assert [BOT] == call("conversations.members", channel=channel["id"])["members"]
    assert channel["is_member"]


def test_invited_people_join_with_slacks_line(call):
    """An invitation puts people in and posts a channel_join line for each."""

    channel = call("conversations.create", name="inc-1")["channel"]["id"]

    call("conversations.invite", channel=channel, users=f"{ADA},{NOOR}")

    lines = call("conversations.history", channel=channel)["messages"]
    assert [(NOOR, BOT), (ADA, BOT)] == [(line["user"], line["inviter"]) for line in lines[:2]]
    assert {"channel_join"} == {line["subtype"] for line in lines}


@pytest.mark.parametrize(
    ("users", "force", "outcome"),
    [
        ([ADA], False, ("already_in_channel", ["already_in_channel"], False)),
        ([BOT], False, ("cant_invite_self", ["cant_invite_self"], True)),
        (["U0NOBODY000"], False, ("user_not_found", ["user_not_found"], True)),
        ([OONA], False, ("user_team_not_in_channel", ["user_team_not_in_channel"], False)),
        ([NOOR, "U0NOBODY000"], False, ("user_not_found", ["user_not_found"], True)),
        ([NOOR, ADA], True, (None, ["already_in_channel"], False)),
        ([], False, ("no_user", [], True)),
    ],
)
def test_who_cannot_be_invited(call, workspace, users, force, outcome):
    """Each person who cannot come is listed; `force` lets the others in."""

    channel = call("conversations.create", name="inc-1")["channel"]["id"]
    call("conversations.invite", channel=channel, users=ADA)

    answer = call("conversations.invite", channel=channel, users=",".join(users), force=force)

    listed = [entry["error"] for entry in answer.get("errors", [])]
    assert outcome == (errors(answer), listed, bool(workspace.violations))
    assert (outcome[0] is None) == (NOOR in call("conversations.members", channel=channel)["members"])


def test_a_private_channel_without_the_app_does_not_exist(call, workspace):
    """A private channel the app is not in answers channel_not_found, which is no violation; a made-up id is."""

    perform(workspace, {"as": "ada", "do": "create", "channel": "secret", "private": True})
    secret = next(channel.id for channel in workspace.channels.values() if channel.name == "secret")

    first = call("conversations.info", channel=secret)["error"]
    quiet = list(workspace.violations)
    second = call("conversations.info", channel="C0NOWHERE00")["error"]

    assert ("channel_not_found", [], "channel_not_found") == (first, quiet, second)
    assert 1 == len(workspace.violations)


def test_a_channel_the_app_was_removed_from_is_closed_to_it(call, workspace):
    """People may remove the app: posts then answer not_in_channel, and nothing is violated."""

    perform(workspace, {"as": "ada", "do": "kick", "channel": "general", "user": "tocsin"})

    assert "not_in_channel" == call("chat.postMessage", channel=GENERAL, text="hi")["error"]
    assert [] == workspace.violations


def test_an_archived_channel_takes_no_words(call, workspace):
    """After people archive a channel, posting, topics, pins and invitations answer is_archived."""

    posted = call("chat.postMessage", channel="C0INCIDENTS", text="hi")
    perform(workspace, {"as": "ada", "do": "archive", "channel": "incidents"})

    answers = [
        call("chat.postMessage", channel="C0INCIDENTS", text="hi"),
        call("conversations.setTopic", channel="C0INCIDENTS", topic="x"),
        call("pins.add", channel="C0INCIDENTS", timestamp=posted["ts"]),
        call("conversations.invite", channel="C0INCIDENTS", users=OONA),
    ]

    assert ["is_archived"] * 4 == [answer["error"] for answer in answers]
    assert "is_inactive" == call("chat.update", channel="C0INCIDENTS", ts=posted["ts"], text="x")["error"]
    assert [] == workspace.violations


def test_a_bot_cannot_unarchive(call):
    """conversations.unarchive is refused to bot tokens (a Slack limit)."""

    assert "not_allowed_token_type" == call("conversations.unarchive", channel=GENERAL)["error"]


@pytest.mark.parametrize(("length", "error"), [(250, None), (251, "too_long")])
def test_topics_have_250_characters(call, length, error):
    """A topic has at most 250 characters."""

    assert error == errors(call("conversations.setTopic", channel=GENERAL, topic="x" * length))


def test_a_topic_posts_slacks_line(call):
    """Setting a topic shows in the channel and in its description."""

    call("conversations.setTopic", channel=GENERAL, topic="SEV-1")

    assert "channel_topic" == call("conversations.history", channel=GENERAL)["messages"][0]["subtype"]
    assert "SEV-1" == call("conversations.info", channel=GENERAL)["channel"]["topic"]["value"]


def test_a_direct_conversation_is_opened_once(call):
    """Opening a DM twice gives the same channel and says so."""

    first = call("conversations.open", users=ADA, return_im=True)
    assert ADA == first["channel"]["user"]
    second = call("conversations.open", users=ADA)

    assert first["channel"]["id"] == second["channel"]["id"]
    assert ("already_open" in first, second["already_open"]) == (False, True)


def test_lists_are_paged(call):
    """conversations.list gives pages with a cursor until there is no more."""

    names, cursor = [], ""
    while True:
        page = call("conversations.list", types="public_channel,private_channel", limit=3, cursor=cursor)
        names += [channel["name"] for channel in page["channels"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break

    assert 7 == len(set(names)) == len(names)


def test_types_need_their_scopes(call):
    """Listing direct conversations of several people needs mpim:read."""

    assert "mpim:read" == call("conversations.list", types="mpim")["needed"]
