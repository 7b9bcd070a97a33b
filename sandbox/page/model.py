"""The workspace as view models: one conversation, its messages and threads, as one person sees them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote
from zlib import crc32

from markupsafe import Markup

from sandbox.page.blocks import Block, drawn_blocks
from sandbox.page.mrkdwn import mrkdwn
from sandbox.page.reader import Reader, spell
from sandbox.page.spans import EMOJI
from sandbox.page.state import Leap
from sandbox.records import Channel, Json, Message

PAGE_OF_MESSAGES = 50
_KILO = 1000
_TOGETHER = timedelta(minutes=5)
_SYSTEM = frozenset(
    f"{kind}_{what}"
    for kind in ("channel", "group")
    for what in ("join", "leave", "topic", "archive", "unarchive", "name", "purpose")
) | {"pinned_item"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """Who wrote something: a name, its initials and one of eight hues."""

    name: str
    initials: str
    hue: int
    is_app: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCard:
    """A file under a message: its title and name, its size in words, and where the reader opens it."""

    title: str
    name: str
    size: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One message as the template draws it; `id` is its anchor, `name` what a screen reader calls it."""

    id: str
    ts: str
    face: Face
    at: str
    when: str
    day: str
    name: str
    blocks: Sequence[Block]
    text: Markup
    place: str
    channel: str
    ephemeral: bool = False
    edited: bool = False
    system: bool = False
    follows: bool = False
    pinned: bool = False
    replies: int = 0
    last_reply: str = ""
    reactions: Sequence[tuple[str, str, int, bool]] = ()
    leap: str = ""
    files: Sequence[FileCard] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A channel or direct conversation, open before one person."""

    channel: Channel
    title: str
    place: str
    kind: str
    topic: Markup
    members: int
    pins: Sequence[tuple[str, str]]
    notes: Sequence[Note]
    earlier: int
    last_leap: str
    is_member: bool
    why_silent: str

    @property
    def is_lock(self) -> bool:
        """Whether it is a private channel."""
        return self.kind == "group"


def face_of(reader: Reader, user_id: str) -> Face:
    """The face of a person, or of whoever has that id."""
    person = reader.workspace.people.get(user_id)
    name = person.real_name if person else user_id
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    hue = crc32(user_id.encode()) % 8
    return Face(name=name, initials=initials, hue=hue, is_app=bool(person and person.is_bot))


def conversation(reader: Reader, channel: Channel, *, last: int, leaps: Sequence[Leap] = ()) -> Conversation:
    """`channel` as the reader sees it: its last `last` messages, with a line wherever the clock leapt."""
    seen = [message for message in reader.seen(channel) if message.thread_ts in (None, message.ts) or message.broadcast]
    shown = seen[-last:]
    return Conversation(
        channel=channel,
        title=reader.label_of(channel),
        place=reader.place_of(channel),
        kind=channel.kind,
        topic=mrkdwn(channel.topic, reader),
        members=len(channel.members),
        pins=list(_pins(reader, channel)),
        notes=list(_notes(reader, channel, shown, leaps)),
        earlier=len(seen) - len(shown),
        last_leap=_leap_words(reader, [leap for leap in leaps if not shown or leap.started >= shown[-1].at]),
        is_member=reader.person.id in channel.members,
        why_silent=why_silent(reader, channel),
    )


def thread(reader: Reader, channel: Channel, ts: str) -> list[Note]:
    """A message and its replies; empty when the reader sees no such message."""
    seen = [message for message in reader.seen(channel) if ts in (message.ts, message.thread_ts)]
    return list(_notes(reader, channel, seen, ())) if any(message.ts == ts for message in seen) else []


def why_silent(reader: Reader, channel: Channel) -> str:
    """Why the reader cannot write here, in a sentence; empty when they can."""
    if channel.is_archived:
        return "This channel is archived. Nobody can write here."
    manifest = reader.workspace.manifest
    with_bot = channel.is_im and reader.workspace.bot.id in channel.members
    if with_bot and (not manifest.messages_tab or manifest.messages_read_only):
        return "Sending messages to this app has been turned off."
    return ""


def anchor(ts: str) -> str:
    """Where a message stands in the page."""
    return f"m-{ts.replace('.', '-')}"


def note_of(reader: Reader, channel: Channel, message: Message, *, follows: bool = False, leap: str = "") -> Note:
    """One message as the reader sees it."""
    here = message.at.astimezone(reader.zone)
    face = face_of(reader, message.user)
    replies = [other for other in channel.messages if other.thread_ts == message.ts and other.ts != message.ts]
    system = message.subtype in _SYSTEM
    said = " ".join(mrkdwn(message.text, reader).striptags().split())
    return Note(
        id=anchor(message.ts),
        ts=message.ts,
        face=face,
        at=f"{here:%H:%M}",
        when=message.at.isoformat(),
        day=f"{here:%A} {here.day} {here:%B}",
        name=f"{face.name}, {here:%H:%M}: {said[:120]}",
        blocks=drawn_blocks(message.blocks, reader, state=message.state),
        text=mrkdwn(message.text, reader),
        place=reader.place_of(channel),
        channel=channel.id,
        ephemeral=message.ephemeral_to is not None,
        edited=message.edited_ts is not None,
        system=system,
        follows=follows,
        pinned=any(pin.ts == message.ts for pin in channel.pins),
        replies=len(replies),
        last_reply=reader.clock_time(replies[-1].at) if replies else "",
        reactions=[
            (name, EMOJI.get(name, f":{name}:"), len(users), reader.person.id in users)
            for name, users in message.reactions.items()
        ],
        leap=leap,
        files=[_card(reader, file) for file in message.extra.get("files", ())],
    )


def _card(reader: Reader, file: Json) -> FileCard:
    size, name = int(file["size"]), str(file["name"])
    words = f"{size} bytes" if size < _KILO else f"{size / _KILO:.1f} kB"
    address = f"{reader.root}/files/{quote(str(file['id']))}/{quote(name)}"
    return FileCard(title=str(file["title"]), name=name, size=words, address=address)


def _notes(reader: Reader, channel: Channel, shown: Sequence[Message], leaps: Sequence[Leap]) -> Iterator[Note]:
    before: Message | None = None
    for message in shown:
        over = [leap for leap in leaps if before and before.at <= leap.started and leap.started < message.at]
        words = _leap_words(reader, over)
        yield note_of(reader, channel, message, follows=not words and _follows(before, message), leap=words)
        before = message


def _follows(before: Message | None, message: Message) -> bool:
    """Whether a message stands under the one before it without its own head."""
    if before is None or before.user != message.user or before.subtype or message.subtype:
        return False
    alike = (before.ephemeral_to is None) == (message.ephemeral_to is None)
    return alike and message.at - before.at < _TOGETHER and before.at.date() == message.at.date()


def _leap_words(reader: Reader, leaps: Sequence[Leap]) -> str:
    if not leaps:
        return ""
    span = sum((leap.ended - leap.started for leap in leaps), timedelta())
    return f"Clock moved +{spell(span)}, to {reader.clock_time(leaps[-1].ended)}"


def _pins(reader: Reader, channel: Channel) -> Iterator[tuple[str, str]]:
    for pin in channel.pins:
        for message in channel.messages:
            if message.ts == pin.ts:
                words = " ".join(mrkdwn(message.text, reader).striptags().split())
                address = f"{reader.place_of(channel)}#{anchor(pin.ts)}"
                yield address, words[:90]
