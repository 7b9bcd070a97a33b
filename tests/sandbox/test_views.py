"""Modals and App Home: triggers, stacks, hashes, forms."""

import pytest

from sandbox.acts import perform
from sandbox.ids import BOT_TOKEN
from sandbox.refusals import ActRefused
from sandbox.workspace import Workspace

TROUBLE = {"": "We had some trouble connecting. Try again?"}
ADA = "U0ADA000000"
DIVIDER = {"type": "divider"}


def sent(workspace, request):
    """What reached the app when somebody did this."""
    delivery = perform(workspace, request)
    assert delivery is not None
    return delivery


def plain(words):
    """A plain_text object."""
    return {"type": "plain_text", "text": words}


def modal(*blocks, **more):
    """A modal with these blocks."""
    return {"type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": list(blocks) or [DIVIDER], **more}


def field(block_id="t", label="Title", **element):
    """An input block."""
    inner = {"type": "plain_text_input", "action_id": "x", **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": inner}


def opened(workspace, call, view, person=ADA):
    """Open a view for somebody."""
    return call("views.open", trigger_id=workspace.modals.trigger(person=person), view=view)


def test_a_trigger_is_used_once(workspace, call):
    """The second use of a trigger answers exchanged_trigger_id."""

    trigger = workspace.modals.trigger(person=ADA)

    answers = [call("views.open", trigger_id=trigger, view=modal()).get("error") for _ in range(2)]

    assert [None, "exchanged_trigger_id"] == answers


@pytest.mark.parametrize(("seconds", "error"), [(3.0, None), (3.1, "expired_trigger_id")])
def test_a_trigger_lives_three_real_seconds(workspace, call, real, seconds, error):
    """A trigger is good for three real seconds, however far virtual time moves."""

    trigger = workspace.modals.trigger(person=ADA)
    real.now += seconds

    assert error == call("views.open", trigger_id=trigger, view=modal()).get("error")


def test_a_trigger_of_nobody_is_invalid(call):
    """A made-up trigger answers invalid_trigger_id."""

    assert "invalid_trigger_id" == call("views.open", trigger_id="1.2.3", view=modal())["error"]


def test_a_view_that_slack_refuses_leaves_the_trigger(workspace, call):
    """A refused view does not use the trigger up."""

    trigger = workspace.modals.trigger(person=ADA)
    call("views.open", trigger_id=trigger, view=modal(title=plain("x" * 25)))

    assert call("views.open", trigger_id=trigger, view=modal())["ok"]


def test_three_views_are_stacked(workspace, call):
    """A fourth view answers push_limit_reached."""

    opened(workspace, call, modal())
    answers = [
        call("views.push", trigger_id=workspace.modals.trigger(person=ADA), view=modal()).get("error") for _ in range(3)
    ]

    assert [None, None, "push_limit_reached"] == answers


def test_a_stale_hash_conflicts(workspace, call):
    """views.update with the hash of an earlier drawing is hash_conflict, which is normal life."""

    view = opened(workspace, call, modal())["view"]
    first = call("views.update", view_id=view["id"], hash=view["hash"], view=modal())
    second = call("views.update", view_id=view["id"], hash=view["hash"], view=modal())

    assert (True, "hash_conflict") == (first["ok"], second["error"])
    assert [] == workspace.violations


def test_a_view_that_was_closed_is_not_found(workspace, call):
    """Updating a view the person closed is not_found and no violation; one that never was is."""

    view = opened(workspace, call, modal())["view"]
    perform(workspace, {"as": "ada", "do": "close"})

    assert "not_found" == call("views.update", view_id=view["id"], view=modal())["error"]
    assert [] == workspace.violations
    assert "not_found" == call("views.update", view_id="V0NEVER", view=modal())["error"]
    assert 1 == len(workspace.violations)


def test_an_external_id_is_unique(workspace, call):
    """Two open views cannot share an external_id, which names a view in views.update."""

    opened(workspace, call, modal(external_id="e"))

    assert "duplicate_external_id" == opened(workspace, call, modal(external_id="e"), person="U0NOOR00000")["error"]
    assert call("views.update", external_id="e", view=modal(external_id="e"))["ok"]


def test_what_was_typed_stays_under_its_ids(workspace, call):
    """A redraw keeps typed values under the same block_id and takes the initial value under a new one."""

    view = opened(workspace, call, modal(field()))["view"]
    perform(workspace, {"as": "ada", "do": "select", "field": "Title", "value": "typed"})

    same = call("views.update", view_id=view["id"], view=modal(field(initial_value="new")))["view"]["state"]
    fresh = call("views.update", view_id=view["id"], view=modal(field("u", initial_value="new")))["view"]["state"]

    assert "typed" == same["values"]["t"]["x"]["value"]
    assert {"u": {"x": {"type": "plain_text_input", "value": "new"}}} == fresh["values"]


def test_home_is_published_per_person(workspace, call):
    """App Home is one view per person, guarded by its hash."""

    home = {"type": "home", "blocks": [DIVIDER]}
    first = call("views.publish", user_id=ADA, view=home)["view"]
    second = call("views.publish", user_id=ADA, hash=first["hash"], view=home)["view"]
    stale = call("views.publish", user_id=ADA, hash=first["hash"], view=home)

    assert first["id"] == second["id"]
    assert "hash_conflict" == stale["error"]


def test_home_needs_its_tab(manifest, clock):
    """Without the Home tab views.publish is refused."""

    manifest["features"]["app_home"]["home_tab_enabled"] = False
    workspace = Workspace(manifest=manifest, clock=clock)
    view = {"type": "home", "blocks": []}

    answer = workspace.call(token=BOT_TOKEN, method="views.publish", args={"user_id": ADA, "view": view})

    assert "not_enabled" == answer["error"]


OPTIONS = [{"text": plain(word), "value": word.lower()} for word in ("One", "Two")]


@pytest.mark.parametrize(
    ("element", "value", "entry"),
    [
        ({"type": "plain_text_input"}, "x", {"value": "x"}),
        ({"type": "static_select", "options": OPTIONS}, "Two", {"selected_option": OPTIONS[1]}),
        ({"type": "radio_buttons", "options": OPTIONS}, "one", {"selected_option": OPTIONS[0]}),
        ({"type": "checkboxes", "options": OPTIONS}, ["One", "two"], {"selected_options": OPTIONS}),
        ({"type": "users_select"}, "noor", {"selected_user": "U0NOOR00000"}),
        ({"type": "multi_users_select"}, ["noor"], {"selected_users": ["U0NOOR00000"]}),
        ({"type": "conversations_select"}, "incidents", {"selected_conversation": "C0INCIDENTS"}),
        ({"type": "channels_select"}, "#incidents", {"selected_channel": "C0INCIDENTS"}),
        ({"type": "datepicker"}, "2026-03-02", {"selected_date": "2026-03-02"}),
        ({"type": "timepicker"}, "14:05", {"selected_time": "14:05"}),
        ({"type": "datetimepicker"}, 1772460000, {"selected_date_time": 1772460000}),
    ],
    ids=lambda value: value.get("type") if isinstance(value, dict) else None,
)
def test_each_element_reports_its_state(workspace, call, element, value, entry):
    """What people choose, by label, handle or name, arrives as Slack reports it."""

    drawn = field(**element)
    opened(workspace, call, modal(drawn))

    delivery = sent(workspace, {"as": "ada", "do": "submit", "values": {"Title": value}})

    state = delivery.payload["view"]["state"]["values"]["t"]["x"]
    got = {key: _bare(part) for key, part in state.items() if key != "type"}
    assert entry == got


def _bare(part):
    """An option without what Slack adds to its text."""
    if isinstance(part, list):
        return [_bare(entry) for entry in part]
    if isinstance(part, dict):
        return {"text": plain(part["text"]["text"]), "value": part["value"]}
    return part


@pytest.mark.parametrize(
    ("element", "value", "sends"),
    [
        ({}, "", False),
        ({}, "x", True),
        ({"min_length": 3}, "xy", False),
        ({"max_length": 3}, "wxyz", False),
        ({"min_length": 3, "max_length": 3}, "xyz", True),
    ],
)
def test_slacks_client_checks_before_it_submits(workspace, call, element, value, sends):
    """A required or ill-sized input is complained about in the dialog and not sent."""

    opened(workspace, call, modal(field(**element)))

    delivery = perform(workspace, {"as": "ada", "do": "submit", "values": {"t": value}})

    assert sends == (delivery is not None)
    assert sends == (workspace.modals.top(ADA).errors == {})


def test_an_unknown_field_is_said_with_those_there_are(workspace, call):
    """A misspelt field name is answered with the labels there are."""

    opened(workspace, call, modal(field()))

    with pytest.raises(ActRefused, match="'Title'"):
        perform(workspace, {"as": "ada", "do": "submit", "values": {"Titel": "x"}})


def test_closing_tells_only_who_asked(workspace, call):
    """view_closed is sent for views with notify_on_close, and only for them."""

    opened(workspace, call, modal(notify_on_close=True))
    told = sent(workspace, {"as": "ada", "do": "close"})
    opened(workspace, call, modal())
    silent = perform(workspace, {"as": "ada", "do": "close"})

    assert ("view_closed", None) == (told.payload["type"], silent)


@pytest.mark.parametrize(
    ("response", "outcome"),
    [
        (None, ([], None, False)),
        ({"response_action": "clear"}, ([], None, False)),
        ({"response_action": "errors", "errors": {"t": "Say more."}}, (["m"], {"t": "Say more."}, False)),
        ({"response_action": "errors", "errors": {"nowhere": "?"}}, (["m"], {}, True)),
        ({"response_action": "update", "view": modal(callback_id="n")}, (["n"], {}, False)),
        ({"response_action": "push", "view": modal(callback_id="n")}, (["m", "n"], {}, False)),
        (
            {"response_action": "update", "view": modal(title=plain("x" * 25))},
            (["m"], TROUBLE, True),
        ),
        ({"response_action": "shout"}, (["m"], {}, True)),
    ],
)
def test_the_ack_of_a_submission_is_carried_out(workspace, call, response, outcome):
    """update, push, clear and errors change what the person sees; nothing closes the view."""

    opened(workspace, call, modal(field(), callback_id="m"))
    delivery = sent(workspace, {"as": "ada", "do": "submit", "values": {"t": "x"}})

    workspace.acknowledge(delivery.envelope_id, response=response)

    left = [view.body.get("callback_id") for view in workspace.modals.stacks[ADA]]
    top = workspace.modals.top(ADA)
    assert outcome == (left, top.errors if top else None, bool(workspace.violations))


def test_a_press_in_a_view_carries_the_view(workspace, call):
    """A dispatching input sends block_actions with the view, its state and its hash."""

    view = opened(workspace, call, modal({**field(), "dispatch_action": True}))["view"]

    payload = sent(workspace, {"as": "ada", "do": "select", "field": "Title", "value": "x"}).payload

    assert ("block_actions", {"type": "view", "view_id": view["id"]}) == (payload["type"], payload["container"])
    assert "x" == payload["view"]["state"]["values"]["t"]["x"]["value"] == payload["actions"][0]["value"]
    assert view["hash"] == payload["view"]["hash"]
