"""Answers and payloads have the keys and types of Slack's own samples, and no others."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox import posting
from sandbox.acts import perform
from sandbox.methods.files import receive
from sandbox.workspace import Workspace

SAMPLES = Path(__file__).resolve().parent.parent / "slack_samples"
ANSWERS: dict[str, dict[str, str]] = json.loads((SAMPLES / "response_shapes.json").read_text(encoding="utf-8"))
PAYLOADS: dict[str, dict[str, str]] = json.loads((SAMPLES / "payload_shapes.json").read_text(encoding="utf-8"))

ADA, GENERAL = "U0ADA000000", "C0GENERAL00"
BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "v"}
BLOCKS = [{"type": "actions", "block_id": "b", "elements": [BUTTON]}]
VIEW = {
    "type": "modal",
    "callback_id": "m",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "T"},
    "submit": {"type": "plain_text", "text": "S"},
    "blocks": [
        {
            "type": "input",
            "block_id": "t",
            "label": {"type": "plain_text", "text": "Title"},
            "element": {"type": "plain_text_input", "action_id": "x"},
        }
    ],
}

# Keys that hold what the app itself gave: free in shape.
FREE = (
    "reactions",  # the samples show no people in them
    "blocks[]",
    "metadata.event_payload.",
    "state.values",
    "actions[].selected",
    "errors[]",
)
# Path: why it may differ from the samples, which are blanked and cannot show it.
EXCEPTIONS = {
    "is_enterprise_install": "a slash command is a form, where this is the word false",
    "response_urls": "documented for views with response_url_enabled; empty without",
    "event_ts": "documented for every event",
    "cache_ts": "documented for user_change",
    "event.view.blocks": "the samples leave a view's blocks out",
    "view.blocks": "the samples leave a view's blocks out",
    "message.thread_ts": "documented for replies",
    "message.broadcast": "documented for replies",
    "warning": "documented for every method",
    "response_metadata.next_cursor": "documented for every paged method",
    "message.blocks": "the samples leave blocks out",
    "message.app_id": "the samples of edits and deletions show no app's message",
    "previous_message.app_id": "the samples of edits and deletions show no app's message",
    "channel.num_members": "documented, when asked for",
}


def kind(value: Any) -> str:
    """The JSON type of a value."""
    names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "number", float: "number"}
    return "null" if value is None else names[type(value)]


def paths(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every key path of a JSON value with its type."""
    if at:
        yield at, kind(value)
    if isinstance(value, dict):
        for key, part in value.items():
            yield from paths(part, f"{at}.{key}" if at else key)
    elif isinstance(value, list):
        for part in value:
            yield from paths(part, f"{at}[]")


def opaque(path: str, sample: dict[str, str]) -> bool:
    """Whether the sample shows something above `path` without showing what is in it."""
    above = [path[:place] for place, letter in enumerate(path) if letter in ".["]
    return any(
        part in sample and not any(known.startswith((f"{part}.", f"{part}[")) for known in sample) for part in above
    )


def strange(value: Any, sample: dict[str, str]) -> list[str]:
    """The paths of `value` that the sample does not have, or has with another type."""
    return [
        f"{path}: {found}"
        for path, found in paths(value)
        if not any(free in path for free in FREE)
        and not any(path == known or path.endswith(f".{known}") for known in EXCEPTIONS)
        and not opaque(path, sample)
        and found != "null"
        and sample.get(path) != found
    ]


def asked(workspace: Workspace, call) -> dict[str, dict[str, Any]]:
    """One good answer of every method that Slack's samples show."""
    channel = call("conversations.create", name="inc-1")["channel"]["id"]
    posted = call("chat.postMessage", channel=channel, text="x", blocks=BLOCKS)
    ts = posted["ts"]
    trigger = workspace.modals.trigger(person=ADA)
    opened = call("views.open", trigger_id=trigger, view=VIEW)
    inside = workspace.modals.trigger(person=ADA, view_id=opened["view"]["id"])
    file = call("files.getUploadURLExternal", filename="t.md", length=1)
    receive(workspace, file_id=file["file_id"], content=b"x")
    done = call("files.completeUploadExternal", files=[{"id": file["file_id"], "title": "T"}])
    bookmark = {"channel_id": channel, "title": "t", "type": "link", "link": "https://e.example"}
    return {
        "chat.postMessage": posted,
        "views.open": opened,
        "views.push": call("views.push", trigger_id=inside, view=VIEW),
        "auth.test": call("auth.test"),
        "bookmarks.add": call("bookmarks.add", **bookmark),
        "files.completeUploadExternal": done,
        "files.getUploadURLExternal": file,
        "chat.getPermalink": call("chat.getPermalink", channel=channel, message_ts=ts),
        "chat.postEphemeral": call("chat.postEphemeral", channel=GENERAL, user=ADA, text="x"),
        "chat.update": call("chat.update", channel=channel, ts=ts, text="x"),
        "conversations.create": call("conversations.create", name="inc-2"),
        "conversations.info": call("conversations.info", channel=channel),
        "conversations.invite": call("conversations.invite", channel=channel, users=ADA),
        "conversations.list": call("conversations.list"),
        "conversations.members": call("conversations.members", channel=channel),
        "conversations.open": call("conversations.open", users=ADA, return_im=True),
        "conversations.setTopic": call("conversations.setTopic", channel=channel, topic="t"),
        "pins.add": call("pins.add", channel=channel, timestamp=ts),
        "pins.list": call("pins.list", channel=channel),
        "reactions.add": call("reactions.add", channel=channel, timestamp=ts, name="eyes"),
        "conversations.history": call("conversations.history", channel=channel),
        "conversations.replies": call("conversations.replies", channel=channel, ts=ts),
        "team.info": call("team.info"),
        "usergroups.list": call("usergroups.list"),
        "users.conversations": call("users.conversations"),
        "users.info": call("users.info", user=ADA),
        "users.list": call("users.list"),
        "views.publish": call("views.publish", user_id=ADA, view={"type": "home", "blocks": BLOCKS}),
        "views.update": call("views.update", view_id=opened["view"]["id"], view=VIEW),
        "chat.delete": call("chat.delete", channel=channel, ts=ts),
        "conversations.archive": call("conversations.archive", channel=channel),
    }


def test_answers_have_slacks_keys_and_types(workspace, call):
    """Every key and type in an answer is one that Slack's sample of that method has."""

    answers = asked(workspace, call)

    assert {} == {name: answer for name, answer in answers.items() if not answer["ok"]}
    found = {name: strange(answer, ANSWERS[name]) for name, answer in answers.items()}
    found["view"] = strange({"view": answers["views.open"]["view"]}, PAYLOADS["ViewSubmission"])
    assert {} == {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize(
    ("method", "keys"),
    [
        ("auth.test", {"team_id", "user_id", "bot_id", "url"}),
        ("chat.postMessage", {"channel", "ts", "message"}),
        ("chat.update", {"channel", "ts", "text", "message"}),
        ("conversations.history", {"messages", "has_more"}),
        ("users.list", {"members", "cache_ts", "response_metadata"}),
        ("views.open", {"view"}),
        ("pins.list", {"items"}),
    ],
)
def test_answers_have_the_essential_keys(workspace, call, method, keys):
    """What clients read is there."""

    assert set() == keys - asked(workspace, call)[method].keys()


def sent(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """One payload of every kind the sandbox sends, by the name of Slack's sample."""

    def do(verb: str, person: str = "ada", **more: Any) -> None:
        perform(workspace, {"as": person, "do": verb, **more})

    room = workspace.channels[GENERAL]
    card = posting.post_as_bot(workspace, room, text="x", blocks=BLOCKS)
    do("command", channel="general", text="/incident list")
    do("click", button="Go", channel="general")
    do("shortcut", callback_id="declare", channel="general", ts=card.ts)
    workspace.modals.open(trigger_id=workspace.modals.trigger(person=ADA), body=VIEW)
    do("submit", values={"Title": "x"})
    do("close")
    do("open_home")
    do("message", channel="general", text="hi")
    do("react", channel="general", ts=card.ts, emoji="eyes")
    do("pin", channel="general", ts=card.ts)
    do("rename", channel="ops", text="ops-2")
    do("leave", channel="general", person="sam")
    do("join", channel="general", person="sam")
    do("archive", channel="governance", person="lena")
    do("archive", channel="leadership", person="lena")
    do("hire", user="zoe")
    do("deactivate", user="zoe")
    posting.edit(workspace, room, card, text="y", blocks=[])
    posting.remove(workspace, room, card)
    workspace.revoke()
    return {_sample(delivery.payload): delivery.payload for delivery in workspace.deliveries.all.values()}


def _sample(payload: dict[str, Any]) -> str:
    name = payload.get("type", "slash_command")
    if name == "event_callback":
        event = payload["event"]
        subtype = event.get("subtype", "")
        name = subtype if subtype in ("message_changed", "message_deleted") else event["type"]
    name = {"block_actions": "block_action", "message_action": "message_shortcut"}.get(name, name)
    return "".join(word.title() for word in name.split("_"))


def test_payloads_have_slacks_keys_and_types(workspace):
    """Every key and type in a payload is one that Slack's sample of that kind has."""

    payloads = sent(workspace)

    samples = {**PAYLOADS, "Message": PAYLOADS["Message"] | PAYLOADS["MessageBot"]}
    found = {name: strange(payload, samples[name]) for name, payload in payloads.items()}
    assert {} == {name: lines for name, lines in found.items() if lines}


def test_every_kind_of_payload_is_sent(workspace):
    """Each kind the app can subscribe to or be pressed for has been seen."""

    assert set(PAYLOADS) - {"MessageBot"} == set(sent(workspace)) | {"MessageChanged", "MessageDeleted"}


@pytest.mark.parametrize(
    ("sample", "keys"),
    [
        ("SlashCommand", {"command", "text", "user_id", "channel_id", "team_id", "trigger_id", "response_url"}),
        ("BlockAction", {"actions", "container", "message", "channel", "user", "trigger_id", "response_url", "team"}),
        ("ViewSubmission", {"view", "user", "trigger_id", "team"}),
        ("MessageShortcut", {"callback_id", "message", "channel", "trigger_id", "response_url"}),
        ("TeamJoin", {"event", "event_id", "event_time", "authorizations", "team_id", "api_app_id"}),
    ],
)
def test_payloads_have_the_essential_keys(workspace, sample, keys):
    """What apps read is there."""

    assert set() == keys - sent(workspace)[sample].keys()
