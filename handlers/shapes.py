"""What a request must look like before anything reads it: Slack's own shapes, whoever claims to be Slack."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

DEEPEST = 40
"""How deep a request may be nested; Slack's own stay well below."""

RETIRED = "workflow_step"
"""Slack ended steps from apps; Bolt still fails on what only looks like one."""

Text = Annotated[str, Field(max_length=100_000)]
Id = Annotated[str, Field(min_length=1, max_length=255)]


class Misshapen(ValueError):
    """A request that is not Slack's; the message says in which field, never what stood there."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True, hide_input_in_errors=True)


class _Team(_Shape):
    id: Id
    domain: Text | None = None


class _Person(_Shape):
    id: Id
    team_id: Text | None = None


class _Room(_Shape):
    id: Id


class _Message(_Shape):
    ts: Text
    text: Text | None = None
    thread_ts: Text | None = None


class _Option(_Shape):
    value: Text | None = None


class _Action(_Shape):
    action_id: Id
    block_id: Text | None = None
    type: Text | None = None
    value: Text | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None


class _Container(_Shape):
    type: Text | None = None
    channel_id: Text | None = None
    message_ts: Text | None = None
    is_ephemeral: bool | None = None


class _Input(_Shape):
    type: Text | None = None
    value: Text | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None
    selected_user: Text | None = None
    selected_users: list[Text] | None = None
    selected_conversation: Text | None = None
    selected_date: Text | None = None
    selected_time: Text | None = None
    selected_date_time: int | None = None


class _State(_Shape):
    values: dict[str, dict[str, _Input]] = {}


class _View(_Shape):
    id: Id
    type: Literal["modal", "home"]
    callback_id: Text | None = None
    private_metadata: Text | None = None
    hash: Text | None = None
    app_installed_team_id: Text | None = None
    state: _State | None = None


class _Authorization(_Shape):
    enterprise_id: Text | None = None
    team_id: Text | None = None
    user_id: Text | None = None


class Slash(_Shape):
    """A slash as Slack posts it."""

    command: Id
    trigger_id: Id
    user_id: Id
    team_id: Text | None = None
    channel_id: Text | None = None
    text: Text | None = None
    response_url: Text | None = None


class Interaction(_Shape):
    """A press, a form or a shortcut."""

    type: Id
    trigger_id: Text | None = None
    user: _Person
    team: _Team | None = None
    channel: _Room | None = None
    enterprise: _Room | None = None
    container: _Container | None = None
    message: _Message | None = None
    view: _View | None = None
    actions: list[_Action] | None = None
    callback_id: Text | None = None
    action_ts: Text | None = None
    response_url: Text | None = None
    authorizations: list[_Authorization] | None = None


class _Press(Interaction):
    trigger_id: Id
    actions: Annotated[list[_Action], Field(min_length=1)]


class _PressOnMessage(_Container):
    channel_id: Id
    message_ts: Id


class _Submission(Interaction):
    trigger_id: Id
    view: _View


class _Closed(Interaction):
    view: _View


class _Shortcut(Interaction):
    trigger_id: Id
    callback_id: Id
    channel: _Room
    message: _Message
    team: _Team


class _Profile(_Shape):
    email: Text | None = None
    real_name: Text | None = None
    display_name: Text | None = None


class _User(_Shape):
    id: Id
    name: Text | None = None
    real_name: Text | None = None
    team_id: Text | None = None
    tz: Text | None = None
    profile: _Profile | None = None
    deleted: bool | None = None
    is_bot: bool | None = None
    is_restricted: bool | None = None
    is_ultra_restricted: bool | None = None
    is_stranger: bool | None = None
    is_app_user: bool | None = None


class _Item(_Shape):
    type: Text | None = None
    channel: Text | None = None
    ts: Text | None = None


class _Event(_Shape):
    type: Id
    user: Text | dict[str, Any] | None = None
    channel: Text | dict[str, Any] | None = None
    tab: Text | None = None
    team: Text | None = None
    user_team: Text | None = None
    ts: Text | None = None
    thread_ts: Text | None = None
    reaction: Text | None = None
    item: _Item | None = None
    enterprise: _Room | Text | None = None
    authorizations: list[_Authorization] | None = None


class _AboutUser(_Shape):
    user: _User


class _AboutChannel(_Shape):
    channel: Id


class _ByUser(_Shape):
    user: Id


class _MessageItem(_Item):
    channel: Id
    ts: Id


class _Reaction(_ByUser):
    reaction: Id
    item: _Item


class Callback(_Shape):
    """A Slack event in its envelope."""

    type: Id
    event_id: Id
    event: _Event
    team_id: Text | None = None
    enterprise_id: Text | None = None
    is_ext_shared_channel: bool | None = None
    authorizations: list[_Authorization] | None = None


INTERACTIONS: Mapping[str, type[Interaction]] = {
    "block_actions": _Press,
    "view_submission": _Submission,
    "view_closed": _Closed,
    "message_action": _Shortcut,
}
EVENTS: Mapping[str, type[_Shape]] = {
    "user_change": _AboutUser,
    "team_join": _AboutUser,
    "channel_archive": _AboutChannel,
    "group_archive": _AboutChannel,
    "app_home_opened": _ByUser,
    "reaction_added": _Reaction,
}


def parsed(text: str | bytes) -> dict[str, Any]:
    """Return the JSON object that `text` is; Misshapen when it is none, or nested deeper than Slack nests."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        message = "no JSON"
        raise Misshapen(message) from None
    if not isinstance(found, dict):
        message = "no JSON object"
        raise Misshapen(message)
    return found


def check(body: Mapping[str, Any]) -> None:
    """Let a request pass whose every field that is ever read has the form Slack gives it; Misshapen otherwise."""
    _check_depth(body)
    _check_text(body)
    try:
        _check_fields(body)
    except ValidationError as wrong:
        places = sorted({".".join(map(str, one["loc"][:2])) for one in wrong.errors(include_input=False)})
        raise Misshapen(", ".join(places)[:200]) from None


def _check_fields(body: Mapping[str, Any]) -> None:
    if "command" in body:
        Slash.model_validate(body)
    elif body.get("type") == "event_callback":
        Callback.model_validate(body)
        event = body["event"]
        EVENTS.get(event["type"], _Event).model_validate(event)
        if event["type"] == "reaction_added" and event["item"].get("type") == "message":
            _MessageItem.model_validate(event["item"])
    else:
        known = Interaction.model_validate(body)
        exact = INTERACTIONS.get(known.type, Interaction).model_validate(body)
        if known.type == "block_actions" and exact.container and exact.container.type == "message":
            _PressOnMessage.model_validate(body["container"])


def _check_text(body: Mapping[str, Any]) -> None:
    """Refuse half characters, which no database takes, and the types of what is retired."""
    event = body.get("event")
    kinds = (body.get("type"), event.get("type") if isinstance(event, dict) else "")
    if any(str(kind).startswith(RETIRED) for kind in kinds):
        message = "type"
        raise Misshapen(message)
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        message = "text that is none"
        raise Misshapen(message) from None


def _check_depth(body: object) -> None:
    """Walk level by level, since what is nested deep enough ends every walk that calls itself."""
    level: list[object] = [body]
    for _ in range(DEEPEST):
        inner = [one for outer in level for one in _inside(outer)]
        if not inner:
            return
        level = inner
    message = "nested too deep"
    raise Misshapen(message)


def _inside(outer: object) -> list[object]:
    if isinstance(outer, dict):
        return [one for one in outer.values() if isinstance(one, dict | list)]
    return [one for one in outer if isinstance(one, dict | list)] if isinstance(outer, list) else []
