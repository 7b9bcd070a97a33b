"""Calls with something wrong in them: each is refused by Slack's name for it, and is a violation."""

import pytest

ADA, GENERAL = "U0ADA000000", "C0GENERAL00"
VIEW = {"type": "home", "blocks": [{"type": "divider"}]}
POST = {"channel": GENERAL, "text": "x"}

CALLS = [
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {**POST, "blocks": "[{"}, "invalid_blocks_format"),
    ("chat.postMessage", {**POST, "blocks": {"type": "divider"}}, "invalid_blocks"),
    ("chat.postMessage", {**POST, "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    ("chat.postMessage", {**POST, "metadata": {"event_payload": {}}}, "invalid_metadata_format"),
    ("chat.postMessage", {**POST, "metadata": "x"}, "invalid_metadata_format"),
    ("chat.postMessage", {"channel": "U0BUILDBOT0", "text": "x"}, "cannot_dm_bot"),
    ("chat.postEphemeral", {**POST, "user": "U0NOBODY000"}, "user_not_in_channel"),
    ("conversations.history", {"channel": GENERAL, "cursor": "x"}, "invalid_cursor"),
    ("conversations.history", {"channel": GENERAL, "limit": 1000}, "invalid_limit"),
    ("conversations.history", {"channel": GENERAL, "limit": "many"}, "invalid_arguments"),
    ("conversations.list", {"cursor": "x"}, "invalid_cursor"),
    ("conversations.list", {"limit": 1001}, "invalid_limit"),
    ("conversations.list", {"types": "secret"}, "invalid_types"),
    ("conversations.open", {}, "invalid_arguments"),
    ("conversations.open", {"users": ",".join(["U"] * 9)}, "too_many_users"),
    ("conversations.open", {"users": "U0NOBODY000"}, "user_not_found"),
    ("conversations.open", {"users": "U0BUILDBOT0"}, "cannot_dm_bot"),
    ("conversations.open", {"users": "U0ADA000000,U0NOOR00000"}, "missing_scope"),
    ("conversations.invite", {"channel": GENERAL, "users": ",".join(f"U{n}" for n in range(101))}, "too_many_users"),
    ("conversations.archive", {"channel": GENERAL}, "cant_archive_general"),
    ("users.info", {"user": "U0NOBODY000"}, "user_not_found"),
    ("users.conversations", {"user": "U0NOBODY000"}, "user_not_found"),
    ("usergroups.users.list", {"usergroup": "S0"}, "no_such_subteam"),
    ("reactions.add", {"channel": GENERAL, "timestamp": "1.0", "name": "two words"}, "message_not_found"),
    ("bookmarks.add", {"channel_id": GENERAL, "title": "t", "type": "file"}, "invalid_bookmark_type"),
    ("bookmarks.add", {"channel_id": GENERAL, "title": "t", "type": "link", "link": "x"}, "invalid_link"),
    ("views.publish", {"user_id": "U0NOBODY000", "view": VIEW}, "user_not_found"),
    ("views.publish", {"user_id": ADA}, "invalid_arguments"),
    ("views.publish", {"user_id": ADA, "view": "[{"}, "invalid_arguments"),
    ("views.publish", {"user_id": ADA, "view": {**VIEW, "type": "modal"}}, "invalid_arguments"),
    ("views.update", {"view": VIEW}, "invalid_arguments"),
]


@pytest.mark.parametrize(("method", "args", "error"), CALLS)
def test_it_is_refused(call, workspace, method, args, error):
    """A malformed call has Slack's error name and is on the list of violations."""

    assert error == call(method, **args)["error"]
    assert (
        [] == workspace.violations
        if error == "message_not_found"
        else [method] == [violation.where for violation in workspace.violations]
    )


def test_a_timestamp_is_numbers(call, workspace):
    """A moment that is no timestamp is refused where there is something to compare it with."""

    call("chat.postMessage", channel=GENERAL, text="x")

    assert ["invalid_ts_latest"] * 2 == [
        call("conversations.history", channel=GENERAL, oldest=oldest)["error"] for oldest in ("soon", "1.x")
    ]


def test_an_emoji_has_a_name(call):
    """A reaction is named by an emoji's name, with or without colons."""

    ts = call("chat.postMessage", channel=GENERAL, text="x")["ts"]

    assert "invalid_name" == call("reactions.add", channel=GENERAL, timestamp=ts, name="two words")["error"]
    assert call("reactions.add", channel=GENERAL, timestamp=ts, name=":eyes:")["ok"]


def test_a_reply_needs_its_root(call):
    """A reply to nothing, and the replies of nothing, are thread_not_found."""

    assert "thread_not_found" == call("chat.postMessage", channel=GENERAL, text="x", thread_ts="1.000001")["error"]
    assert "thread_not_found" == call("conversations.replies", channel=GENERAL, ts="1.000001")["error"]


def test_messages_that_are_gone_are_normal_life(call, workspace):
    """Pins, reactions and links of a message that is gone answer message_not_found, which is no violation."""

    answers = [
        call("pins.add", channel=GENERAL, timestamp="1.000001"),
        call("reactions.add", channel=GENERAL, timestamp="1.000001", name="eyes"),
        call("chat.getPermalink", channel=GENERAL, message_ts="1.000001"),
    ]

    assert ["message_not_found"] * 3 == [answer["error"] for answer in answers]
    assert [] == workspace.violations
