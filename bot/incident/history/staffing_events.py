"""Events about roles nobody holds: noticed as missing, ended by themselves, and left with the workspace."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.incident.history.events import Event
from bot.incident.history.staffing import WantedRole
from bot.words import Role


class RoleEnd(StrEnum):
    """Why somebody holds a role no more, although nobody took it from them."""

    TIME = "time"
    COMMANDS = "commands"


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesMissing(Event):
    """Nobody held these roles when policy wanted them held (S2)."""

    action = "incident.roles_missing"
    roles: tuple[WantedRole, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEnded(Event):
    """`person` holds `role` no more; `back_to` held it before and holds it again, None where nobody does (S5)."""

    action = "incident.role_ended"
    role: Role
    person: str
    giver: str
    why: RoleEnd
    back_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(Event):
    """`person` left the workspace and holds none of these `roles` any more; commander is among them if they were.

    `called` is who is called because nobody commands now, by the `contact` policy names them as.
    """

    action = "incident.person_left"
    person: str
    roles: tuple[Role, ...]
    called: str | None = None
    contact: str = ""


STAFFINGS: Mapping[str, type[Event]] = {kind.action: kind for kind in (RolesMissing, RoleEnded, PersonLeft)}
