"""Events about people: who holds which role, and who came into the channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.incident.history.events import Event
from bot.words import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGiven(Event):
    """Somebody holds a role other than commander from now on; `over` is who held it until then.

    `until` is when it ends by itself (S5). `beside` is a role they hold too and policy wants apart: nobody else could.
    """

    action = "incident.role_given"
    role: Role
    person: str
    over: str | None = None
    until: datetime | None = None
    beside: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGivenBack(Event):
    """Whoever held a role left it; nobody holds it."""

    action = "incident.role_given_back"
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponderAdded(Event):
    """Somebody comes into the channel, by themself or brought by another."""

    action = "incident.responder_added"
    person: str


ROLES: Mapping[str, type[Event]] = {kind.action: kind for kind in (RoleGiven, RoleGivenBack, ResponderAdded)}
