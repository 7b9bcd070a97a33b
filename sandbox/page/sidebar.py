"""What stands around a conversation: the people one can be, the channels they have, the clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from sandbox import places, sight
from sandbox.ids import TEAM_ID
from sandbox.mailbox import Letter, Mailbox
from sandbox.page.model import Face, anchor, face_of
from sandbox.page.mrkdwn import mrkdwn
from sandbox.page.reader import Reader, spell
from sandbox.page.state import Hooks, PageState, Timer
from sandbox.records import Channel, Person
from sandbox.workspace import Workspace

_HALF_A_MINUTE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the sidebar; `mark` is lock, hash, home, mail or person."""

    place: str
    label: str
    mark: str
    unread: int = 0
    mentions: int = 0
    is_here: bool = False
    is_app: bool = False
    face: Face | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody one can be; `waiting` counts unread direct messages and letters."""

    handle: str
    name: str
    face: Face
    about: str
    local_time: str
    on_call: str
    kind: str
    waiting: int
    is_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidebar:
    """The sidebar of one person."""

    home: Row | None
    mail: Row | None
    channels: Sequence[Row]
    others: Sequence[Row]
    direct: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clockface:
    """The clock in the top bar: epoch milliseconds, whether it flows, how far it was moved, what is next."""

    epoch_ms: int
    words: str
    flows: bool
    moved: str
    next_at: str
    next_label: str
    number: int
    fired: Sequence["Fired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One message that the last jump of the clock brought, and where to read it."""

    at: str
    where: str
    words: str
    place: str


def sidebar(reader: Reader, *, here: str, mailbox: Mailbox | None, state: PageState) -> Sidebar:
    """The sidebar of `reader`, with the line of the address `here` marked."""
    rooms = [room for room in reader.workspace.channels.values() if sight.can_see(room, reader.person)]
    inside = [room for room in rooms if reader.person.id in room.members]
    named = sorted((room for room in inside if not room.is_im), key=lambda room: room.name)
    direct = [_row(reader, room, here) for room in inside if room.is_im and (room.messages or _is_bots(reader, room))]
    home, mail = f"{reader.root}/home", f"{reader.root}/mail"
    app = Row(
        place=f"{reader.root}/dm/{reader.workspace.bot.handle}",
        label=reader.workspace.bot.real_name,
        mark="person",
        is_here=here == f"{reader.root}/dm/{reader.workspace.bot.handle}",
        is_app=True,
        face=face_of(reader, reader.workspace.bot.id),
    )
    stranger = reader.person.team_id != TEAM_ID
    return Sidebar(
        home=None
        if stranger or not reader.workspace.manifest.home_tab
        else Row(place=home, label="App Home", mark="home", is_here=here == home),
        mail=Row(
            place=mail,
            label="Phone & mail",
            mark="mail",
            unread=unread_letters(reader.person, mailbox, state),
            mentions=unread_letters(reader.person, mailbox, state),
            is_here=here == mail,
        )
        if mailbox is not None
        else None,
        channels=[_row(reader, room, here) for room in named if not room.is_archived],
        others=[_row(reader, room, here) for room in rooms if room not in inside and not room.is_im],
        direct=direct if stranger or any(row.is_app for row in direct) else [app, *direct],
    )


def personas(
    workspace: Workspace, *, me: Person, mailbox: Mailbox | None, state: PageState, hooks: Hooks
) -> list[Persona]:
    """Everybody one can be, members first."""
    on_call = hooks.on_call() if hooks.on_call else {}
    people = [one for one in workspace.people.values() if not one.is_bot and one.id != "USLACKBOT" and not one.deleted]
    people.sort(key=_rank)
    return [
        Persona(
            handle=person.handle,
            name=person.real_name,
            face=face_of(Reader(workspace=workspace, person=person), person.id),
            about=person.title,
            local_time=f"{workspace.clock.now().astimezone(ZoneInfo(person.tz)):%H:%M}",
            on_call=on_call.get(person.handle, ""),
            kind=_kind(person),
            waiting=_waiting(workspace, person) + unread_letters(person, mailbox, state),
            is_me=person is me,
        )
        for person in people
    ]


def letters_of(person: Person, mailbox: Mailbox | None) -> list[Letter]:
    """The letters that came for a person, newest first."""
    return list(reversed(mailbox.of(person.email))) if mailbox else []


def unread_letters(person: Person, mailbox: Mailbox | None, state: PageState) -> int:
    """How many letters a person has not looked at."""
    return len(letters_of(person, mailbox)) - state.letters_read.get(person.id, 0)


def clockface(reader: Reader, *, state: PageState, timers: Sequence[Timer]) -> Clockface:
    """The clock as the reader sees it, and the timer that is due next."""
    clock = reader.workspace.clock
    now = clock.now()
    due = next(iter(sorted((one for one in timers if one.state == "pending"), key=lambda one: one.due)), None)
    moved = sum((leap.ended - leap.started).total_seconds() for leap in state.leaps)
    return Clockface(
        epoch_ms=int(now.timestamp() * 1000),
        words=reader.clock_time(now, seconds=True),
        flows=clock.running,
        moved=f"+{spell(timedelta(minutes=round(moved / 60)))}" if moved >= _HALF_A_MINUTE else "",
        next_at=reader.clock_time(due.due) if due else "",
        next_label=due.label if due else "",
        number=len(state.leaps),
        fired=[_fired(reader, seq) for seq in state.leaps[-1].fired] if state.leaps else [],
    )


def _fired(reader: Reader, seq: int) -> Fired:
    """A message as whoever can see it reads it: the reader where they can, else the first person who can."""
    workspace = reader.workspace
    message = next((one for one in workspace.messages if one.seq == seq), None)
    if message is None:
        return Fired(at="", where="", words="It was deleted.", place=reader.root)
    channel = workspace.channels[message.channel]
    people = [workspace.people[member] for member in channel.members if member != workspace.bot.id]
    sees = reader.person if sight.can_see(channel, reader.person) else people[0]
    theirs = Reader(workspace=workspace, person=sees)
    where = f"DM to {people[0].real_name}" if channel.is_im else f"#{channel.name}"
    return Fired(
        at=reader.clock_time(message.at),
        where=where,
        words=" ".join(mrkdwn(message.text, reader).striptags().split()),
        place=f"{theirs.place_of(channel)}#{anchor(message.ts)}",
    )


def _row(reader: Reader, channel: Channel, here: str) -> Row:
    place = reader.place_of(channel)
    count, mentions = places.unread(channel, reader.person) if reader.person.id in channel.members else (0, 0)
    other = reader.other_in(channel) if channel.is_im else None
    return Row(
        place=place,
        label=other.real_name if other else channel.name,
        mark="person" if channel.is_im else "lock" if channel.is_private else "hash",
        unread=count,
        mentions=mentions,
        is_here=place == here,
        is_app=bool(other and other.is_bot),
        face=face_of(reader, other.id) if other else None,
    )


def _is_bots(reader: Reader, channel: Channel) -> bool:
    return reader.workspace.bot.id in channel.members


def _waiting(workspace: Workspace, person: Person) -> int:
    rooms: Iterator[Channel] = (
        room for room in workspace.channels.values() if room.is_im and person.id in room.members
    )
    return sum(places.unread(room, person)[1] for room in rooms)


def _rank(person: Person) -> int:
    return 2 if person.team_id != TEAM_ID else int(person.is_restricted)


def _kind(person: Person) -> str:
    if person.team_id != TEAM_ID:
        return "outsider"
    return "guest" if person.is_restricted else ""
