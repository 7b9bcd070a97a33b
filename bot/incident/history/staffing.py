"""What an incident keeps of roles nobody holds: since when, and which of them were noticed as missing."""

from dataclasses import dataclass
from datetime import datetime

from bot.words import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRole:
    """A role that policy wants somebody to hold from `due_at` (aware UTC) on."""

    role: Role
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptied:
    """That somebody held `role` until `at`, and nobody took it then."""

    role: Role
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGap:
    """That nobody held `role` when policy wanted it held, at `due_at`; `at` is when that was noticed."""

    role: Role
    due_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Roles that were left empty, the last time each, and every gap that was noticed."""

    emptied: tuple[Emptied, ...] = ()
    gaps: tuple[RoleGap, ...] = ()

    def emptied_at(self, role: Role) -> datetime | None:
        """Return when the role was last left empty, or None."""
        return next((one.at for one in self.emptied if one.role is role), None)


ALL_STAFFED = Staffing()
"""No role was ever missing."""
