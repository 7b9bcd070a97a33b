"""Events of handing command over: offered, ended, accepted, and gone back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.incident.history.events import Event
from bot.incident.history.handing import OfferEnd


class LoanEnd(StrEnum):
    """Why command does not go back to whoever gave it for a time."""

    GONE = "gone"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandOffered(Event):
    """The commander offers the seat to `person`, who has until `ends_at` to answer; `until` ends it again."""

    action = "incident.command_offered"
    number: int
    person: str
    brief: str
    watch: str
    until: datetime | None
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferEnded(Event):
    """Offer `number` of `giver` to `person`, who had until `waited_until`, is over; `why` are words of the decliner."""

    action = "incident.offer_ended"
    number: int
    person: str
    giver: str
    how: OfferEnd
    waited_until: datetime
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandHandedOver(Event):
    """Offer `number` was accepted: who accepted commands from now on, `over` no longer does."""

    action = "incident.command_handed_over"
    number: int
    over: str
    brief: str
    watch: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandReturned(Event):
    """The time agreed has come: `person`, who had given command to `over`, commands again."""

    action = "incident.command_returned"
    person: str
    over: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanEnded(Event):
    """Command, which `person` held for `giver` until then, does not go back."""

    action = "incident.loan_ended"
    person: str
    giver: str
    until: datetime
    how: LoanEnd


HANDOVERS: Mapping[str, type[Event]] = {
    kind.action: kind for kind in (CommandOffered, OfferEnded, CommandHandedOver, CommandReturned, LoanEnded)
}
