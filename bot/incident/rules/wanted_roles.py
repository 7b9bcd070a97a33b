"""Wanted roles: which of them policy wants held, by when, and which of those nobody holds (S2)."""

from collections.abc import Iterator

from bot.incident.history.staffing import WantedRole
from bot.incident.model import Incident
from bot.policy.model import Policy
from bot.words import Role


def wanted_roles(*, incident: Incident, policy: Policy) -> tuple[WantedRole, ...]:
    """Return every role policy wants held in `incident`, the soonest due first; a test wants none.

    The commander is not among them: that seat has a clock of its own (G8.1). A role that was held and is empty again
    is wanted from that moment on, and one that only a higher severity wants no sooner than that was raised.
    """
    if incident.is_test:
        return ()
    return tuple(sorted(_wanted(incident, policy), key=lambda one: one.due_at))


def _wanted(incident: Incident, policy: Policy) -> Iterator[WantedRole]:
    raised = [one.at for one in incident.regrades if one.to.rank < one.was.rank]
    for role in (one for one in Role if one is not Role.COMMANDER):
        span = policy.roles[role].needed.get(incident.severity)
        if span is not None:
            emptied = incident.staffing.emptied_at(role)
            moments = (incident.runs_since + span, *raised[-1:], *((emptied,) if emptied else ()))
            yield WantedRole(role=role, due_at=max(moments))


def missing_roles(*, incident: Incident, policy: Policy) -> tuple[WantedRole, ...]:
    """Return the wanted roles that nobody holds, the soonest due first, whether their time has come or not."""
    wanted = wanted_roles(incident=incident, policy=policy)
    return tuple(one for one in wanted if incident.holder(one.role) is None)


def unnoticed_roles(*, incident: Incident, policy: Policy) -> tuple[WantedRole, ...]:
    """Return the missing roles of which it was not noted yet that their time had come."""
    missing = missing_roles(incident=incident, policy=policy)
    return tuple(one for one in missing if not _is_noted(one.role, incident))


def _is_noted(role: Role, incident: Incident) -> bool:
    since = max(incident.runs_since, incident.staffing.emptied_at(role) or incident.runs_since)
    return any(gap.role is role and gap.at >= since for gap in incident.staffing.gaps)
