"""A desk that keeps its outbox in memory, with the same rules as the real one, so that only the relay is on trial."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.incident.reacting.effects import Effect, PlaceKind
from bot.incident.reading.picture import Picture
from bot.incident.reading.timeline_file import TimelineFile
from bot.ports import Delivery, DeliveryState
from bot.usecases.asked import Job
from bot.usecases.outcomes import ChannelMade, Dead, Elsewhere, Outcome, Retry, Sent, Skipped, SystemDown

NAMES = {PlaceKind.INCIDENTS: "incidents", PlaceKind.LEADERSHIP: "leadership", PlaceKind.OPERATORS: "ops"}
OPEN_STATES = {DeliveryState.PENDING, DeliveryState.IN_DOUBT}


@dataclass
class Row:
    """One outbox row as the desk keeps it."""

    delivery: Delivery
    next_at: datetime
    order: int


@dataclass
class MemoryDesk:
    """Claims by lane and age, keeps every outcome in `outcomes` in the order it was settled."""

    clock: Callable[[], datetime]
    picture: Picture | None = None
    paper: TimelineFile | None = None
    rows: dict[str, Row] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    channel: str | None = None
    outcomes: list[tuple[str, Outcome]] = field(default_factory=list)
    names: Mapping[PlaceKind, str] = field(default_factory=lambda: dict(NAMES))
    broken: int = 0
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> datetime:
        """The virtual present."""
        return self.clock()

    def add(self, *effects: Effect) -> None:
        """Put rows into the outbox."""
        for effect in effects:
            delivery = Delivery(effect=effect, state=DeliveryState.PENDING, attempts=0)
            due = effect.not_before or self.now()
            self.rows[effect.id] = Row(delivery=delivery, next_at=due, order=len(self.rows))
        self.woken.set()

    def redraw(self, row: str) -> None:
        """Ask for one more revision."""
        self.set(row, wanted_rev=self.rows[row].delivery.wanted_rev + 1, state=DeliveryState.PENDING)
        self.woken.set()

    def set(self, row: str, **changes: object) -> None:
        """Change a row behind the relay's back."""
        self.rows[row].delivery = replace(self.rows[row].delivery, **changes)  # type: ignore[arg-type]

    def crash(self) -> None:
        """Take over what a killed relay had intended: every such row is in doubt."""
        for row in self.rows:
            if self.rows[row].delivery.state is DeliveryState.INTENT:
                self.set(row, state=DeliveryState.IN_DOUBT)

    def state(self, row: str) -> DeliveryState:
        """Where a row stands."""
        return self.rows[row].delivery.state

    def outcome(self, row: str) -> Outcome:
        """The last outcome of a row."""
        return [outcome for name, outcome in self.outcomes if name == row][-1]

    def sendable(self) -> list[Row]:
        """The rows that may go now, the more urgent lane first."""
        due = [row for row in self.rows.values() if self._ready(row) and row.next_at <= self.now()]
        return sorted(due, key=lambda row: (row.delivery.effect.lane, row.order))

    def next_due(self) -> datetime | None:
        """When the next row may be tried."""
        return min((row.next_at for row in self.rows.values() if self._ready(row)), default=None)

    def _ready(self, row: Row) -> bool:
        effect = row.delivery.effect
        waits = [*effect.needs, *([effect.thread_of] if effect.thread_of else [])]
        done = {DeliveryState.SENT, DeliveryState.SKIPPED}
        met = all(self.state(need) in done or self.rows[need].delivery.sent_rev for need in waits)
        return met and row.delivery.state in OPEN_STATES

    async def claim(self, *, limit: int) -> list[Job]:
        """Hand out rows, intended from now on; raises while the desk is `broken`."""
        if self.broken:
            self.broken -= 1
            message = "the database is away"
            raise RuntimeError(message)
        return [self._claimed(row) for row in self.sendable()[:limit]]

    def _claimed(self, row: Row) -> Job:
        was = row.delivery
        doubtful = was.state is DeliveryState.IN_DOUBT
        row.delivery = replace(
            was,
            state=DeliveryState.INTENT,
            in_doubt=doubtful,
            attempts=was.attempts + 1,
            intent_at=was.intent_at if doubtful and was.intent_at else self.now(),
        )
        effect = was.effect
        parent = self.rows[effect.thread_of].delivery.sent if effect.thread_of else None
        return Job(
            delivery=replace(row.delivery, parent=parent),
            picture=self.picture,
            channel=self.channel if effect.place.kind is PlaceKind.CHANNEL else self.places.get(str(effect.place)),
            channel_name=self.names.get(effect.place.kind, ""),
        )

    async def settle(self, row: str, outcome: Outcome, /) -> None:
        """Write an outcome down."""
        self.outcomes.append((row, outcome))
        match outcome:
            case Sent():
                wanted = self.rows[row].delivery.wanted_rev
                state = DeliveryState.SENT if outcome.rev >= wanted else DeliveryState.PENDING
                self.set(row, state=state, sent_rev=outcome.rev, sent=outcome.at)
            case ChannelMade():
                self.channel = outcome.channel
                self.set(row, state=DeliveryState.SENT, sent_rev=1)
            case Skipped():
                self.set(row, state=DeliveryState.SKIPPED)
            case Retry():
                self._again(row, outcome)
            case SystemDown():
                retry = Retry(after=outcome.after, in_doubt=outcome.in_doubt, error=outcome.error, counted=False)
                self._again(row, retry)
            case Elsewhere() | Dead():
                self.set(row, state=DeliveryState.DEAD, error=outcome.error)
        self.woken.set()

    async def timeline_file(self, effect: Effect, /) -> TimelineFile | None:
        """Hand out the file there is."""
        return self.paper

    async def keep_file(self, row: str, file: str, /) -> None:
        """Keep a file's id."""
        self.set(row, file=file)

    def _again(self, row: str, outcome: Retry) -> None:
        attempts = self.rows[row].delivery.attempts - (0 if outcome.counted else 1)
        state = DeliveryState.IN_DOUBT if outcome.in_doubt else DeliveryState.PENDING
        self.set(row, state=state, attempts=attempts, error=outcome.error)
        self.rows[row].next_at = self.now() + timedelta(seconds=outcome.after)

    async def learn_place(self, place: str, channel: str, /) -> None:
        """Keep a channel id."""
        self.places[place] = channel
