"""What an incident keeps of its type and of the phases that the type's playbook has (P6, S4)."""

from dataclasses import dataclass
from datetime import datetime

from bot.policy.rulebook import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A group of policy (its `key`) that a type mobilised: `people` were brought in, `called` is who was asked first.

    Nobody is brought in twice, so that `people` leaves out those who were in it already.
    """

    key: str
    people: tuple[str, ...] = ()
    called: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMark:
    """That a phase due then was warned about or missed under `type`, `at` the moment it was noticed."""

    type: str
    phase: Phase
    due_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseDone:
    """That somebody marked a phase as done, in their `words`; `due_at` is when it was due."""

    phase: Phase
    at: datetime
    by: str
    words: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """The incident's `type`, a key of matrix.yaml, "" until somebody sets it; what was mobilised, missed and done."""

    type: str = ""
    teams: tuple[Team, ...] = ()
    warned: tuple[PhaseMark, ...] = ()
    missed: tuple[PhaseMark, ...] = ()
    done: tuple[PhaseDone, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Return everybody whom a type brought in."""
        return tuple(person for team in self.teams for person in team.people)


NO_PLAYBOOK = Playbook()
