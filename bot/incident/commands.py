"""Commands: what people, the clock and Tocsin itself ask of an incident."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.model import CancelReason
from bot.words import Classification, Role, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Declare:
    """Raise an alarm; an alarm is never refused (G2). `severity` None takes the policy's default."""

    title: str
    description: str = ""
    severity: Severity | None = None
    commander: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """Say "I have seen it and I am on it"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCommand:
    """Take the commander's seat; `over` is whom the confirm dialog said is being relieved, None when none was shown."""

    over: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCommander:
    """Put somebody else in the commander's seat."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBackCommand:
    """Leave the seat one was named for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOnPage:
    """Say "I can't take it": the next person on the ladder is paged at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostUpdate:
    """Post a status update in words; `corrects` is the number of the update it sets right, which stays as it is."""

    now: str
    affected: str = ""
    next: str = ""
    corrects: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNoChange:
    """Post the update "no change since", one press."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeUpdates:
    """Silence nudges for updates until then; the due time stays."""

    until: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """Put words on the timeline.

    `at` is when what they tell happened, None for now; `corrects` the number of the note they set right, which stays
    as it is. `told` is the time as typed ("13:50", "13:50 UTC") until somebody who knows the author's zone reads it.
    Of a pinned message `author` wrote the words and `pin` is where it stands.
    """

    words: str
    at: datetime | None = None
    corrects: int | None = None
    told: str = ""
    author: str | None = None
    pin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawNote:
    """Take note number `note`, which `author` wrote, back; it stays on the timeline, marked."""

    note: int
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate:
    """Call the next contact of policy, or a named person, for a reason."""

    why: str
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCall:
    """Say "I'm on it" to a call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mitigate:
    """Say that the harm has stopped."""

    words: str
    still: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    """Say that it is over."""

    words: str
    affected: str = ""
    facilitator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """Say that it was none."""

    why: str
    reason: CancelReason = CancelReason.FALSE_ALARM


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeverity:
    """Say that it is worse, or less bad, than was thought; lowering needs a reason."""

    severity: Severity
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Say that it is not over."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retitle:
    """Call it something else."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Say that nothing about it is left to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Go on as incident `into`; `confirmed` says that the question whether to was answered yes."""

    into: int
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """Another incident, `number`, is merged into this one: what it was, and the people who come with it."""

    number: int
    title: str
    severity: Severity
    classification: Classification
    declared_at: datetime
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRole:
    """Take a role other than commander oneself."""

    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveRole:
    """Give a role other than commander to somebody."""

    role: Role
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBackRole:
    """Leave a role one holds."""

    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Come into the incident's channel as a responder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Bring somebody else into the incident's channel."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTimers:
    """The clock asks for everything that is due by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChannel:
    """Slack made the incident's channel."""

    channel: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNoChannel:
    """Slack refused the incident a channel, with this error."""

    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordUndeliverable:
    """A page could not be delivered: `ref` is the page's short id."""

    ref: str
    error: str


Command = (
    Declare
    | Acknowledge
    | TakeCommand
    | NameCommander
    | GiveBackCommand
    | PassOnPage
    | PostUpdate
    | PostNoChange
    | SnoozeUpdates
    | AddNote
    | WithdrawNote
    | Escalate
    | AnswerCall
    | Mitigate
    | Resolve
    | Cancel
    | ChangeSeverity
    | Reopen
    | Retitle
    | Close
    | Merge
    | TakeIn
    | TakeRole
    | GiveRole
    | GiveBackRole
    | Join
    | Invite
    | RunTimers
    | RecordChannel
    | RecordNoChannel
    | RecordUndeliverable
)
