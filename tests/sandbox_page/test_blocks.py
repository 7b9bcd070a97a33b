"""Every block and element of Block Kit becomes template values that hold what was chosen."""

import pytest

from sandbox.forms import initial_state
from sandbox.page.blocks import drawn_blocks
from sandbox.page.elements import read_target, target_of


def words(text, kind="plain_text"):
    """A text object."""
    return {"type": kind, "text": text}


def option(value, label=None, **more):
    """An option."""
    return {"text": words(label or value), "value": value, **more}


def drawn(reader, block, **more):
    """One block, drawn."""
    return drawn_blocks([{"block_id": "b", **block}], reader, **more)[0]


def in_input(reader, element, **more):
    """An element in an input block, drawn with the state of a form nobody touched."""
    block = {"type": "input", "block_id": "b", "label": words("L"), "element": {"action_id": "a", **element}, **more}
    return drawn_blocks([block], reader, state=initial_state([block]))[0].elements[0]


def test_a_target_survives_any_id():
    """A control's name in a form gives back block, action and option, whatever signs are in them."""

    assert ("b/é ", "a&?", "1/2") == read_target(target_of("b/é ", "a&?", "1/2"))
    assert ("b", "a", "") == read_target(target_of("b", "a"))


def test_words_are_escaped_everywhere(reader):
    """A tag in any text of a block is drawn as words."""

    evil = "<b onclick=x>"
    image = {"type": "image", "alt_text": evil}
    blocks = [
        {"type": "header", "block_id": "1", "text": words(evil)},
        {"type": "section", "block_id": "2", "text": words(evil), "fields": [words(evil)]},
        {"type": "context", "block_id": "3", "elements": [words(evil)]},
        {"type": "alert", "block_id": "4", "level": "warning", "text": words(evil)},
        {"type": "image", "block_id": "5", "image_url": "http://x", "alt_text": evil, "title": words(evil)},
        {"type": "input", "block_id": "6", "label": words(evil), "hint": words(evil), "element": image},
    ]

    for block in drawn_blocks(blocks, reader):
        parts = [
            block.text,
            *block.fields,
            *block.texts,
            block.label,
            block.hint,
            *(one.label for one in block.elements),
        ]
        assert all("<" not in part for part in parts)
        assert any("&lt;b" in part for part in parts)


def test_a_button_keeps_its_style_label_and_question(reader):
    """A button says what it does, to eyes and to screen readers, and whether it asks first."""

    button = {
        "type": "button",
        "action_id": "a",
        "text": words("Go"),
        "style": "danger",
        "accessibility_label": "Go INC-1",
        "confirm": {"title": words("Sure?")},
    }
    made = drawn(reader, {"type": "actions", "elements": [button]}).elements[0]

    assert ("button", "b/a", "Go", "danger", "Go INC-1", True) == (
        made.kind, made.target, str(made.label), made.style, made.aria, made.asks,
    )  # fmt: skip


def test_a_button_with_an_address_is_a_link(reader):
    """A button with a url is drawn as a link."""

    button = {"type": "button", "action_id": "a", "text": words("See"), "url": "https://a.example"}
    made = drawn(reader, {"type": "actions", "elements": [button]}).elements[0]

    assert ("link", "https://a.example") == (made.kind, made.url)


def test_an_overflow_menu_names_block_action_and_option(reader):
    """Every entry of an overflow menu can be pressed by itself."""

    menu = {"type": "overflow", "action_id": "a", "options": [option("1", "Roles"), option("2", "Timeline")]}
    made = drawn(reader, {"type": "section", "text": words("x"), "accessory": menu}).elements[0]

    assert [("b/a/1", "Roles"), ("b/a/2", "Timeline")] == [(one.value, str(one.label)) for one in made.choices]


@pytest.mark.parametrize(
    ("element", "kind", "shown"),
    [
        ({"type": "plain_text_input", "initial_value": "x"}, "line", "text"),
        ({"type": "plain_text_input", "multiline": True, "initial_value": "x"}, "lines", ""),
        ({"type": "email_text_input", "initial_value": "x"}, "line", "email"),
        ({"type": "url_text_input", "initial_value": "x"}, "line", "url"),
        ({"type": "number_input", "is_decimal_allowed": False, "initial_value": "x"}, "line", "number"),
        ({"type": "datepicker", "initial_date": "x"}, "line", "date"),
        ({"type": "timepicker", "initial_time": "x"}, "line", "time"),
    ],
)
def test_what_is_typed(reader, element, kind, shown):
    """Every field to type in is drawn with what is in it."""

    made = in_input(reader, element)

    assert (kind, shown, "x", "f/b/a") == (made.kind, made.input, made.value, made.field)


def test_a_moment_is_shown_in_the_readers_zone(reader):
    """A datetimepicker holds Unix seconds and shows the reader's own time."""

    made = in_input(reader, {"type": "datetimepicker", "initial_date_time": 1772460300})

    assert ("datetime-local", "2026-03-02T15:05") == (made.input, made.value)


@pytest.mark.parametrize(
    ("element", "kind", "chosen"),
    [
        (
            {"type": "static_select", "options": [option("1"), option("2")], "initial_option": option("2")},
            "choose",
            ["2"],
        ),
        (
            {
                "type": "static_select",
                "option_groups": [{"label": words("G"), "options": [option("1")]}],
                "initial_option": option("1"),
            },
            "choose",
            ["1"],
        ),
        (
            {"type": "multi_static_select", "options": [option("1"), option("2")], "initial_options": [option("1")]},
            "ticks",
            ["1"],
        ),
        (
            {"type": "checkboxes", "options": [option("1"), option("2")], "initial_options": [option("2")]},
            "ticks",
            ["2"],
        ),
        (
            {"type": "radio_buttons", "options": [option("1"), option("2")], "initial_option": option("1")},
            "radios",
            ["1"],
        ),
        ({"type": "users_select", "initial_user": "U0NOOR00000"}, "choose", ["U0NOOR00000"]),
        ({"type": "multi_users_select", "initial_users": ["U0SAM000000"]}, "ticks", ["U0SAM000000"]),
        ({"type": "conversations_select", "initial_conversation": "C0GENERAL00"}, "choose", ["C0GENERAL00"]),
        ({"type": "channels_select"}, "choose", []),
        ({"type": "multi_channels_select", "initial_channels": ["C0GENERAL00"]}, "ticks", ["C0GENERAL00"]),
    ],
)
def test_what_is_chosen(reader, element, kind, chosen):
    """Every list, menu and picker is drawn with what is chosen in it."""

    made = in_input(reader, element)

    assert (kind, chosen) == (made.kind, [one.value for one in made.choices if one.chosen])


def test_a_channel_picker_offers_only_what_the_reader_sees(reader):
    """A private channel of others is not offered."""

    offered = [str(one.label) for one in in_input(reader, {"type": "channels_select"}).choices]

    assert "#general" in offered
    assert "#leadership" not in offered


def test_an_input_shows_its_error_label_and_hint(reader):
    """An input says what it wants and what is wrong with it."""

    block = {
        "type": "input",
        "label": words("What?"),
        "hint": words("Short"),
        "optional": True,
        "element": {"type": "plain_text_input", "action_id": "a", "focus_on_load": True, "max_length": 9},
    }
    made = drawn(reader, block, errors={"b": "Say more."})

    assert ("What?", "Short", "Say more.", True) == (made.label, made.hint, made.error, made.optional)
    assert (True, {"maxlength": 9}) == (made.elements[0].focus, made.elements[0].limits)


def test_a_question_keeps_its_parts(reader):
    """Blocks without controls keep their kind and words."""

    kinds = [
        drawn(reader, {"type": "divider"}).kind,
        drawn(reader, {"type": "alert", "text": words("x")}).level,
        str(drawn(reader, {"type": "image", "alt_text": "a chart"}).text),
        str(drawn(reader, {"type": "markdown", "text": "*x*"}).text),
        drawn(reader, {"type": "video"}).kind,
        drawn(reader, {"type": "rich_text", "elements": []}).kind,
    ]

    assert ["divider", "default", "a chart", "<b>x</b>", "unknown", "rich_text"] == kinds


def test_an_unknown_element_says_so(reader):
    """An element the page cannot offer is named, not dropped."""

    assert "external_select" in in_input(reader, {"type": "external_select"}).label
