"""Status updates as frozen values: what was said, and where the ladder that asks for the next one stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class UpdateKind(StrEnum):
    """What sort of status update was posted."""

    WORDS = "words"
    NO_CHANGE = "no_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdate:
    """What we told people: update `number` counts from 1; `due_at` is when it was due, if a cadence ran."""

    number: int
    at: datetime
    by: str
    kind: UpdateKind
    now: str
    affected: str = ""
    next: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Nudges for updates are silent until then; the due time stays."""

    until: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """Where the update ladder stands.

    `missed_due` is the last due time that passed without an update, `rung` how far its ladder climbed since `rung_from`
    (1 nudged, 2 commander, 3 contact), `in_row` misses since the last update, `nudged` nudges after backing off,
    `snoozed` snoozes in a row, `unchanged` "no change" updates in a row, `spoken` the versions of the incident at which
    its ladder spoke since the last update.
    """

    every: timedelta
    due_at: datetime
    heads_up: bool = False
    missed_due: datetime | None = None
    rung: int = 0
    rung_from: datetime | None = None
    in_row: int = 0
    nudge_at: datetime | None = None
    nudged: int = 0
    snooze: Snooze | None = None
    snoozed: int = 0
    unchanged: int = 0
    missed: int = 0
    on_time: int = 0
    spoken: tuple[int, ...] = ()
