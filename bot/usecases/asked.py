"""What the edges bring to a use-case, and what they take back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.incident.commands import Command
from bot.incident.reacting.effects import Words
from bot.incident.reading.governed import Figures
from bot.incident.reading.oncall import Duty
from bot.incident.reading.picture import Picture
from bot.incident.reading.week import Week
from bot.ports import Delivery, Sent
from bot.words import Act, ActorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who is asking, as the transport vouches: `id` a Slack user id (or "shell"), `team` that user's own workspace.

    Names and handles are never part of it.
    """

    kind: ActorKind
    id: str
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: `key` is the same for a repeated delivery, `respond_url` where the answer can be replaced.

    `number` is the incident named, `channel` the Slack channel it was asked in (which may be an incident's own).
    `again` says that a question whether to declare once more was answered yes, `apart` that it is to be separate.
    """

    key: str
    who: Principal
    command: Command
    number: int | None = None
    channel: str = ""
    respond_url: str = ""
    again: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Early:
    """A request that did not become a command (a misspelt verb, a form to open): who made it, where, and about what.

    `verb` is what was typed, for the record.
    """

    key: str
    who: Principal
    verb: str
    number: int | None = None
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """One press of a button: the opaque `token` it carried, and where it hung (`at` None inside a view)."""

    key: str
    who: Principal
    token: str
    at: Sent | None = None
    ephemeral: bool = False
    respond_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the one who asked hears: the picture called `view`, its `words`, and `handles` for the buttons on it.

    `picture` is the incident as it stands, None when there is none to show. Views called "form.…" are modals.
    """

    view: str
    words: Words = field(default_factory=dict)
    picture: Picture | None = None
    handles: Mapping[Act, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One person's part in an incident on their own page: its `picture`, and the `acts` that wait for them."""

    picture: Picture
    acts: tuple[Act, ...] = ()
    handles: Mapping[Act, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What somebody's own page shows: `commands` what they lead, `asked` what waits for them, `open` the rest too.

    `open` holds the worst first and not all of `open_count`; who is no member sees none of it. `duties` are their
    turns on call; `week` is for leaders, `governance` for those who govern.
    """

    person: str
    emergency_number: str
    is_member: bool = False
    duties: tuple[Duty, ...] = ()
    handles: Mapping[Act, str] = field(default_factory=dict)
    commands: tuple[Part, ...] = ()
    asked: tuple[Part, ...] = ()
    open: tuple[Picture, ...] = ()
    open_count: int = 0
    week: Week | None = None
    governance: Figures | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One delivery ready to be carried out: `channel` is its Slack channel id, None until it has been looked up.

    `channel_name` is the name policy gives a shared place, for that look-up; `is_overtaken` says that a later step
    has taken its place, so that it is not said any more unless it was; `is_kept_away` that others read at its place, so
    that it goes elsewhere. `home` is what somebody's own page shows; `link` is the address at which a page that leaves
    Slack can be acknowledged, "" where there is none.
    """

    delivery: Delivery
    picture: Picture | None = None
    handles: Mapping[Act, str] = field(default_factory=dict)
    channel: str | None = None
    channel_name: str = ""
    is_overtaken: bool = False
    is_kept_away: bool = False
    home: Home | None = None
    link: str = ""
