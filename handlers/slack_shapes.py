"""Slack's requests as it makes them: every field that anything here, or Bolt, ever reads, with its form."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=100_000)]
Id = Annotated[str, Field(min_length=1, max_length=255)]


class Shape(BaseModel):
    """What all have in common: fields nobody reads may be anything."""

    model_config = ConfigDict(extra="allow", strict=True, hide_input_in_errors=True)


class _Team(Shape):
    id: Id
    domain: Text | None = None


class _Person(Shape):
    id: Id
    team_id: Text | None = None


class _Room(Shape):
    id: Id


class _Message(Shape):
    ts: Text
    text: Text | None = None
    thread_ts: Text | None = None


class _Option(Shape):
    value: Text | None = None


class _Action(Shape):
    action_id: Id
    block_id: Text | None = None
    type: Text | None = None
    value: Text | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None


class _Container(Shape):
    type: Text | None = None
    channel_id: Text | None = None
    message_ts: Text | None = None
    is_ephemeral: bool | None = None


class _Input(Shape):
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


class _State(Shape):
    values: dict[str, dict[str, _Input]] = {}


class _View(Shape):
    id: Id
    type: Literal["modal", "home"]
    callback_id: Text | None = None
    private_metadata: Text | None = None
    hash: Text | None = None
    app_installed_team_id: Text | None = None
    state: _State | None = None


class _Authorization(Shape):
    enterprise_id: Text | None = None
    team_id: Text | None = None
    user_id: Text | None = None


class Slash(Shape):
    """A slash as Slack posts it."""

    command: Id
    trigger_id: Id
    user_id: Id
    team_id: Text | None = None
    channel_id: Text | None = None
    text: Text | None = None
    response_url: Text | None = None


class Interaction(Shape):
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


class PressOnMessage(_Container):
    """A press whose button hangs on a message."""

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


class _Profile(Shape):
    email: Text | None = None
    real_name: Text | None = None
    display_name: Text | None = None


class _User(Shape):
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


class _Item(Shape):
    type: Text | None = None
    channel: Text | None = None
    ts: Text | None = None


class Event(Shape):
    """What happened, as far as every kind of it says."""

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


class _AboutUser(Shape):
    user: _User


class _AboutChannel(Shape):
    channel: Id


class _Shared(_AboutChannel):
    connected_team_id: Id


class _Unshared(_AboutChannel):
    previously_connected_team_id: Id
    is_ext_shared: bool | None = None


class _Renumbered(Shape):
    old_channel_id: Id
    new_channel_id: Id


class _ByUser(Shape):
    user: Id


class MessageItem(_Item):
    """A message that somebody reacted to."""

    channel: Id
    ts: Id


class _Reaction(_ByUser):
    reaction: Id
    item: _Item


class Callback(Shape):
    """A Slack event in its envelope."""

    type: Id
    event_id: Id
    event: Event
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
EVENTS: Mapping[str, type[Shape]] = {
    "user_change": _AboutUser,
    "team_join": _AboutUser,
    "channel_archive": _AboutChannel,
    "group_archive": _AboutChannel,
    "channel_shared": _Shared,
    "channel_unshared": _Unshared,
    "channel_id_changed": _Renumbered,
    "app_home_opened": _ByUser,
    "reaction_added": _Reaction,
}
