"""Keeping roles apart: which of them one person may not hold, and who of policy could hold one instead (S2)."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.incident.context import Context
from bot.incident.model import Incident
from bot.policy.model import Policy
from bot.policy.roles import key_of
from bot.words import Role


def kept_apart(role: Role, policy: Policy) -> frozenset[Role]:
    """Return the roles that whoever holds `role` may not hold; pairs of groups or contacts are policy's own to keep."""
    by_key = {key_of(one): one for one in Role}
    pairs = (pair for pair in policy.must_differ if key_of(role) in pair)
    return frozenset(by_key[name] for pair in pairs for name in pair if name in by_key and by_key[name] is not role)


def clash(person: str, role: Role, incident: Incident, policy: Policy) -> Role | None:
    """Return a role `person` holds that must not go together with `role`, or None."""
    apart = kept_apart(role, policy)
    return next((one for one in Role if one in apart and incident.holder(one) == person), None)


def could_hold(role: Role, incident: Incident, context: Context) -> tuple[str, ...]:
    """Return who of the groups policy fills `role` from could hold it now.

    They are members of this workspace, do not command or hold it already, hold nothing it must differ from, and it is
    not one of their quiet hours.
    """
    return tuple(dict.fromkeys(_could(role, incident, context)))


def _could(role: Role, incident: Incident, context: Context) -> Iterator[str]:
    groups = (context.policy.groups.get(key) for key in context.policy.roles[role].filled_from)
    busy = {incident.commander, incident.holder(role), *context.gone}
    for person in context.rota.of(key for group in groups if group for key in group.members):
        is_apart = clash(person, role, incident, context.policy)
        if person not in busy and not is_apart and not _is_quiet(person, context):
            yield person


def _is_quiet(person: str, context: Context) -> bool:
    known = context.rota.person(person)
    if known is None or known.quiet is None:
        return False
    return known.quiet.hold(context.now.astimezone(ZoneInfo(known.zone)).time())
