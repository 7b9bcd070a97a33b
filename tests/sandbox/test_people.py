"""What people do, and what Slack does about it before the app hears."""

import pytest

from sandbox import places
from sandbox.acts import perform
from sandbox.refusals import ActRefused
from sandbox.sight import channel_named, person_named, seen_messages
from sandbox.workspace import Workspace

ADA, NOOR = "U0ADA000000", "U0NOOR00000"
GENERAL, INCIDENTS = "C0GENERAL00", "C0INCIDENTS"


def sent(workspace, request):
    """What reached the app when somebody did this."""
    delivery = perform(workspace, request)
    assert delivery is not None
    return delivery


def plain(words):
    """A plain_text object."""
    return {"type": "plain_text", "text": words}


def button(label, action_id, **more):
    """A button."""
    return {"type": "button", "action_id": action_id, "text": plain(label), **more}


def card(call, *elements, channel=GENERAL):
    """Post a message with these elements."""
    return call("chat.postMessage", channel=channel, text="x", blocks=[{"type": "actions", "elements": list(elements)}])


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [
        ("/incident list", "list"),
        ("/incident", ""),
        ("/incident page @noor now", f"page <@{NOOR}|noor> now"),
        ("/incident in #incidents", f"in <#{INCIDENTS}|incidents>"),
        ("/incident a < b & c", "a &lt; b &amp; c"),
        ("/incident @here @nobody", "<!here> @nobody"),
        ("/incident see https://e.example/x?y=1", "see <https://e.example/x?y=1>"),
        ("/incident mail ada@example.com", "mail ada@example.com"),
        ("/incident #leadership", "#leadership"),
    ],
)
def test_typed_words_arrive_escaped(workspace, typed, arrives):
    """With should_escape people and channels arrive as ids, and & < > encoded."""

    payload = sent(workspace, {"as": "ada", "do": "command", "channel": "general", "text": typed}).payload

    assert ("/incident", arrives) == (payload["command"], payload["text"])


def test_without_should_escape_words_arrive_raw(manifest, clock):
    """Without should_escape the text arrives as it was typed."""

    manifest["features"]["slash_commands"][0]["should_escape"] = False
    workspace = Workspace(manifest=manifest, clock=clock)
    request = {"as": "ada", "do": "command", "channel": "general", "text": "/incident page @noor <now>"}

    assert "page @noor <now>" == sent(workspace, request).payload["text"]


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        ({"as": "ada", "text": "/deploy"}, "is not a valid command"),
        ({"as": "oona", "channel": "partners", "text": "/incident"}, "is not a valid command"),
        ({"as": "ada", "text": "/incident", "thread_ts": "1.0"}, "is not supported in threads"),
    ],
)
def test_slack_answers_some_commands_itself(workspace, request_, sentence):
    """Unknown commands, outsiders' commands and commands in threads never reach the app."""

    delivery = perform(workspace, {"do": "command", "channel": "general", **request_})

    assert None is delivery
    assert sentence in workspace.messages[-1].text
    assert workspace.messages[-1].ephemeral_to


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        ({"as": "nobody", "do": "command"}, "ada, "),
        ({"as": "ada", "do": "shout"}, "click, "),
        ({"as": "ada", "do": "command", "channel": "nowhere", "text": "/incident"}, "general, "),
        ({"as": "ada", "do": "command", "channel": "ops", "text": "/incident"}, "join it first"),
        ({"as": "ada", "do": "command", "channel": "leadership", "text": "/incident"}, "sees no channel"),
        ({"as": "ada", "do": "command", "channel": "general"}, "needs 'text'"),
        ({"as": "ada", "do": "click", "button": "Go"}, "nothing to press"),
        ({"as": "ada", "do": "submit"}, "no dialog open"),
        ({"as": "ada", "do": "shortcut", "callback_id": "x"}, "declare, start"),
    ],
)
def test_what_cannot_be_done_is_said(workspace, request_, sentence):
    """A request that makes no sense is answered with a sentence that says what there is."""

    with pytest.raises(ActRefused, match=sentence):
        perform(workspace, request_)


def test_the_newest_message_is_pressed(call, workspace):
    """Of several messages with a button the newest is pressed, unless a timestamp says otherwise."""

    old = card(call, button("Go", "go", value="old"))["ts"]
    card(call, button("Go", "go", value="new"))

    newest = sent(workspace, {"as": "ada", "do": "click", "button": "Go"}).payload
    chosen = sent(workspace, {"as": "ada", "do": "click", "button": "go", "ts": old}).payload

    assert ["new", "old"] == [payload["actions"][0]["value"] for payload in (newest, chosen)]


def test_a_press_carries_the_message_and_the_presser(call, workspace):
    """block_actions says who pressed what in which message."""

    ts = card(call, button("Go", "go"))["ts"]

    payload = sent(workspace, {"as": "noor", "do": "click", "button": "Go"}).payload

    assert (NOOR, "noor") == (payload["user"]["id"], payload["user"]["name"])
    assert (ts, GENERAL) == (payload["message"]["ts"], payload["channel"]["id"])
    assert {"type": "message", "message_ts": ts, "channel_id": GENERAL, "is_ephemeral": False} == payload["container"]


def test_a_menu_entry_is_pressed_by_its_label(call, workspace):
    """The label of an entry in an overflow menu is enough."""

    options = [{"text": plain(word), "value": word.lower()} for word in ("Timeline", "Roles")]
    card(call, {"type": "overflow", "action_id": "more", "options": options})

    payload = sent(workspace, {"as": "ada", "do": "click", "button": "Roles"}).payload

    assert "roles" == payload["actions"][0]["selected_option"]["value"]


def test_a_confirm_dialog_can_be_declined(call, workspace):
    """A press that asks is sent, and is not when the person thinks better of it."""

    asks = {"title": plain("t"), "text": plain("x"), "confirm": plain("y"), "deny": plain("n")}
    card(call, button("Close", "close", confirm=asks))

    assert None is perform(workspace, {"as": "ada", "do": "click", "button": "Close", "confirm": False})
    assert perform(workspace, {"as": "ada", "do": "click", "button": "Close"})


@pytest.mark.parametrize("handle", ["gus", "oona"])
def test_guests_and_outsiders_can_press(call, workspace, handle):
    """Whoever sees a button can press it; the payload names their team."""

    card(call, button("Go", "go"), channel="C0PARTNERS0")

    payload = sent(workspace, {"as": handle, "do": "click", "button": "Go"}).payload

    assert person_named(workspace, handle).team_id == payload["user"]["team_id"]


def test_a_press_on_a_private_answer_has_no_message(call, workspace):
    """block_actions from an ephemeral says so and carries no message."""

    blocks = [{"type": "actions", "elements": [button("Go", "go")]}]
    call("chat.postEphemeral", channel=GENERAL, user=ADA, text="x", blocks=blocks)

    payload = sent(workspace, {"as": "ada", "do": "click", "button": "Go"}).payload

    assert (True, False) == (payload["container"]["is_ephemeral"], "message" in payload)
    with pytest.raises(ActRefused):
        perform(workspace, {"as": "noor", "do": "click", "button": "Go"})


def test_a_private_channel_is_closed_to_others(call, workspace):
    """Nobody outside a private channel sees its messages or presses its buttons."""

    card(call, button("Go", "go"), channel="C0LEADERSHI")
    room = workspace.channels["C0LEADERSHI"]

    assert [] == seen_messages(room, person_named(workspace, "ada"))
    assert 1 == len(seen_messages(room, person_named(workspace, "lena")))
    with pytest.raises(ActRefused):
        perform(workspace, {"as": "ada", "do": "click", "button": "Go"})


def test_messages_to_a_read_only_tab_are_refused(manifest, clock):
    """With a read-only Messages tab nobody can write to the app."""

    manifest["features"]["app_home"]["messages_tab_read_only_enabled"] = True
    workspace = Workspace(manifest=manifest, clock=clock)

    with pytest.raises(ActRefused, match="turned off"):
        perform(workspace, {"as": "ada", "do": "message", "channel": "@tocsin", "text": "hi"})


def test_an_outsider_makes_a_channel_shared(workspace):
    """A channel somebody from another organisation joins is is_ext_shared."""

    perform(workspace, {"as": "ada", "do": "invite", "channel": "incidents", "user": "oona"})

    assert workspace.channels[INCIDENTS].is_ext_shared


def test_somebody_deactivated_cannot_act(workspace):
    """After deactivation a person does nothing, and the app hears user_change."""

    perform(workspace, {"as": "ada", "do": "deactivate", "user": "sam"})

    with pytest.raises(ActRefused, match="deactivated"):
        perform(workspace, {"as": "sam", "do": "command", "channel": "general", "text": "/incident"})
    event = next(iter(workspace.deliveries.all.values())).payload["event"]
    assert ("user_change", True) == (event["type"], event["user"]["deleted"])


def test_unread_marks_count_what_is_new(call, workspace):
    """Unread counts what others wrote since one looked; mentions and DMs count as pings."""

    call("chat.postMessage", channel=GENERAL, text="news")
    call("chat.postMessage", channel=GENERAL, text=f"<@{ADA}> look")
    room, ada = workspace.channels[GENERAL], person_named(workspace, "ada")

    assert (2, 1) == places.unread(room, ada)
    perform(workspace, {"as": "ada", "do": "read", "channel": "general"})
    assert (0, 0) == places.unread(room, ada)


def test_a_message_shortcut_carries_its_message(call, workspace):
    """The message shortcut sends the message it was used on."""

    ts = call("chat.postMessage", channel=GENERAL, text="x")["ts"]

    request = {"as": "ada", "do": "shortcut", "callback_id": "declare", "channel": "general", "ts": ts}
    payload = sent(workspace, request).payload

    assert ("message_action", "declare", ts) == (payload["type"], payload["callback_id"], payload["message"]["ts"])


def test_a_global_shortcut_needs_no_message(workspace):
    """The global shortcut carries a trigger and nothing else."""

    payload = sent(workspace, {"as": "ada", "do": "shortcut", "callback_id": "start"}).payload

    assert ("shortcut", "start", True) == (payload["type"], payload["callback_id"], "trigger_id" in payload)


@pytest.mark.parametrize(("viewer", "name"), [("ada", "@tocsin"), ("ada", "@ada"), ("ada", "tocsin")])
def test_a_direct_conversation_has_its_names(call, workspace, viewer, name):
    """The conversation with the app is reached by the app's handle or by one's own."""

    posted = call("chat.postMessage", channel=ADA, text="x")

    assert posted["channel"] == channel_named(workspace, name, person_named(workspace, viewer)).id


def test_two_people_have_their_own_conversation(workspace):
    """What people write to each other is not seen by the app."""

    perform(workspace, {"as": "ada", "do": "message", "channel": "@noor", "text": "psst"})

    room = channel_named(workspace, "@ada", person_named(workspace, "noor"))
    assert ["psst"] == [message.text for message in room.messages]
    assert [] == list(workspace.deliveries.take())


def test_a_menu_asks_which_entry(call, workspace):
    """A menu pressed without saying which entry is answered with the entries."""

    options = [{"text": plain(word), "value": word.lower()} for word in ("Timeline", "Roles")]
    card(call, {"type": "overflow", "action_id": "more", "options": options})

    with pytest.raises(ActRefused, match="'Timeline', 'Roles'"):
        perform(workspace, {"as": "ada", "do": "click", "button": "more"})
    chosen = sent(workspace, {"as": "ada", "do": "click", "button": "more", "option": "Timeline"}).payload
    assert "timeline" == chosen["actions"][0]["selected_option"]["value"]


def test_nobody_writes_in_an_archived_channel(workspace):
    """After a channel is archived people cannot write or command there; after it is unarchived they can."""

    perform(workspace, {"as": "ada", "do": "archive", "channel": "incidents"})
    for request in ({"do": "message", "text": "hi"}, {"do": "command", "text": "/incident"}):
        with pytest.raises(ActRefused, match="archived"):
            perform(workspace, {"as": "ada", "channel": "incidents", **request})

    perform(workspace, {"as": "ada", "do": "unarchive", "channel": "incidents"})
    perform(workspace, {"as": "ada", "do": "message", "channel": "incidents", "text": "back"})
    assert "back" == workspace.messages[-1].text


def test_a_press_can_be_meant_for_home(call, workspace):
    """With the same button in a message and in App Home, `view` says which is meant."""

    blocks = [{"type": "actions", "elements": [button("Go", "go")]}]
    call("views.publish", user_id=ADA, view={"type": "home", "blocks": blocks})
    card(call, button("Go", "go"))

    plainly = sent(workspace, {"as": "ada", "do": "click", "button": "Go"}).payload
    home = sent(workspace, {"as": "ada", "do": "click", "button": "Go", "view": "home"}).payload

    assert ["message", "view"] == [plainly["container"]["type"], home["container"]["type"]]
    with pytest.raises(ActRefused):
        perform(workspace, {"as": "ada", "do": "click", "button": "Go", "view": "modal"})


def test_a_choice_in_a_message_carries_its_state(call, workspace):
    """A select in a message reports the choice in the action and in the state."""

    options = [{"text": plain(word), "value": word.lower()} for word in ("Low", "High")]
    card(call, {"type": "static_select", "action_id": "sev", "options": options, "placeholder": plain("Severity")})

    payload = sent(workspace, {"as": "ada", "do": "select", "select": "Severity", "value": "High"}).payload

    assert "high" == payload["actions"][0]["selected_option"]["value"]
    states = [entry["sev"]["selected_option"]["value"] for entry in payload["state"]["values"].values()]
    assert ["high"] == states


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        ({"do": "react", "channel": "general", "ts": "1.0", "emoji": "eyes"}, "sees no message"),
        ({"do": "leave", "channel": "ops"}, "is not in #ops"),
        ({"do": "invite", "channel": "general", "user": "noor"}, "already"),
        ({"do": "create", "channel": "general"}, "name_taken"),
        ({"do": "rename", "channel": "incidents", "text": "general"}, "name_taken"),
        ({"do": "submit", "values": []}, "no dialog open"),
        ({"do": "react", "channel": "general"}, "needs 'ts'"),
    ],
)
def test_what_people_cannot_do_is_said(workspace, request_, sentence):
    """Slack's refusals of what people do among themselves come as sentences, and change nothing."""

    with pytest.raises(ActRefused, match=sentence):
        perform(workspace, {"as": "ada", **request_})
    assert "incidents" == workspace.channels[INCIDENTS].name
