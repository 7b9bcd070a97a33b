"""What slack_sdk's own models draw is what the sandbox accepts."""

import pytest
from slack_sdk.models import blocks as kit
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.views import View

from sandbox.blocks.surfaces import faults_in_blocks, faults_in_view

Parts = kit.RichTextElementParts
OPTIONS = [kit.Option(text="One", value="1", description="d"), kit.Option(text="Two", value="2")]
CONFIRM = kit.ConfirmObject(title="t", text="x", confirm="y", deny="n", style="danger")

BLOCKS = [
    kit.HeaderBlock(text="h"),
    kit.SectionBlock(
        text=kit.MarkdownTextObject(text="x", verbatim=True),
        fields=["a", "b"],
        accessory=kit.OverflowMenuElement(action_id="o", options=OPTIONS),
    ),
    kit.ActionsBlock(
        elements=[
            kit.ButtonElement(text="Go", action_id="a", value="v", confirm=CONFIRM, accessibility_label="l"),
            kit.StaticSelectElement(action_id="s", placeholder="p", options=OPTIONS, initial_option=OPTIONS[0]),
            kit.UserSelectElement(action_id="u", placeholder="p"),
            kit.DatePickerElement(action_id="d"),
            kit.TimePickerElement(action_id="t"),
            kit.DateTimePickerElement(action_id="dt"),
        ]
    ),
    kit.ContextBlock(elements=[kit.MarkdownTextObject(text="x"), kit.PlainTextObject(text="y")]),
    kit.DividerBlock(),
    kit.ImageBlock(image_url="https://e.example/i.png", alt_text="x", title="t"),
    kit.MarkdownBlock(text="x"),
    kit.RichTextBlock(
        elements=[
            kit.RichTextSectionElement(
                elements=[
                    Parts.Text(text="x", style=Parts.TextStyle(bold=True)),
                    Parts.User(user_id="U0ADA000000"),
                    Parts.Channel(channel_id="C0GENERAL00"),
                    Parts.Date(timestamp=1, format="{time}", fallback="x"),
                    Parts.Link(url="https://e.example", text="x"),
                    Parts.Emoji(name="eyes"),
                ]
            ),
            kit.RichTextListElement(
                style="bullet", indent=0, elements=[kit.RichTextSectionElement(elements=[Parts.Text(text="x")])]
            ),
            kit.RichTextQuoteElement(elements=[Parts.Text(text="x")]),
            kit.RichTextPreformattedElement(elements=[Parts.Text(text="x")]),
        ]
    ),
]
INPUTS = [
    kit.PlainTextInputElement(
        action_id="a",
        placeholder="p",
        multiline=True,
        min_length=1,
        max_length=10,
        dispatch_action_config=DispatchActionConfig(trigger_actions_on=["on_enter_pressed"]),
        focus_on_load=True,
    ),
    kit.CheckboxesElement(action_id="a", options=OPTIONS, initial_options=[OPTIONS[0]]),
    kit.RadioButtonsElement(action_id="a", options=OPTIONS),
    kit.UserMultiSelectElement(action_id="a", placeholder="p", max_selected_items=3),
    kit.NumberInputElement(action_id="a", is_decimal_allowed=False, min_value="1"),
    kit.EmailInputElement(action_id="a"),
    kit.ConversationSelectElement(
        action_id="a", default_to_current_conversation=True, filter=kit.ConversationFilter(include=["public"])
    ),
]


@pytest.mark.parametrize("block", BLOCKS, ids=[block.type for block in BLOCKS])
def test_a_block_of_the_sdk_is_accepted(block):
    """A block drawn with the SDK's models passes."""

    assert [] == faults_in_blocks([block.to_dict()])


@pytest.mark.parametrize("element", INPUTS, ids=[element.type for element in INPUTS])
def test_an_input_of_the_sdk_is_accepted(element):
    """A modal with any input of the SDK's models passes."""

    block = kit.InputBlock(label="L", hint="h", optional=True, dispatch_action=True, element=element)
    view = View(type="modal", title="T", submit="S", close="C", notify_on_close=True, blocks=[block])

    assert [] == faults_in_view(view.to_dict())


def test_a_home_of_the_sdk_is_accepted():
    """An App Home drawn with the SDK's models passes."""

    assert [] == faults_in_view(View(type="home", callback_id="home", blocks=[kit.DividerBlock()]).to_dict())
