"""People called to an incident, as frozen values: pages, and calls by escalation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.words import ClockKind


class PageOutcome(StrEnum):
    """What became of one page."""

    SENT = "sent"
    PASSED_ON = "passed_on"
    UNDELIVERABLE = "undeliverable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One attempt to make a named person answer; `step` is its place in the ladder, `ref` the short id people see.

    `outside` says that it left Slack (e-mail, SMS), where nothing can be drawn again. `round` counts how often the
    incident was reopened before: every time, the ladder begins anew. `quiet_until` is how long the person has Do Not
    Disturb on, None as far as is known.
    """

    ref: str
    step: int
    contact: str
    person: str
    way: int
    way_label: str
    at: datetime
    outcome: PageOutcome = PageOutcome.SENT
    outside: bool = False
    round: int = 0
    quiet_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody called in: by a `clock` that was missed, by a person for `why`, or for a `team` the type asks for."""

    person: str
    contact: str
    at: datetime
    by: str
    clock: ClockKind | None = None
    why: str = ""
    answered_at: datetime | None = None
    team: str = ""
