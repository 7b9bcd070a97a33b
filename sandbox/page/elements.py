"""Interactive elements as template values: buttons, menus, fields and pickers, with what was chosen so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote

from markupsafe import Markup

from sandbox import sight
from sandbox.forms import options_of
from sandbox.page.mrkdwn import mrkdwn, plain
from sandbox.page.reader import Reader
from sandbox.records import Json

NOTHING = Markup()
LOCAL_FORM = "%Y-%m-%dT%H:%M"
_ONE_LINE = {
    "plain_text_input": "text",
    "email_text_input": "email",
    "url_text_input": "url",
    "number_input": "number",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime-local",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option; `value` is what is sent, `group` the heading it stands under."""

    value: str
    label: Markup
    about: Markup
    chosen: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One element as the template draws it.

    `kind` is button, link, menu, choose, ticks, radios, line, lines, image or unknown; `target` names it in a form.
    """

    kind: str
    target: str = ""
    label: Markup = NOTHING
    aria: str = ""
    style: str = ""
    asks: bool = False
    url: str = ""
    hint: str = ""
    value: str = ""
    input: str = ""
    many: bool = False
    focus: bool = False
    limits: Mapping[str, Any] | None = None
    choices: Sequence[Choice] = ()

    @property
    def field(self) -> str:
        """The name of its form field."""
        return f"f/{self.target}"


def target_of(block_id: str, action_id: str, option: str = "") -> str:
    """The name of a control in forms and addresses; safe in both."""
    parts = (block_id, action_id, option) if option else (block_id, action_id)
    return "/".join(quote(part, safe="") for part in parts)


def read_target(target: str) -> tuple[str, str, str]:
    """The block_id, action_id and option of a target; what is missing is empty."""
    block_id, action_id, option, *_ = [*(unquote(part) for part in target.split("/")), "", "", ""]
    return block_id, action_id, option


def element(raw: Json, block_id: str, state: Mapping[str, Mapping[str, Json]], reader: Reader) -> Drawn:
    """An element with what the person chose so far; `state` is the state of its message or view."""
    kind = raw["type"]
    if kind == "image":
        return Drawn(kind="image", label=plain(raw["alt_text"]))
    target = target_of(block_id, raw.get("action_id", ""))
    entry = state.get(block_id, {}).get(raw.get("action_id", ""), {})
    if kind == "button":
        return _button(raw, target)
    if kind in ("plain_text_input", "rich_text_input") and (raw.get("multiline") or kind == "rich_text_input"):
        return Drawn(kind="lines", value=_typed(entry, reader), **_common(raw, target))
    if kind in _ONE_LINE:
        return Drawn(kind="line", input=_ONE_LINE[kind], value=_typed(entry, reader), **_common(raw, target))
    return _choosing(raw, target, entry, reader)


def _button(raw: Json, target: str) -> Drawn:
    return Drawn(
        kind="link" if raw.get("url") else "button",
        target=target,
        label=plain(raw["text"]["text"]),
        aria=raw.get("accessibility_label", ""),
        style=raw.get("style", ""),
        asks="confirm" in raw,
        url=raw.get("url", ""),
    )


def _choosing(raw: Json, target: str, entry: Json, reader: Reader) -> Drawn:
    kind = raw["type"]
    many = kind.startswith("multi_")
    common = _common(raw, target)
    if kind == "overflow":
        block_id, action_id, _ = read_target(target)
        choices = [
            Choice(value=target_of(block_id, action_id, one.value), label=one.label, about=one.about)
            for one in _options(raw, entry, reader)
        ]
        return Drawn(kind="menu", choices=choices, aria="More actions", **common)
    if kind in ("checkboxes", "radio_buttons"):
        drawn = "ticks" if kind == "checkboxes" else "radios"
        return Drawn(kind=drawn, choices=_options(raw, entry, reader), **common)
    if kind.endswith("static_select"):
        return Drawn(kind="ticks" if many else "choose", choices=_options(raw, entry, reader), many=many, **common)
    if kind.endswith("users_select"):
        return Drawn(kind="ticks" if many else "choose", choices=_people(entry, reader), many=many, **common)
    if kind.endswith(("conversations_select", "channels_select")):
        rooms = _rooms(entry, reader, direct=kind.endswith("conversations_select"))
        return Drawn(kind="ticks" if many else "choose", choices=rooms, many=many, **common)
    return Drawn(kind="unknown", label=plain(f"({kind} cannot be used in the sandbox's page)"), target=target)


def _common(raw: Json, target: str) -> dict[str, Any]:
    limits = {
        name: raw[key]
        for name, key in (("minlength", "min_length"), ("maxlength", "max_length"), ("min", "min_value"))
        if key in raw
    }
    return {
        "target": target,
        "hint": raw.get("placeholder", {}).get("text", ""),
        "asks": "confirm" in raw,
        "focus": bool(raw.get("focus_on_load", False)),
        "limits": limits,
    }


def _typed(entry: Json, reader: Reader) -> str:
    value = _value(entry)
    if entry.get("type") == "datetimepicker" and value:
        return datetime.fromtimestamp(int(value), tz=UTC).astimezone(reader.zone).strftime(LOCAL_FORM)
    return "" if value is None else str(value)


def _value(entry: Json) -> Any:  # noqa: ANN401  (text, a number, an option or several)
    return next((part for key, part in entry.items() if key != "type"), None)


def _chosen(entry: Json) -> set[str]:
    value = _value(entry)
    entries = value if isinstance(value, list) else [value]
    return {str(one["value"] if isinstance(one, dict) else one) for one in entries if one is not None}


def _options(raw: Json, entry: Json, reader: Reader) -> list[Choice]:
    chosen = _chosen(entry)
    headings = {
        option["value"]: group["label"]["text"] for group in raw.get("option_groups", []) for option in group["options"]
    }
    return [
        Choice(
            value=option["value"],
            label=words(option["text"], reader),
            about=words(option["description"], reader) if "description" in option else NOTHING,
            chosen=option["value"] in chosen,
            group=headings.get(option["value"], ""),
        )
        for option in options_of(raw)
    ]


def _people(entry: Json, reader: Reader) -> list[Choice]:
    chosen = _chosen(entry)
    people = [
        person for person in reader.workspace.people.values() if not person.deleted and person.handle != "slackbot"
    ]
    return [
        Choice(value=person.id, label=plain(person.real_name), about=plain(person.title), chosen=person.id in chosen)
        for person in people
    ]


def _rooms(entry: Json, reader: Reader, *, direct: bool) -> list[Choice]:
    chosen = _chosen(entry)
    rooms = [
        room
        for room in reader.workspace.channels.values()
        if sight.can_see(room, reader.person) and (direct or not room.is_im) and not room.is_archived
    ]
    return [
        Choice(value=room.id, label=plain(reader.label_of(room)), about=NOTHING, chosen=room.id in chosen)
        for room in rooms
    ]


def words(text: Json, reader: Reader) -> Markup:
    """A text object as one person reads it."""
    if text["type"] == "mrkdwn":
        return mrkdwn(text["text"], reader)
    return plain(text["text"], emoji=bool(text.get("emoji", True)))
