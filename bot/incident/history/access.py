"""What an incident keeps of who may read it while it is private, and of the channel it left when it became so."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """That `person` may read a private incident until then, because `by` let them in for `why`; `number` counts from 1.

    `told_at` is when they were told that it ends soon.
    """

    number: int
    person: str
    by: str
    until: datetime
    why: str
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may read it besides those who work on it: `invited` for good, `grants` for a time; `granted` counts them."""

    invited: tuple[str, ...] = ()
    grants: tuple[Grant, ...] = ()
    granted: int = 0

    @property
    def people(self) -> tuple[str, ...]:
        """Return everybody who may read it now."""
        return (*self.invited, *(grant.person for grant in self.grants))

    def grant_of(self, person: str) -> Grant | None:
        """Return what lets `person` in for a time, or None."""
        return next((grant for grant in self.grants if grant.person == person), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Which of its channels an incident is in: `number` 2 once it moved into a private one, and which one it `left`.

    `is_private` says that its channel is a private one, which it stays: Slack turns no private channel public.
    """

    number: int = 1
    is_private: bool = False
    left: str = ""
    left_name: str = ""


NOBODY_LET_IN, FIRST_ROOM = Access(), Room()
