"""What the stores hand over and take, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.incident.history.absence import Absence
from bot.incident.reacting.effects import Effect, Words
from bot.words import Act, ActorKind


class LostRaceError(Exception):
    """Somebody else changed the incident between the read and the write; the caller begins again."""


class StoreAwayError(Exception):
    """The database does not answer: nothing was committed, unless `in_doubt` says that the commit had begun."""

    def __init__(self, why: str, *, in_doubt: bool = False) -> None:
        super().__init__(why)
        self.in_doubt = in_doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the audit log before it is sealed (G7.1).

    `decision` is "allow" or "deny"; `payload` the canonical bytes of the event, or of the refusal.
    """

    action: str
    actor: str
    actor_kind: ActorKind
    resource: str
    incident: int | None
    decision: str
    occurred_at: datetime
    policy_hash: str
    request_id: str
    payload: bytes
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEntry:
    """One line of the audit log as it stands: its place `seq` from 1 and the `leaf` hash, hex, that covers it."""

    seq: int
    leaf: str
    recorded_at: datetime
    entry: Entry


class DeliveryState(StrEnum):
    """Where an outbox row stands."""

    PENDING = "pending"
    INTENT = "intent"
    IN_DOUBT = "in_doubt"
    SENT = "sent"
    SKIPPED = "skipped"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Where something said can be found again: the Slack channel id and the message's `ts`."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An outbox row: the effect, how far it came, and what is known of earlier tries.

    `fallback` is how many places of its chain were tried before `effect.place`; `in_doubt` says that an earlier try
    may have succeeded since `intent_at`, so it is looked up before it is sent again. `sent` is where the message
    stands once it was posted, so that a redraw edits it; `parent` where the message it replies to stands. `drawn` is
    the fingerprint of what stands there, so that a redraw which changes nothing costs no call. `owner` is the
    process that claimed it, empty while nobody has; `file` Slack's id of the file that the last try was about to share.
    """

    effect: Effect
    state: DeliveryState
    attempts: int
    fallback: int = 0
    in_doubt: bool = False
    intent_at: datetime | None = None
    wanted_rev: int = 1
    sent_rev: int = 0
    sent: Sent | None = None
    parent: Sent | None = None
    error: str = ""
    drawn: str = ""
    owner: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """What an opaque button stands for: one act on one incident, in one message (the outbox row or answer `message`).

    `person` limits it to one presser, empty for anyone; `quoted` is the state a confirm dialog quoted.
    """

    token: str
    message: str
    act: Act
    incident: int | None
    person: str = ""
    quoted: str = ""
    words: Words = field(default_factory=dict)
    minted_at: datetime | None = None


class ProposalOutcome(StrEnum):
    """What became of a proposed policy."""

    PENDING = "pending"
    ADOPTED = "adopted"
    KEPT = "kept"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A policy that was put into the folder: its `files` by name, and who settled what became of it."""

    seq: int
    hash: str
    files: Mapping[str, bytes]
    version: str
    outcome: ProposalOutcome
    settled_by: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Denials:
    """How often one person was denied in the window that began at `since`: `written` one by one, `skipped` counted."""

    actor: str
    since: datetime
    written: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """When Tocsin was last seen, in whichever process; `absence` is not yet told in every open incident."""

    seen_at: datetime
    absence: Absence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """How many deliveries of one lane are owed, and `since` when the oldest of them could be tried."""

    count: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerRow:
    """One timer: `state` is pending, fired, stopped or superseded."""

    incident: int
    kind: str
    generation: int
    due_at: datetime
    state: str
    armed_at: datetime
    ended_at: datetime | None
