"""Block Kit's elements and composition objects, and the limits Slack documents for them."""

from collections.abc import Mapping

from sandbox.blocks.checks import (
    Check,
    Findings,
    Shape,
    anything,
    at_least_one,
    boolean,
    exactly_one,
    integer,
    listing,
    matching,
    one_of,
    string,
    tagged,
)

URL = string(most=3000, least=1)
ID = string(most=255, least=1)
SLACK_ID = matching(r"[A-Z][A-Z0-9]{2,}", what="an id")
DATE = matching(r"\d{4}-\d{2}-\d{2}", what="a date like 2026-01-31")
TIME = matching(r"\d{2}:\d{2}", what="a time like 14:05")
_FOREVER = 2**40


def plain(most: int) -> Check:
    """A plain_text object of 1 to `most` characters."""
    shape = Shape({"text": string(most=most, least=1)}, {"emoji": boolean})
    return tagged({"plain_text": shape}, what="text object")


def words(most: int) -> Check:
    """A plain_text or mrkdwn object of 1 to `most` characters."""
    text = {"text": string(most=most, least=1)}
    shapes = {"plain_text": Shape(text, {"emoji": boolean}), "mrkdwn": Shape(text, {"verbatim": boolean})}
    return tagged(shapes, what="text object")


CONFIRM = Shape(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
SLACK_FILE = Shape({}, {"id": ID, "url": URL}, also=exactly_one("id", "url"))
OPTION = Shape({"text": plain(75), "value": string(most=150, least=1)}, {"description": plain(75)})
LINE = Shape({"text": words(75), "value": string(most=150, least=1)}, {"description": words(75)})
MENU_LINE = Shape({"text": plain(75), "value": string(most=150, least=1)}, {"description": plain(75), "url": URL})
GROUP = Shape({"label": plain(75), "options": listing(OPTION, least=1, most=100)})
FILTER = Shape(
    {},
    {
        "include": listing(one_of("im", "mpim", "private", "public"), least=1, most=4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
DISPATCH = Shape(
    {},
    {"trigger_actions_on": listing(one_of("on_enter_pressed", "on_character_entered"), least=1, most=2)},
)


def _initial_among_options(value: object, pointer: str, findings: Findings) -> None:
    if not isinstance(value, Mapping):
        return
    offered = list(value.get("options", []))
    for group in value.get("option_groups", []):
        offered += group["options"]
    chosen = [value["initial_option"]] if "initial_option" in value else list(value.get("initial_options", []))
    for choice in chosen:
        if not any(choice.get("value") == option.get("value") for option in offered):
            findings.add("the initial option is not among the options", pointer)
    values = [option.get("value") for option in offered]
    if len(values) != len(set(values)):
        findings.add("two options have the same value", pointer)


def _static(value: object, pointer: str, findings: Findings) -> None:
    exactly_one("options", "option_groups")(value, pointer, findings)
    _initial_among_options(value, pointer, findings)


_ACTION: dict[str, Check] = {"action_id": ID}
_CONFIRMED: dict[str, Check] = {**_ACTION, "confirm": CONFIRM}
_FOCUSED: dict[str, Check] = {"focus_on_load": boolean}
_PICK: dict[str, Check] = {**_CONFIRMED, **_FOCUSED, "placeholder": plain(150)}
_MANY: dict[str, Check] = {**_PICK, "max_selected_items": integer(least=1, most=100)}
_CHOICES: dict[str, Check] = {
    "options": listing(OPTION, least=1, most=100),
    "option_groups": listing(GROUP, least=1, most=100),
}
_IDS = listing(SLACK_ID, most=100)
_CONVERSATIONS: dict[str, Check] = {"default_to_current_conversation": boolean, "filter": FILTER}
_TYPED: dict[str, Check] = {**_ACTION, **_FOCUSED, "placeholder": plain(150), "dispatch_action_config": DISPATCH}

SELECTS: dict[str, Check] = {
    "static_select": Shape({}, {**_PICK, **_CHOICES, "initial_option": OPTION}, also=_static),
    "users_select": Shape({}, {**_PICK, "initial_user": SLACK_ID}),
    "conversations_select": Shape(
        {}, {**_PICK, **_CONVERSATIONS, "initial_conversation": SLACK_ID, "response_url_enabled": boolean}
    ),
    "channels_select": Shape({}, {**_PICK, "initial_channel": SLACK_ID, "response_url_enabled": boolean}),
    "external_select": Shape({}, {**_PICK, "initial_option": OPTION, "min_query_length": integer(least=0, most=3000)}),
    "multi_static_select": Shape(
        {}, {**_MANY, **_CHOICES, "initial_options": listing(OPTION, least=1, most=100)}, also=_static
    ),
    "multi_users_select": Shape({}, {**_MANY, "initial_users": _IDS}),
    "multi_conversations_select": Shape({}, {**_MANY, **_CONVERSATIONS, "initial_conversations": _IDS}),
    "multi_channels_select": Shape({}, {**_MANY, "initial_channels": _IDS}),
    "multi_external_select": Shape(
        {}, {**_MANY, "initial_options": listing(OPTION, most=100), "min_query_length": integer(least=0, most=3000)}
    ),
}
PICKERS: dict[str, Check] = {
    "datepicker": Shape({}, {**_PICK, "initial_date": DATE}),
    "timepicker": Shape({}, {**_PICK, "initial_time": TIME, "timezone": string(most=100, least=1)}),
    "datetimepicker": Shape({}, {**_CONFIRMED, **_FOCUSED, "initial_date_time": integer(least=0, most=_FOREVER)}),
    "checkboxes": Shape(
        {"options": listing(LINE, least=1, most=10)},
        {**_CONFIRMED, **_FOCUSED, "initial_options": listing(LINE, least=1, most=10)},
        also=_initial_among_options,
    ),
    "radio_buttons": Shape(
        {"options": listing(LINE, least=1, most=10)},
        {**_CONFIRMED, **_FOCUSED, "initial_option": LINE},
        also=_initial_among_options,
    ),
}
BUTTONS: dict[str, Check] = {
    "button": Shape(
        {"text": plain(75)},
        {
            **_CONFIRMED,
            "url": URL,
            "value": string(most=2000),
            "style": one_of("primary", "danger"),
            "accessibility_label": string(most=75, least=1),
        },
    ),
    "overflow": Shape({"options": listing(MENU_LINE, least=1, most=5)}, _CONFIRMED, also=_initial_among_options),
}
IMAGE: dict[str, Check] = {
    "image": Shape(
        {"alt_text": string(most=2000, least=1)},
        {"image_url": URL, "slack_file": SLACK_FILE},
        also=exactly_one("image_url", "slack_file"),
    ),
}
FIELDS: dict[str, Check] = {
    "plain_text_input": Shape(
        {},
        {
            **_TYPED,
            "initial_value": string(most=3000),
            "multiline": boolean,
            "min_length": integer(least=0, most=3000),
            "max_length": integer(least=1, most=3000),
        },
    ),
    "email_text_input": Shape({}, {**_TYPED, "initial_value": string(most=3000)}),
    "url_text_input": Shape({}, {**_TYPED, "initial_value": string(most=3000)}),
    "number_input": Shape(
        {"is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": string(most=100), "min_value": string(most=100), "max_value": string(most=100)},
    ),
    "rich_text_input": Shape({}, {**_TYPED, "initial_value": anything}),
}

SECTION_ACCESSORY = tagged({**BUTTONS, **SELECTS, **PICKERS, **IMAGE}, what="accessory")
IN_ACTIONS = tagged({**BUTTONS, **SELECTS, **PICKERS}, what="action element")
IN_INPUT = tagged({**FIELDS, **SELECTS, **PICKERS}, what="input element")
IN_CONTEXT = tagged(
    {
        **IMAGE,
        "plain_text": Shape({"text": string(most=2000, least=1)}, {"emoji": boolean}),
        "mrkdwn": Shape({"text": string(most=2000, least=1)}, {"verbatim": boolean}),
    },
    what="context element",
)
SOME_TEXT = at_least_one("text", "fields")
