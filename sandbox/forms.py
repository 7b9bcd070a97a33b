"""What people put into inputs: the state Slack reports, and the choices it lets them make."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.blocks.surfaces import elements_of
from sandbox.records import Json
from sandbox.refusals import ActRefused

STATELESS = frozenset({"button", "overflow", "image"})

# Element type: (key in the state, key of its initial value).
_KEYS: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}

Resolve = Callable[[str], str]


def initial_state(blocks: list[Json]) -> dict[str, dict[str, Json]]:
    """The state of a surface nobody has touched."""
    state: dict[str, dict[str, Json]] = {}
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in STATELESS:
                continue
            key, initial = _KEYS[element["type"]]
            empty: Any = [] if key.endswith("s") else None
            entry = {"type": element["type"], key: element.get(initial, empty)}
            state.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return state


def filled(element: Json, value: object, *, person: Resolve, channel: Resolve) -> Json:
    """The state entry for an element once somebody chose or typed `value`.

    Options are named by label or value, people by handle, channels by name; `person` and `channel` find their ids.
    """
    key, _ = _KEYS[element["type"]]
    readers: Mapping[str, Callable[[str], object]] = {
        "selected_date_time": int,
        "selected_option": lambda name: option(element, name),
        "selected_user": person,
        "selected_conversation": channel,
        "selected_channel": channel,
    }
    read = readers.get(key.removesuffix("s"), str)
    chosen: object
    if key == "rich_text_value":
        chosen = value
    elif key.endswith("s"):
        chosen = [read(str(entry)) for entry in _many(value)]
    else:
        chosen = None if value in (None, "") else read(str(value))
    return {"type": element["type"], key: chosen}


def options_of(element: Json) -> list[Json]:
    """Every option an element offers, in or out of groups."""
    offered = list(element.get("options", []))
    for group in element.get("option_groups", []):
        offered += group["options"]
    return offered


def option(element: Json, name: str) -> Json:
    """The option somebody means by its label or value; ActRefused lists what there is."""
    offered = options_of(element)
    for candidate in offered:
        if name in (candidate["text"]["text"], candidate["value"]):
            return dict(candidate)
    labels = ", ".join(repr(candidate["text"]["text"]) for candidate in offered)
    message = f"There is no option {name!r} here; there is {labels}."
    raise ActRefused(message)


def complaints(blocks: list[Json], state: Mapping[str, Mapping[str, Json]]) -> dict[str, str]:
    """What Slack's client itself says before it submits: block_id to sentence."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        entry = state.get(block["block_id"], {}).get(element["action_id"], {})
        sentence = _complaint(element, entry, optional=bool(block.get("optional", False)))
        if sentence:
            found[block["block_id"]] = sentence
    return found


def _complaint(element: Json, entry: Mapping[str, Any], *, optional: bool) -> str:
    value = next((part for key, part in entry.items() if key != "type"), None)
    if value in (None, "", []):
        return "" if optional else "Please complete this required field."
    if isinstance(value, str):
        if len(value) < element.get("min_length", 0):
            return f"This must be at least {element['min_length']} characters."
        if len(value) > element.get("max_length", 3000):
            return f"This must be at most {element.get('max_length', 3000)} characters."
    if isinstance(value, list) and len(value) > element.get("max_selected_items", len(value)):
        return f"Choose at most {element['max_selected_items']}."
    return ""


def _many(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]
