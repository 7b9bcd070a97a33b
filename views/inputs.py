"""Inputs of a form: small makers, each with a label and a hint."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from views import kit
from views.kit import Block

LONGEST_TYPED = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where a form keeps one answer: `block` is where errors are shown, `action` where the value is read."""

    block: str
    action: str = "typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a list: at most 75 characters each for `label` and `description`."""

    value: str
    label: str
    description: str = ""


def typed(
    field: Field,
    *,
    label: str,
    hint: str,
    optional: bool = False,
    multiline: bool = True,
    initial: str = "",
    focus: bool = False,
) -> Block:
    """Return a box to type in."""
    element: Block = {"type": "plain_text_input", "action_id": field.action, "multiline": multiline}
    if initial:
        element["initial_value"] = kit.cut(initial, limit=LONGEST_TYPED)
    if focus:
        element["focus_on_load"] = True
    return _input(field, element, label=label, hint=hint, optional=optional)


def chosen(
    field: Field, *, label: str, hint: str, options: Iterable[Option], initial: str, tells: bool = False
) -> Block:
    """Return a list to choose one from; `initial` is the value chosen at first, `tells` that a choice is heard of."""
    drawn = {option.value: _option(option) for option in options}
    element: Block = {
        "type": "static_select",
        "action_id": field.action,
        "options": list(drawn.values()),
        "initial_option": drawn[initial],
    }
    return _telling(_input(field, element, label=label, hint=hint, optional=False), tells=tells)


def ticked(field: Field, *, label: str, hint: str, options: Iterable[Option]) -> Block:
    """Return boxes to tick, every tick of which is heard of."""
    element: Block = {
        "type": "checkboxes",
        "action_id": field.action,
        "options": [_option(option) for option in options],
    }
    return _telling(_input(field, element, label=label, hint=hint, optional=True), tells=True)


def moment(field: Field, *, label: str, hint: str, initial: datetime | None = None, optional: bool = True) -> Block:
    """Return a day and a time of day to choose, in the reader's own zone."""
    element: Block = {"type": "datetimepicker", "action_id": field.action}
    if initial:
        element["initial_date_time"] = int(initial.timestamp())
    return _input(field, element, label=label, hint=hint, optional=optional)


def box(field: Field, *, label: str, hint: str, option: Option, is_ticked: bool) -> Block:
    """Return one box to tick, which nobody hears of before the form is sent."""
    drawn = _option(option)
    element: Block = {"type": "checkboxes", "action_id": field.action, "options": [drawn]}
    if is_ticked:
        element["initial_options"] = [drawn]
    return _input(field, element, label=label, hint=hint, optional=True)


def _telling(block: Block, *, tells: bool) -> Block:
    return {**block, "dispatch_action": True} if tells else block


def _option(option: Option) -> Block:
    drawn: Block = {"text": kit.plain(kit.cut(option.label, limit=75)), "value": option.value}
    if option.description:
        drawn["description"] = kit.plain(kit.cut(option.description, limit=75))
    return drawn


def person(field: Field, *, label: str, hint: str, optional: bool, initial: str = "") -> Block:
    """Return a list of people to choose one from."""
    element: Block = {"type": "users_select", "action_id": field.action}
    if initial:
        element["initial_user"] = initial
    return _input(field, element, label=label, hint=hint, optional=optional)


def _input(field: Field, element: Block, *, label: str, hint: str, optional: bool) -> Block:
    return {
        "type": "input",
        "block_id": field.block,
        "label": kit.plain(label),
        "hint": kit.plain(kit.cut(hint, limit=150)),
        "optional": optional,
        "element": element,
    }
