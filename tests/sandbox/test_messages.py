"""Messages: posting, editing, private answers, history, metadata, pins, reactions."""

import pytest

from sandbox.acts import perform
from sandbox.ids import BOT_TOKEN
from sandbox.workspace import Workspace

ADA, NOOR = "U0ADA000000", "U0NOOR00000"
GENERAL = "C0GENERAL00"
DIVIDER = {"type": "divider"}


def words(call, **args):
    """The texts of a channel's history, newest first."""
    return [message["text"] for message in call("conversations.history", channel=GENERAL, **args)["messages"]]


def test_history_is_newest_first_and_paged(call):
    """History gives the newest first, in pages."""

    for number in range(4):
        call("chat.postMessage", channel=GENERAL, text=str(number))
    first = call("conversations.history", channel=GENERAL, limit=2)
    second = call("conversations.history", channel=GENERAL, limit=9, cursor=first["response_metadata"]["next_cursor"])

    assert ["3", "2"] == [message["text"] for message in first["messages"]]
    assert first["has_more"]
    assert ["1", "0"] == [message["text"] for message in second["messages"]]
    assert not second["has_more"]


def test_history_can_start_at_a_moment(call):
    """`oldest` leaves out what is older, and the moment itself unless it is inclusive."""

    stamps = [call("chat.postMessage", channel=GENERAL, text=str(number))["ts"] for number in range(3)]

    assert ["2"] == words(call, oldest=stamps[1])
    assert ["2", "1"] == words(call, oldest=stamps[1], inclusive=True)
    assert ["1"] == words(call, latest=stamps[1], inclusive=True, limit=1)


def test_timestamps_are_unique_though_time_stands_still(call):
    """Messages of one frozen moment have different, rising timestamps."""

    stamps = [call("chat.postMessage", channel=GENERAL, text="x")["ts"] for _ in range(4)]

    assert sorted(set(stamps)) == stamps


@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies"])
def test_metadata_is_kept_and_shown_when_asked(call, method):
    """Message metadata is stored; its payload is shown only with include_all_metadata."""

    metadata = {"event_type": "outbox", "event_payload": {"id": "abc"}}
    ts = call("chat.postMessage", channel=GENERAL, text="x", metadata=metadata)["ts"]

    plain = call(method, channel=GENERAL, ts=ts)["messages"][0]["metadata"]
    whole = call(method, channel=GENERAL, ts=ts, include_all_metadata=True)["messages"][0]["metadata"]

    assert ({"event_type": "outbox"}, metadata) == (plain, whole)


def test_an_edit_keeps_metadata_until_it_is_emptied(call):
    """chat.update keeps metadata it does not mention and removes it for `{}`."""

    metadata = {"event_type": "outbox", "event_payload": {"id": "abc"}}
    ts = call("chat.postMessage", channel=GENERAL, text="x", metadata=metadata)["ts"]

    kept = call("chat.update", channel=GENERAL, ts=ts, text="y")["message"]
    gone = call("chat.update", channel=GENERAL, ts=ts, text="y", metadata={})["message"]

    assert (metadata, False) == (kept["metadata"], "metadata" in gone)


def test_an_edit_without_blocks_drops_them(call):
    """Text alone removes the blocks and is marked as edited; blocks are not."""

    ts = call("chat.postMessage", channel=GENERAL, text="x", blocks=[DIVIDER])["ts"]

    redrawn = call("chat.update", channel=GENERAL, ts=ts, text="y", blocks=[DIVIDER])["message"]
    plain = call("chat.update", channel=GENERAL, ts=ts, text="z")["message"]

    assert (True, False) == ("blocks" in redrawn, "edited" in redrawn)
    assert (False, True) == ("blocks" in plain, "edited" in plain)


@pytest.mark.parametrize(
    ("method", "length", "error"),
    [
        ("chat.postMessage", 40_000, None),
        ("chat.postMessage", 40_001, "msg_too_long"),
        ("chat.update", 4_000, None),
        ("chat.update", 4_001, "msg_too_long"),
    ],
)
def test_texts_have_limits(call, method, length, error):
    """A text has 40,000 characters when posted and 4,000 when edited."""

    ts = call("chat.postMessage", channel=GENERAL, text="x")["ts"]

    assert error == call(method, channel=GENERAL, ts=ts, text="x" * length).get("error")


def test_only_own_messages_are_edited(call, workspace):
    """Another's message answers cant_update_message; one that is gone message_not_found, which is normal life."""

    perform(workspace, {"as": "ada", "do": "message", "channel": "general", "text": "hi"})
    theirs = workspace.messages[-1].ts

    assert "cant_update_message" == call("chat.update", channel=GENERAL, ts=theirs, text="x")["error"]
    assert 1 == len(workspace.violations)
    assert "message_not_found" == call("chat.update", channel=GENERAL, ts="1.000000", text="x")["error"]
    assert 1 == len(workspace.violations)


def test_private_answers_never_enter_history(call, workspace):
    """An ephemeral is seen by one member only and is in no history."""

    call("chat.postEphemeral", channel=GENERAL, user=ADA, text="only you")

    assert [] == words(call)
    assert [(ADA, None)] == [(message.ephemeral_to, message.thread_ts) for message in workspace.messages]


def test_a_private_answer_needs_a_member(call, workspace):
    """Somebody who is not in the channel cannot be answered there."""

    perform(workspace, {"as": "ada", "do": "leave", "channel": "general"})

    assert "user_not_in_channel" == call("chat.postEphemeral", channel=GENERAL, user=ADA, text="x")["error"]


def test_replies_stay_in_their_thread(call):
    """A reply is in conversations.replies, not in history, and counts on its root."""

    root = call("chat.postMessage", channel=GENERAL, text="root")["ts"]
    call("chat.postMessage", channel=GENERAL, text="reply", thread_ts=root)

    assert ["root"] == words(call)
    assert ["root", "reply"] == [
        line["text"] for line in call("conversations.replies", channel=GENERAL, ts=root)["messages"]
    ]
    lines = call("conversations.replies", channel=GENERAL, ts=root)["messages"]
    assert [1, None] == [line.get("reply_count") for line in lines]
    assert [1] == [line["reply_count"] for line in call("conversations.history", channel=GENERAL)["messages"]]


def test_a_post_to_a_person_is_a_dm(call):
    """A user id as channel opens the direct conversation."""

    assert call("chat.postMessage", channel=ADA, text="x")["channel"].startswith("D")


def test_dms_need_the_messages_tab(manifest, clock):
    """With the Messages tab off a DM is refused."""

    manifest["features"]["app_home"]["messages_tab_enabled"] = False
    workspace = Workspace(manifest=manifest, clock=clock)

    answer = workspace.call(token=BOT_TOKEN, method="chat.postMessage", args={"channel": ADA, "text": "x"})

    assert "messages_tab_disabled" == answer["error"]


def test_a_pin_is_pinned_once(call, workspace):
    """A second pin answers already_pinned, which is normal life, and Slack writes its own line once."""

    ts = call("chat.postMessage", channel=GENERAL, text="card")["ts"]

    first = call("pins.add", channel=GENERAL, timestamp=ts)
    second = call("pins.add", channel=GENERAL, timestamp=ts)

    assert (True, "already_pinned") == (first["ok"], second["error"])
    assert ["card"] == [item["message"]["text"] for item in call("pins.list", channel=GENERAL)["items"]]
    assert 1 == [message.subtype for message in workspace.messages].count("pinned_item")
    assert [] == workspace.violations


def test_a_reaction_is_given_once(call):
    """The second time it is already_reacted, and taking back what is not there no_reaction."""

    ts = call("chat.postMessage", channel=GENERAL, text="x")["ts"]
    answers = [
        call(method, channel=GENERAL, timestamp=ts, name="eyes").get("error")
        for method in ("reactions.add", "reactions.add", "reactions.remove", "reactions.remove")
    ]

    assert [None, "already_reacted", None, "no_reaction"] == answers


def test_deleting_unpins(call):
    """A deleted message is gone, pin included."""

    ts = call("chat.postMessage", channel=GENERAL, text="x")["ts"]
    call("pins.add", channel=GENERAL, timestamp=ts)
    call("chat.delete", channel=GENERAL, ts=ts)

    assert [] == call("pins.list", channel=GENERAL)["items"]
    assert "message_not_found" == call("chat.delete", channel=GENERAL, ts=ts)["error"]


def test_a_permalink_names_channel_and_message(call):
    """The address of a message holds its channel and its timestamp."""

    ts = call("chat.postMessage", channel=GENERAL, text="x")["ts"]

    link = call("chat.getPermalink", channel=GENERAL, message_ts=ts)["permalink"]

    assert link.endswith(f"/archives/{GENERAL}/p{ts.replace('.', '')}")
