"""Effects: what Slack or a pager should do because something was decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.words import Lane

Json = None | bool | int | float | str | list["Json"] | Mapping[str, "Json"]
Words = Mapping[str, Json]


class EffectKind(StrEnum):
    """What is to be done outside."""

    OPEN_CHANNEL = "open_channel"
    INVITE = "invite"
    REMOVE = "remove"
    POST = "post"
    PIN = "pin"
    TOPIC = "topic"
    RESPOND = "respond"
    NOTIFY = "notify"
    HOME = "home"
    WHISPER = "whisper"
    UPLOAD = "upload"


VIEWS = frozenset(
    {
        *("card", "announcement", "broadcast", "headline", "page", "duties", "nobody", "undeliverable", "no_channel"),
        *("line.acknowledged", "line.command", "line.seat_empty", "line.escalated", "called", "clocks", "soon"),
        *("update", "update.soon", "update.late", "update.contact", "update.climbed", "snoozed"),
        *("line.role", "line.role_empty", "role.duties", "nobody_further", "back_and_forth"),
        *("line.handed_over", "line.command_back", "handover.offer", "handover.told", "handover.brief"),
        *("handover.room", "handover.back"),
        *("mitigated", "resolved", "cancelled"),
        *("severity", "reopened", "closed", "merged", "merged_in", "followed"),
        *("classified", "left", "left.archive", "access.granted", "access.soon", "access.over"),
        *("line.confirmed", "consulted"),
        *("line.type", "type.told"),
        *("suggested.update", "suggested.severity", "suggestion.left"),
        *("roles.missing", "line.role_ended", "role.over", "line.left"),
        *("line.paged", "page.called"),
        *("exception.asked", "exception.approved", "exception.answered", "exception.governance", "exception.ended"),
        *("sharing.asked", "sharing.over", "sharing.moved"),
        "line.away",
        "line.degraded",
    }
)
"""The pictures that reactions to an incident's events ask for."""


PAGES = frozenset({"page", "page.called"})
"""Those of them that call a named person: while an answer is awaited, and to help once somebody acknowledged."""


class PlaceKind(StrEnum):
    """Where something is said."""

    CHANNEL = "channel"
    LEFT = "left"
    INCIDENTS = "incidents"
    LEADERSHIP = "leadership"
    BROADCAST = "broadcast"
    GOVERNANCE = "governance"
    OPERATORS = "operators"
    DM = "dm"
    ASKER = "asker"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: `key` is the person of a DM, the severity of a broadcast, or empty."""

    kind: PlaceKind
    key: str = ""

    def __str__(self) -> str:
        """Return the place as one word, such as "dm:U0NOOR"."""
        return f"{self.kind}:{self.key}" if self.key else str(self.kind)

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Return the place that `text`, as `str` wrote it, names."""
        kind, _, key = text.partition(":")
        return cls(kind=PlaceKind(kind), key=key)


CHANNEL = Place(kind=PlaceKind.CHANNEL)
LEFT = Place(kind=PlaceKind.LEFT)
INCIDENTS = Place(kind=PlaceKind.INCIDENTS)
LEADERSHIP = Place(kind=PlaceKind.LEADERSHIP)
GOVERNANCE = Place(kind=PlaceKind.GOVERNANCE)
OPERATORS = Place(kind=PlaceKind.OPERATORS)
ASKER = Place(kind=PlaceKind.ASKER)
OUTSIDE = Place(kind=PlaceKind.OUTSIDE)


def dm(person: str) -> Place:
    """Return the direct message with `person`, a Slack user id."""
    return Place(kind=PlaceKind.DM, key=person)


def broadcast(severity: str) -> Place:
    """Return the broadcast channel of `severity`."""
    return Place(kind=PlaceKind.BROADCAST, key=severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing to do outside, with an id made from its cause, so that asking twice does it once.

    `view` names the picture to draw and `words` what it needs beyond the latest row; `needs` are ids of effects that
    must have been carried out before (a failed one sends this to its fallback); `thread_of` is the effect whose
    message this replies to; `people` are Slack user ids to invite.
    """

    id: str
    kind: EffectKind
    lane: Lane
    incident: int | None
    place: Place
    view: str = ""
    words: Words = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    thread_of: str | None = None
    people: tuple[str, ...] = ()
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redraw:
    """Something already said is to be drawn again from the latest row; nothing happens if it was never asked for."""

    id: str


class TimerOp(StrEnum):
    """What becomes of a timer."""

    ARM = "arm"
    FIRE = "fire"
    STOP = "stop"
    SUPERSEDE = "supersede"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerChange:
    """One change to an incident's timers; `due_at` is the new due time when armed, the old one otherwise."""

    op: TimerOp
    kind: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """Everything that follows from a decision."""

    effects: tuple[Effect, ...] = ()
    redraws: tuple[Redraw, ...] = ()
    timers: tuple[TimerChange, ...] = ()
