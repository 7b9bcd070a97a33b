"""What an incident keeps of its exceptions: each deviation from policy, who asked, who approved, and until when."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class ExceptionStanding(StrEnum):
    """Where an exception stands."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyException:
    """One deviation from policy, in the words of `asked_by`; `number` counts from 1 (G1.1).

    `asked` are those of the Board it was put to, `answered_by` who of them approved or declined it. `is_alone` says
    that the same person asked and approved, the Board having nobody else. Without `until` it ends with the incident.
    """

    number: int
    asked_by: str
    why: str
    until: datetime | None
    asked: tuple[str, ...]
    standing: ExceptionStanding = ExceptionStanding.ASKED
    answered_by: str = ""
    answered_at: datetime | None = None
    is_alone: bool = False
    ended_by: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptions:
    """Every exception of an incident, in the order they were asked for."""

    every: tuple[PolicyException, ...] = ()

    @property
    def waiting(self) -> tuple[PolicyException, ...]:
        """Return those that wait for the Board's answer."""
        return tuple(one for one in self.every if one.standing is ExceptionStanding.ASKED)

    @property
    def holding(self) -> tuple[PolicyException, ...]:
        """Return those that were approved and have not ended."""
        return tuple(one for one in self.every if one.standing is ExceptionStanding.APPROVED)

    def put_to(self, person: str) -> PolicyException | None:
        """Return the one that waits longest for the answer of `person`, or None."""
        return next((one for one in self.waiting if person in one.asked), None)

    def of(self, number: int | None) -> PolicyException | None:
        """Return exception `number`, or None where there is none."""
        return next((one for one in self.every if one.number == number), None)

    def changed(self, number: int, **what: object) -> "Exceptions":
        """Return them with exception `number` changed."""
        every = (replace(one, **what) if one.number == number else one for one in self.every)  # type: ignore[arg-type]
        return Exceptions(every=tuple(every))


NO_EXCEPTIONS = Exceptions()
