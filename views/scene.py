"""A scene: one incident as a message is about to show it, at one place and one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.incident.clocks import Clock
from bot.incident.model import Incident
from bot.incident.reacting.effects import Place, PlaceKind, Words
from bot.incident.reading.picture import Picture
from bot.incident.sentences import Quote, Who
from bot.incident.showing import Extent, extent, is_read_by_many, others
from bot.words import Act, Classification, ClockKind, Severity
from views import kit
from views.sentences import Line, Pen, Ping, Room, is_slack_id

MARKS: Mapping[Severity, str] = {Severity.SEV1: "🟥", Severity.SEV2: "🔶", Severity.SEV3: "🟡", Severity.SEV4: "🔹"}
LOCK, PLAYED = "🔒", "🧪"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a view draws: `first` is False when a message already posted is drawn again.

    `place` is where it will stand; None is somewhere unknown, where a private incident keeps its words to itself.
    `is_private_answer` says that only the one who asked reads it there.
    """

    picture: Picture
    words: Words
    handles: Mapping[Act, str]
    now: datetime
    first: bool = True
    place: Place | None = None
    is_private_answer: bool = False

    @property
    def incident(self) -> Incident:
        """Return the incident as it stands."""
        return self.picture.incident

    @property
    def pen(self) -> Pen:
        """Return what writes sentences for this moment."""
        return Pen(name=self._hushed if self.is_hushed else self.picture.name, now=self.now)

    def _hushed(self, who: str | None) -> str:
        return "somebody" if is_slack_id(who) else self.picture.name(who)

    @property
    def withheld(self) -> bool:
        """Return whether title and people's words stay out."""
        return self.extent is not Extent.WHOLE

    @property
    def extent(self) -> Extent:
        """Return how much of the incident is shown here."""
        if self.is_private_answer and self.in_channel and self.place:
            return Extent.WHOLE
        return extent(self.incident, place=self.place, known=self.picture.channel_ids)

    @property
    def others(self) -> str:
        """Return who reads here and must not read the incident, as a clause; nothing when nobody does."""
        return others(self.incident, place=self.place, known=self.picture.channel_ids) if self.place else ""

    @property
    def in_channel(self) -> bool:
        """Return whether members of the incident's channel read it there."""
        return self.place is None or self.place.kind is PlaceKind.CHANNEL

    @property
    def is_shared(self) -> bool:
        """Return whether it stands where more people read than work on the incident."""
        return is_read_by_many(self.place)

    @property
    def is_hushed(self) -> bool:
        """Return whether nobody is named: many read it and the incident is private (G6.1), or others read it."""
        return self.extent in {Extent.NAMELESS, Extent.NUMBER}

    @property
    def title(self) -> str:
        """Return the title on one line, or that it is private."""
        return "private incident" if self.withheld else kit.one_line(self.incident.title, limit=kit.LONGEST_TITLE)

    @property
    def short_title(self) -> str:
        """Return the title for the words a phone shows, at most 100 characters when escaped."""
        return kit.cut_escaped(self.title, limit=kit.LONGEST_TITLE)

    @property
    def head(self) -> str:
        """Return severity and number, such as "SEV-1 INC-42"."""
        return f"{self.kind}{self.incident.severity.label} {self.incident.ref}"

    @property
    def kind(self) -> str:
        """Return what kind of incident is not one in earnest: "TEST ", and nothing for a real one."""
        return "TEST " if self.incident.is_test else ""

    @property
    def mark(self) -> str:
        """Return the one mark of a title line."""
        if self.incident.is_test:
            return PLAYED
        is_restricted = self.incident.classification is Classification.RESTRICTED
        return LOCK if self.withheld or is_restricted else MARKS[self.incident.severity]

    def title_line(self, before: str = "") -> str:
        """Return the title line, such as "🟥 SEV-1 · INC-42 · Checkout returns 500s"."""
        kind = "TEST · " if self.incident.is_test else ""
        return f"{self.mark} {kind}{before}{self.incident.severity.label} · {self.incident.ref} · {self.title}"

    def clock(self, kind: ClockKind) -> Clock | None:
        """Return the incident's clock of this kind, if it has one."""
        return next((clock for clock in self.picture.clocks if clock.kind is kind), None)

    def took(self, at: datetime) -> timedelta:
        """Return how long after the clocks began something happened."""
        return at - self.incident.clocks_from

    def quoted(self, words: str, *, before: str = "", after: str = "") -> Line:
        """Return somebody's words between `before` and `after`; nothing when there are none or they stay inside."""
        if self.withheld or not words.strip():
            return ()
        return (before, Quote(words), after)

    def ping(self, person: str | None) -> Who | Ping:
        """Return a mention that rings, in the incident's channel; elsewhere the name."""
        return Ping(person) if self.in_channel else Who(person)

    def opens(self, person: str | None) -> Who | str:
        """Return a person where a sentence begins: somebody, where nobody is named."""
        return "Somebody" if self.is_hushed else Who(person)

    def described(self, person: str | None) -> Line:
        """Return a person with what policy calls them: "Mia Chen (ML Platform Lead)"."""
        if self.is_hushed:
            return (self.opens(person),)
        label = self.picture.describe(person) if person else ""
        return (Who(person), f" ({label})") if label else (Who(person),)

    def contact(self, key: str) -> Line:
        """Return who stands behind a contact of policy, and as what; nothing when nobody does."""
        people = self.picture.policy.people
        contact = people.contacts.get(key)
        known = people.persons.get(contact.person) if contact and contact.person else None
        return (f"{kit.clean_name(known.name)} ({contact.label})",) if contact and known else ()

    def contact_label(self, key: str) -> str:
        """Return how people say a contact of policy, or a group of it: "primary on call"."""
        policy = self.picture.policy
        known = policy.people.contacts.get(key) or policy.groups.get(key)
        return known.label if known else key

    @property
    def its_channel(self) -> str:
        """Return who hears of it: its channel; while that is archived by hand, whatever takes its place."""
        if not self.picture.is_archived:
            return "its channel"
        return "the commander" if self.incident.is_private else f"#{self.picture.policy.channels.incidents}"

    @property
    def room(self) -> Line:
        """Return the incident's channel, or why there is none to name."""
        if self.picture.is_archived:
            return (self.its_channel,)
        if self.withheld:
            return ("its channel",)
        if self.incident.channel:
            return (Room(self.incident.channel.id, self.incident.channel.name),)
        why = "Slack refused to make one" if self.incident.channel_refused else "being made"
        return (f"its channel ({why})",)
