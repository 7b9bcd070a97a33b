"""The records a workspace is made of: people, channels, messages, views, calls, violations."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody with an account: a member, a guest, an outsider or a bot.

    `dnd` is Do Not Disturb switched on by hand, until `dnd_until` (Unix seconds, 0: for eight hours); `night` are the
    hours, in their own zone, in which it comes on by itself.
    """

    id: str
    handle: str
    real_name: str
    tz: str
    team_id: str
    title: str = ""
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    bot_id: str | None = None
    dnd: bool = False
    dnd_until: int = 0
    night: tuple[int, int] | None = None
    updated: int = 0

    @property
    def email(self) -> str:
        """The address Slack shows to apps with `users:read.email`."""
        return f"{self.handle}@example.com"


@dataclass(slots=True, kw_only=True)
class Message:
    """One message, private answer or system line in a channel."""

    channel: str
    ts: str
    user: str
    text: str
    at: datetime
    seq: int
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    subtype: str | None = None
    bot_id: str | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    metadata: Json | None = None
    edited_ts: str | None = None
    revised: int = 0
    ephemeral_to: str | None = None
    client_msg_id: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    extra: Json = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class File:
    """A file: announced with its `length` in bytes, then uploaded, then completed, which shares it in `channels`."""

    id: str
    name: str
    length: int
    user: str
    created: int
    title: str = ""
    content: bytes | None = None
    completed: bool = False
    channels: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Pin:
    """One pinned message."""

    ts: str
    by: str
    at: int


@dataclass(slots=True, kw_only=True)
class Channel:
    """A channel or a direct conversation, with everything that was said in it."""

    id: str
    name: str
    creator: str
    created: int
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    is_general: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False
    is_read_only: bool = False
    topic: str = ""
    topic_by: str = ""
    topic_at: int = 0
    purpose: str = ""
    members: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)
    previous_names: list[str] = field(default_factory=list)
    other_teams: list[str] = field(default_factory=list)
    last_read: dict[str, str] = field(default_factory=dict)
    updated: int = 0

    @property
    def kind(self) -> str:
        """The word events and scopes use for it: channel, group, im or mpim."""
        if self.is_im:
            return "im"
        if self.is_mpim:
            return "mpim"
        return "group" if self.is_private else "channel"


@dataclass(slots=True, kw_only=True)
class View:
    """A modal or an App Home as the app last drew it, with what the person has typed so far."""

    id: str
    type: str
    body: Json
    hash: str
    person: str
    root_id: str
    previous_id: str | None = None
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Trigger:
    """A permission to open one modal, good for three real seconds."""

    id: str
    person: str
    made: float
    view_id: str | None = None
    used: bool = False


@dataclass(slots=True, kw_only=True)
class ResponseAddress:
    """A response_url: where it answers to, and how often it may still be used."""

    key: str
    channel: str
    person: str
    made: datetime
    message_ts: str | None = None
    uses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """One Web API call: what was asked, what was answered, when (virtual), and how long it took (real ms)."""

    seq: int
    method: str
    args: Json
    answer: Json | None
    at: datetime
    ms: int = 0
    token_kind: str = ""
    retry_after: int | None = None
    note: str = ""

    @property
    def ok(self) -> bool:
        """Whether Slack said yes."""
        return bool(self.answer and self.answer.get("ok"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """Something a correct app does not do: the rule in a sentence, where, and when (virtual)."""

    rule: str
    where: str
    at: datetime
    detail: str = ""
