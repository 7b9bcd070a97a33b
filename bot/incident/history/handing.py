"""What an incident keeps of handing command over: the offer that waits, those that ended, a seat held for a time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OfferEnd(StrEnum):
    """How an offer of command came to its end."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandOffer:
    """That `by`, who commands, offers the seat to `person` and waits until `ends_at`; `number` counts from 1.

    `until` is when command would go back to `by`, None when it would not.
    """

    number: int
    by: str
    person: str
    at: datetime
    ends_at: datetime
    brief: str
    watch: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedOffer:
    """An offer that waits no more, and why not."""

    number: int
    person: str
    how: OfferEnd
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """That `person` commands until then, for `giver`, to whom command goes back."""

    person: str
    giver: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """How command is being handed over: the offer that waits, those that ended, and for whom the seat is held."""

    offer: CommandOffer | None = None
    ended: tuple[EndedOffer, ...] = ()
    loan: Loan | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Return everybody the seat was ever offered to: they were told of the incident, and may know of it."""
        waits = (self.offer.person,) if self.offer else ()
        return (*waits, *(one.person for one in self.ended))


NOTHING_HANDED = Handing()
"""Command was never offered."""
