"""Who reads the page: one person of the workspace, with their zone, and what names mean to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sandbox import sight
from sandbox.records import Channel, Message, Person
from sandbox.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A person who looks at the workspace; everything is drawn for their eyes."""

    workspace: Workspace
    person: Person

    @property
    def zone(self) -> tzinfo:
        """Their time zone."""
        return ZoneInfo(self.person.tz)

    @property
    def root(self) -> str:
        """Where their addresses begin, such as `/as/ada`."""
        return f"/as/{quote(self.person.handle)}"

    def now(self) -> datetime:
        """The virtual present in their zone."""
        return self.workspace.clock.now().astimezone(self.zone)

    def name_of(self, user_id: str) -> str:
        """The display name of a person, or the id when there is nobody of that id."""
        person = self.workspace.people.get(user_id)
        return person.real_name if person else user_id

    def channel(self, channel_id: str) -> Channel | None:
        """The channel of that id, if the reader may see it."""
        channel = self.workspace.channels.get(channel_id)
        return channel if channel is not None and sight.can_see(channel, self.person) else None

    def other_in(self, channel: Channel) -> Person:
        """The person at the other end of a direct conversation."""
        others = [member for member in channel.members if member != self.person.id]
        return self.workspace.people[others[0]] if others else self.person

    def place_of(self, channel: Channel) -> str:
        """The address of a channel, as the reader opens it."""
        if channel.is_im:
            return f"{self.root}/dm/{quote(self.other_in(channel).handle)}"
        return f"{self.root}/c/{quote(channel.name)}"

    def label_of(self, channel: Channel) -> str:
        """What the reader calls a channel: `#incidents`, or the other person's name."""
        return self.other_in(channel).real_name if channel.is_im else f"#{channel.name}"

    def seen(self, channel: Channel) -> list[Message]:
        """What the reader sees in a channel, private answers included, oldest first."""
        return sight.seen_messages(channel, self.person)

    def clock_time(self, moment: datetime, *, seconds: bool = False) -> str:
        """A moment as hours and minutes in the reader's zone."""
        return moment.astimezone(self.zone).strftime("%H:%M:%S" if seconds else "%H:%M")


def spell(span: timedelta) -> str:
    """A span in two units at most: `45 s`, `2 min 10 s`, `1 h 05 min`, `3 d 4 h`."""
    seconds = int(span.total_seconds())
    minutes, rest = divmod(seconds, 60)
    hours, spare = divmod(minutes, 60)
    days, left = divmod(hours, 24)
    if days:
        return f"{days} d {left} h" if left else f"{days} d"
    if hours:
        return f"{hours} h {spare:02d} min" if spare else f"{hours} h"
    if minutes:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    return f"{seconds} s"
