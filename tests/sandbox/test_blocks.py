"""Block Kit: what Slack accepts to the last character, and what it refuses one beyond."""

import pytest

from sandbox.blocks.surfaces import faults_in_blocks, faults_in_view


def plain(words):
    """A plain_text object."""
    return {"type": "plain_text", "text": words}


def section(**more):
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": "x"}, **more}


def button(**more):
    """A button."""
    return {"type": "button", "action_id": "a", "text": plain("Go"), **more}


def actions(*elements):
    """An actions block."""
    return {"type": "actions", "elements": list(elements)}


def select(count):
    """A select of `count` options."""
    return {
        "type": "static_select",
        "action_id": "s",
        "options": [{"text": plain(str(number)), "value": str(number)} for number in range(count)],
    }


def overflow(count):
    """A menu of `count` entries."""
    return {**select(count), "type": "overflow"}


def checkboxes(count):
    """`count` checkboxes."""
    return {**select(count), "type": "checkboxes"}


def text_input(**more):
    """An input block."""
    return {"type": "input", "label": plain("L"), "element": {"type": "plain_text_input", "action_id": "i"}, **more}


def modal(*blocks, **more):
    """A modal."""
    return {"type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": list(blocks), **more}


def confirm(**more):
    """A confirm dialog."""
    return {"title": plain("t"), "text": plain("x"), "confirm": plain("y"), "deny": plain("n"), **more}


def rich(*parts):
    """A rich_text block."""
    return {"type": "rich_text", "elements": list(parts)}


def span(**of):
    """A rich_text block of one span."""
    return rich({"type": "rich_text_section", "elements": [of]})


# Each row: what it is, the most Slack takes, one beyond it.
MESSAGES = [
    (
        "section text",
        [{"type": "section", "text": plain("x" * 3000)}],
        [{"type": "section", "text": plain("x" * 3001)}],
    ),
    ("fields", [section(fields=[plain("x")] * 10)], [section(fields=[plain("x")] * 11)]),
    ("field text", [section(fields=[plain("x" * 2000)])], [section(fields=[plain("x" * 2001)])]),
    ("header", [{"type": "header", "text": plain("x" * 150)}], [{"type": "header", "text": plain("x" * 151)}]),
    (
        "context",
        [{"type": "context", "elements": [plain("x")] * 10}],
        [{"type": "context", "elements": [plain("x")] * 11}],
    ),
    (
        "actions",
        [actions(*[button(action_id=f"a{n}") for n in range(25)])],
        [actions(*[button(action_id=f"a{n}") for n in range(26)])],
    ),
    ("button text", [actions(button(text=plain("x" * 75)))], [actions(button(text=plain("x" * 76)))]),
    ("button value", [actions(button(value="x" * 2000))], [actions(button(value="x" * 2001))]),
    ("button style", [actions(button(style="danger"))], [actions(button(style="warning"))]),
    (
        "accessibility label",
        [actions(button(accessibility_label="x" * 75))],
        [actions(button(accessibility_label="x" * 76))],
    ),
    ("overflow", [actions(overflow(5))], [actions(overflow(6))]),
    ("overflow of none", [actions(overflow(1))], [actions(overflow(0))]),
    ("checkboxes", [actions(checkboxes(10))], [actions(checkboxes(11))]),
    ("select", [actions(select(100))], [actions(select(101))]),
    ("select of none", [actions(select(1))], [actions(select(0))]),
    ("blocks in a message", [{"type": "divider"}] * 50, [{"type": "divider"}] * 51),
    ("block_id", [section(block_id="b"), section(block_id="c")], [section(block_id="b"), section(block_id="b")]),
    (
        "action_id",
        [actions(button(), button(action_id="b"))],
        [actions(button(), button())],
    ),
    (
        "confirm title",
        [actions(button(confirm=confirm(title=plain("x" * 100))))],
        [actions(button(confirm=confirm(title=plain("x" * 101))))],
    ),
    (
        "confirm text",
        [actions(button(confirm=confirm(text=plain("x" * 300))))],
        [actions(button(confirm=confirm(text=plain("x" * 301))))],
    ),
    (
        "confirm button",
        [actions(button(confirm=confirm(deny=plain("x" * 30))))],
        [actions(button(confirm=confirm(deny=plain("x" * 31))))],
    ),
    ("keys", [section(expand=True)], [section(colour="red")]),
    ("types", [{"type": "divider"}], [{"type": "blink"}]),
    ("alert outside a modal", [{"type": "divider"}], [{"type": "alert", "text": plain("x")}]),
    ("words at all", [section()], [{"type": "section"}]),
    ("empty words", [section()], [{"type": "section", "text": plain("")}]),
    ("rich text span", [span(type="text", text="x")], [span(type="text", text="")]),
    ("rich text user", [span(type="user", user_id="U0ADA000000")], [span(type="user", user_id="@ada")]),
    (
        "rich text date",
        [span(type="date", timestamp=1, format="{time}")],
        [span(type="date", timestamp="1", format="{time}")],
    ),
    ("rich text kind", [span(type="link", url="https://e.example")], [span(type="marquee", text="x")]),
    (
        "rich text list",
        [rich({"type": "rich_text_list", "style": "bullet", "elements": []})],
        [rich({"type": "rich_text_list", "style": "stars", "elements": []})],
    ),
    (
        "initial option",
        [actions({**select(2), "initial_option": {"text": plain("1"), "value": "1"}})],
        [actions({**select(2), "initial_option": {"text": plain("7"), "value": "7"}})],
    ),
    (
        "option values",
        [actions(select(2))],
        [actions({**select(2), "options": select(1)["options"] * 2})],
    ),
    ("markdown in all", [{"type": "markdown", "text": "x" * 12_000}], [{"type": "markdown", "text": "x" * 6_001}] * 2),
]

VIEWS = [
    ("title", modal(section(), title=plain("x" * 24)), modal(section(), title=plain("x" * 25))),
    ("submit", modal(section(), submit=plain("x" * 24)), modal(section(), submit=plain("x" * 25))),
    ("close", modal(section(), close=plain("x" * 24)), modal(section(), close=plain("x" * 25))),
    ("private_metadata", modal(section(), private_metadata="x" * 3000), modal(section(), private_metadata="x" * 3001)),
    ("callback_id", modal(section(), callback_id="x" * 255), modal(section(), callback_id="x" * 256)),
    ("blocks in a view", modal(*[{"type": "divider"}] * 100), modal(*[{"type": "divider"}] * 101)),
    ("input label", modal(text_input(label=plain("x" * 2000))), modal(text_input(label=plain("x" * 2001)))),
    (
        "alert in a modal",
        modal({"type": "alert", "text": plain("x" * 200)}),
        modal({"type": "alert", "text": plain("x" * 201)}),
    ),
    ("no markdown in a modal", modal(section()), modal({"type": "markdown", "text": "x"})),
    (
        "inputs need submit",
        modal(text_input()),
        {key: value for key, value in modal(text_input()).items() if key != "submit"},
    ),
    (
        "home has no submit",
        {"type": "home", "blocks": [section()]},
        {"type": "home", "blocks": [], "submit": plain("x")},
    ),
    ("kinds", modal(section()), modal(section(), type="sheet")),
    (
        "one focus",
        modal(text_input(element={"type": "plain_text_input", "action_id": "i", "focus_on_load": True})),
        modal(*[text_input(element={"type": "plain_text_input", "action_id": "i", "focus_on_load": True})] * 2),
    ),
]


@pytest.mark.parametrize(("what", "most", "beyond"), MESSAGES, ids=[row[0] for row in MESSAGES])
def test_a_message_may_hold_this_much(what, most, beyond):
    """Slack takes the limit and refuses what is one beyond it."""

    assert [] == faults_in_blocks(most)
    assert 1 == len(faults_in_blocks(beyond))


@pytest.mark.parametrize(("what", "most", "beyond"), VIEWS, ids=[row[0] for row in VIEWS])
def test_a_view_may_hold_this_much(what, most, beyond):
    """Slack takes the limit and refuses what is one beyond it."""

    assert [] == faults_in_view(most)
    assert 1 == len(faults_in_view(beyond))


def test_a_fault_points_at_its_place():
    """The message of a refusal holds a JSON pointer to the fault."""

    faults = faults_in_blocks([{"type": "divider"}, actions(button(text=plain("x" * 76)))])

    assert ["[ERROR] must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]"] == faults


def test_slack_names_what_the_app_did_not(call):
    """Blocks and elements without ids get some, and text objects are completed."""

    blocks = [actions({"type": "button", "text": plain("Go")})]

    drawn = call("chat.postMessage", channel="C0GENERAL00", text="x", blocks=blocks)["message"]["blocks"][0]

    assert drawn["block_id"]
    assert drawn["elements"][0]["action_id"]
    assert drawn["elements"][0]["text"]["emoji"]
