"""What the core needs of the world, as Protocols: a unit of work and the stores it opens."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reacting.effects import Effect, Place, TimerChange, Words
from bot.incident.reading.readings import Listed, RecordCheck
from bot.policy.rota import Member
from bot.rows import Delivery as Delivery
from bot.rows import DeliveryState as DeliveryState
from bot.rows import Denials as Denials
from bot.rows import Entry as Entry
from bot.rows import Handle as Handle
from bot.rows import LostRaceError as LostRaceError
from bot.rows import Owed as Owed
from bot.rows import Presence as Presence
from bot.rows import Proposal as Proposal
from bot.rows import ProposalOutcome as ProposalOutcome
from bot.rows import SealedEntry as SealedEntry
from bot.rows import Sent as Sent
from bot.rows import StoreAwayError as StoreAwayError
from bot.rows import TimerRow as TimerRow
from bot.words import Act, Lane, Severity, Status


class Incidents(Protocol):
    """Incidents as rows; the compare-and-set on `version` is what makes exactly one of two presses win."""

    def get(self, number: int, *, lock: bool = True) -> Incident | None:
        """Return incident `number`, or None; what writes holds it, unless `lock` is False, until its end.

        An incident is held before any row of the outbox is: two who take them in opposite order wait for each other.
        """

    def several(self, numbers: Iterable[int]) -> Sequence[Incident]: ...
    def take_turn(self, person: str) -> None:
        """Wait until nobody else declares for `person`: two at once would each find nothing declared lately."""

    def next_number(self) -> int: ...
    def add(self, incident: Incident) -> None: ...
    def save(self, incident: Incident, *, was: int) -> None:
        """Write `incident` where the row still has version `was`; LostRaceError otherwise."""

    def by_channel(self, channel: str) -> Incident | None: ...
    def open(self) -> Sequence[Incident]: ...
    def opened_since(self, since: datetime) -> Sequence[Incident]: ...
    def open_numbers(self) -> Sequence[int]: ...
    def lately(self, *, since: datetime) -> Sequence[Incident]:
        """Return what is open, or was declared, resolved or cancelled at `since` or later, oldest first."""

    def excepted(self) -> Sequence[Incident]:
        """Return the incidents with an exception that holds or waits, oldest first."""

    def recent_of(self, person: str, *, since: datetime) -> Sequence[Incident]: ...
    def listed(
        self, *, statuses: Iterable[Status], severity: Severity | None = None, person: str = ""
    ) -> Sequence[Listed]: ...


class Audit(Protocol):
    """The append-only record."""

    def append(self, entries: Sequence[Entry], *, now: datetime) -> Sequence[SealedEntry]: ...
    def events(self, incident: int) -> Sequence[Event]: ...
    def began(self) -> datetime | None:
        """Return when the first entry was recorded, or None while there is none."""

    def part(self, incident: int, *, actions: Sequence[str], start: int, limit: int) -> Sequence[Event]: ...
    def size(self, incident: int, *, actions: Sequence[str] = ()) -> int: ...
    def leaf(self, incident: int, *, place: int) -> str: ...
    def people(self, incident: int) -> int: ...
    def check(self, incident: Incident) -> RecordCheck: ...
    def count(self) -> int: ...
    def denied(self) -> int: ...
    def lately(self, *, actions: Sequence[str], decision: str, since: datetime, limit: int) -> Sequence[Entry]:
        """Return up to `limit` entries recorded at `since` or later, newest first; no `actions` means every one."""


class Timers(Protocol):
    """Timers as rows: (incident, kind, generation)."""

    def change(self, incident: int, changes: Iterable[TimerChange], *, now: datetime) -> None: ...
    def due(self, *, now: datetime, limit: int) -> Sequence[int]:
        """Return numbers of incidents with a pending timer due by `now`, the longest overdue first.

        In a unit that writes, their incidents are locked for this transaction, those that others hold left out
        (FOR UPDATE SKIP LOCKED on PostgreSQL).
        """

    def next_due(self) -> datetime | None: ...
    def of(self, incident: int) -> Sequence[TimerRow]: ...
    def pending(self, incident: int) -> Sequence[TimerRow]: ...
    def counted(self, *, now: datetime) -> tuple[int, int]:
        """Return how many timers run, and how many of them are due by `now`."""

    def everything(self) -> Sequence[TimerRow]: ...


class Outbox(Protocol):
    """What is to be delivered."""

    def add(self, effects: Iterable[Effect], *, now: datetime) -> None:
        """Add rows; an id that is already there is left as it is."""

    def redraw(self, ids: Iterable[str], *, now: datetime) -> None:
        """Raise `wanted_rev` of these rows, those that exist."""

    def reword(self, id: str, words: Words, *, now: datetime) -> None:
        """Give the row other words, and have its message drawn again with them."""

    def redraw_homes(self, *, now: datetime) -> None:
        """Raise `wanted_rev` of every page of somebody's own; each falls due once it has rested."""

    def claim(self, *, now: datetime, lease: float, limit: int, owner: str) -> Sequence[Delivery]:
        """Return sendable rows by lane, oldest first, and commit nothing: the caller's transaction writes the intent.

        Sendable: pending, or sent with `sent_rev` < `wanted_rev`, or whose lease ran out (then `in_doubt`);
        `not_before` reached; every need sent or skipped; its thread's parent sent.
        """

    def overdue(self, *, before: datetime) -> int:
        """Return how many rows are owed that could have been tried since `before` and were not settled."""

    def take_over(self, owner: str) -> int:
        """Make rows that others claimed claimable at once, in doubt; only where no other process can be running."""

    def settle_sent(
        self, id: str, *, sent: Sent | None, rev: int, now: datetime, drawn: str = "", rests: datetime | None = None
    ) -> None:
        """Record that revision `rev` was sent; what is wanted since then is not drawn before `rests`."""

    def settle_retry(self, id: str, *, at: datetime, in_doubt: bool, error: str, counted: bool, now: datetime) -> None:
        """Put the row back to be tried at `at`; `in_doubt` if the try may have succeeded.

        `counted` False takes the attempt back: it was held by a rate limit and never left.
        """

    def settle_skipped(self, id: str, *, now: datetime) -> None: ...
    def settle_dead(self, id: str, *, error: str, now: datetime) -> Sequence[Delivery]:
        """Mark the row dead and return the unsent rows that needed it."""

    def keep_file(self, id: str, file: str) -> None:
        """Keep Slack's id of the file the row is about to share, so that a doubtful share can be looked up."""

    def move(self, id: str, *, place: Place, drop_needs: bool, drop_thread: bool, now: datetime) -> None:
        """Send the row to its next place."""

    def renumber(self, was: str, now: str) -> None:
        """Write that what stands in the Slack channel `was` stands in `now`: Slack gave it another id."""

    def get(self, id: str, *, lock: bool = False) -> Delivery | None:
        """Return the row `id`, or None; `lock` keeps others from claiming it until this transaction ends."""

    def at(self, sent: Sent) -> Delivery | None: ...
    def next_due(self) -> datetime | None: ...
    def sendable(self, *, now: datetime) -> int: ...
    def in_flight(self) -> int: ...
    def owed_by_lane(self) -> Mapping[Lane, Owed]:
        """Return what is owed of each lane that is owed anything."""

    def listing(self, *, states: Sequence[DeliveryState]) -> Sequence[Delivery]: ...


class Requests(Protocol):
    """Deliveries from Slack that changed something, and what was answered, so that a repeat gets the same answer."""

    def answered(self, key: str) -> bytes | None: ...
    def answered_at(self, key: str) -> datetime | None: ...
    def remember(self, key: str, *, answer: bytes, now: datetime) -> None: ...


class Handles(Protocol):
    """Opaque handles of buttons."""

    def mint(
        self,
        message: str,
        act: Act,
        *,
        incident: int | None,
        person: str = "",
        quoted: str = "",
        words: Words | None = None,
        now: datetime,
    ) -> str:
        """Return the handle for (message, act, quoted): the same one whenever that is drawn again."""

    def get(self, token: str) -> Handle | None: ...
    def of(self, message: str) -> Mapping[Act, str]: ...


class Members(Protocol):
    """The people of the workspace, as last heard from Slack."""

    def get(self, id: str) -> Member | None: ...
    def known(self, ids: Iterable[str]) -> Mapping[str, Member]: ...
    def all(self) -> Sequence[Member]: ...
    def put(self, members: Iterable[Member], *, now: datetime) -> None: ...


class Places(Protocol):
    """Slack ids of channels policy names and of direct messages, opened ahead."""

    def get(self, place: str) -> str | None: ...
    def put(self, place: str, channel: str, *, now: datetime) -> None: ...
    def all(self) -> Mapping[str, str]: ...


class Policies(Protocol):
    """Versions of the policy, as bytes."""

    def in_force(self) -> tuple[str, Mapping[str, bytes]] | None: ...
    def hash_in_force(self) -> str | None: ...
    def since(self) -> datetime | None: ...
    def get(self, hash: str) -> Mapping[str, bytes] | None: ...
    def adopt(
        self, hash: str, files: Mapping[str, bytes], *, version: str, approved_by: str, now: datetime
    ) -> None: ...
    def propose(self, hash: str, files: Mapping[str, bytes], *, version: str, now: datetime) -> int:
        """Keep a policy that waits to be adopted and return its number."""

    def proposal(self) -> Proposal | None: ...
    def settle_proposal(self, seq: int, outcome: ProposalOutcome, *, by: str, now: datetime) -> None:
        """Write down what became of a pending proposal; LostRaceError when somebody settled it first."""


class DenialWindows(Protocol):
    """How often each person was denied lately."""

    def get(self, actor: str) -> Denials | None: ...
    def put(self, denials: Denials) -> None: ...
    def end(self, actor: str) -> None: ...
    def before(self, since: datetime) -> Sequence[Denials]: ...
    def oldest_skipped(self) -> datetime | None: ...


class Presences(Protocol):
    """When Tocsin was last seen."""

    def get(self) -> Presence | None: ...
    def put(self, presence: Presence, *, was: Presence | None) -> None:
        """Write it where it is still as it `was`; LostRaceError otherwise."""


class SigningKeys(Protocol):
    """Keys of Tocsin's own."""

    def kept(self, name: str, *, now: datetime) -> bytes:
        """Return the key `name`, made now if there is none."""


class UnitOfWork(Protocol):
    """One transaction: everything in it commits together or not at all."""

    @property
    def incidents(self) -> Incidents: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def handles(self) -> Handles: ...
    @property
    def members(self) -> Members: ...
    @property
    def places(self) -> Places: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def denials(self) -> DenialWindows: ...
    @property
    def presence(self) -> Presences: ...
    @property
    def signing_keys(self) -> SigningKeys: ...


OpenUnit = Callable[[], AbstractContextManager[UnitOfWork]]
"""Opens a unit of work; it commits when its block ends well and rolls back when it raises."""
