"""What Slack sends the app: queued, sent, acknowledged, sent again or given up."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sandbox.ids import forget_oldest
from sandbox.records import Json

ACK_WITHIN_S = 3.0
# Virtual seconds after the first attempt at which an event nobody acknowledged is sent again.
RETRY_AFTER_S = (4, 11, 15)
# How many deliveries are remembered, so that a sandbox that runs for days stays small.
MOST_REMEMBERED = 5_000


class DeliveryKind(StrEnum):
    """The envelope types of Socket Mode."""

    SLASH = "slash_commands"
    INTERACTIVE = "interactive"
    EVENT = "events_api"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    QUEUED = "queued"
    SENT = "sent"
    ACKED = "acked"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a delivery answers to: the person, and where they were."""

    person: str
    channel: str | None = None
    command: str | None = None
    view_id: str | None = None
    submits: bool = False
    address: str | None = None


@dataclass(slots=True, kw_only=True)
class Delivery:
    """One envelope and its fate; real times are monotonic seconds."""

    envelope_id: str
    kind: DeliveryKind
    payload: Json
    queued: float
    first_at: datetime
    origin: Origin | None = None
    state: DeliveryState = DeliveryState.QUEUED
    attempt: int = 0
    sent: float | None = None
    ack_ms: int | None = None
    response: Json | None = None
    due: datetime | None = None
    failure: str | None = None
    done: Callable[[], None] = lambda: None

    @property
    def open(self) -> bool:
        """Whether the app still has time to acknowledge it."""
        return self.state in (DeliveryState.QUEUED, DeliveryState.SENT)

    def envelope(self) -> Json:
        """The JSON frame a Socket Mode connection carries."""
        frame: Json = {
            "envelope_id": self.envelope_id,
            "type": self.kind.value,
            "payload": self.payload,
            "accepts_response_payload": self.kind is not DeliveryKind.EVENT,
        }
        if self.kind is DeliveryKind.EVENT:
            frame["retry_attempt"] = self.attempt
            frame["retry_reason"] = "timeout" if self.attempt else ""
        return frame


@dataclass(slots=True)
class DeliveryBook:
    """All deliveries of one workspace; `listener` is called whenever one is ready to be sent.

    `ack_within_s` is how long (real seconds) the app may take to acknowledge.
    """

    ack_within_s: float = ACK_WITHIN_S
    listener: Callable[[], None] = lambda: None
    queue: deque[Delivery] = field(default_factory=deque)
    all: dict[str, Delivery] = field(default_factory=dict)
    _open: dict[str, Delivery] = field(default_factory=dict)
    _waiting: dict[str, Delivery] = field(default_factory=dict)

    def add(self, delivery: Delivery) -> Delivery:
        """Queue a delivery."""
        self.all[delivery.envelope_id] = delivery
        forget_oldest(self.all, most=MOST_REMEMBERED)
        self._enqueue(delivery)
        return delivery

    def clear(self) -> None:
        """Forget every delivery."""
        for delivery in self._open.values():
            delivery.state = DeliveryState.FAILED
            delivery.done()
        self.queue.clear()
        self.all.clear()
        self._open.clear()
        self._waiting.clear()

    def unacked(self) -> list[Delivery]:
        """Those the app may still acknowledge in time, oldest first."""
        return list(self._open.values())

    def take(self) -> Iterator[Delivery]:
        """Take everything that is ready to be sent, in order."""
        while self.queue:
            yield self.queue.popleft()

    def mark_sent(self, delivery: Delivery, *, real: float) -> None:
        """Note that it left at `real`; its three seconds run from the first sending of this attempt."""
        delivery.state = DeliveryState.SENT
        delivery.sent = real

    def acknowledge(self, envelope_id: str, *, response: Json | None, real: float) -> Delivery | None:
        """Note an ack; returns the delivery when this is its first one and in time, else None.

        A late ack of an event still stops its redelivery.
        """
        delivery = self.all.get(envelope_id)
        if delivery is None or delivery.state in (DeliveryState.ACKED, DeliveryState.FAILED):
            return None
        late = delivery.state is DeliveryState.WAITING
        self._open.pop(envelope_id, None)
        self._waiting.pop(envelope_id, None)
        delivery.state = DeliveryState.ACKED
        delivery.due = None
        delivery.ack_ms = round((real - (delivery.sent or real)) * 1000)
        delivery.response = response
        delivery.done()
        return None if late else delivery

    def overdue(self, *, real: float) -> list[Delivery]:
        """Those sent longer ago than the app may take, and not acknowledged."""
        return [
            delivery
            for delivery in self._open.values()
            if delivery.sent is not None and real - delivery.sent > self.ack_within_s
        ]

    def fail(self, delivery: Delivery, *, failure: str) -> None:
        """Give an attempt up: an event waits for its next attempt, anything else is over."""
        self._open.pop(delivery.envelope_id, None)
        if delivery in self.queue:
            self.queue.remove(delivery)
        if delivery.kind is DeliveryKind.EVENT and delivery.attempt < len(RETRY_AFTER_S):
            delivery.state = DeliveryState.WAITING
            delivery.due = delivery.first_at + timedelta(seconds=RETRY_AFTER_S[delivery.attempt])
            self._waiting[delivery.envelope_id] = delivery
        else:
            delivery.state = DeliveryState.FAILED
            delivery.failure = failure
        delivery.done()

    def next_due(self) -> datetime | None:
        """When (virtual) the next redelivery is due."""
        return min((delivery.due for delivery in self._waiting.values() if delivery.due), default=None)

    def redeliver(self, *, now: datetime) -> None:
        """Queue again every event whose next attempt is due at `now`."""
        for delivery in [waiting for waiting in self._waiting.values() if waiting.due and waiting.due <= now]:
            del self._waiting[delivery.envelope_id]
            delivery.attempt += 1
            delivery.due = None
            self._enqueue(delivery)

    def _enqueue(self, delivery: Delivery) -> None:
        delivery.state = DeliveryState.QUEUED
        delivery.sent = None
        self._open[delivery.envelope_id] = delivery
        self.queue.append(delivery)
        self.listener()
