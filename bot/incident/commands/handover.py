"""Commands by which command is handed over: offer it, accept or decline it, take the offer back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCommand:
    """Offer one's seat to `person`, with a `brief`; `until` is when it is to come back, None when it is not."""

    person: str
    brief: str
    watch: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptCommand:
    """Accept the seat one is offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineCommand:
    """Decline the seat one is offered, perhaps with a word why."""

    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawOffer:
    """Take one's offer back before it is answered."""
