"""Accountable: somebody who answers for an open incident always holds a seat; the last of them names a successor."""

from bot.incident.model import Incident
from bot.words import Role

ACCOUNTABLE = (Role.COMMANDER, Role.DEPUTY)
"""The roles that answer for the whole incident: a deputy commands while the commander cannot."""


def is_last_accountable(incident: Incident, *, leaving: Role) -> bool:
    """Return whether nobody who answers for the incident is left once its holder leaves the role `leaving`.

    A commander who was named and has not answered may always say that they cannot: nothing was accepted yet, and the
    clock calls others on (G8.1).
    """
    if leaving not in ACCOUNTABLE or not incident.status.is_open:
        return False
    if leaving is Role.COMMANDER and not incident.commander_answered:
        return False
    return all(incident.holder(role) is None for role in ACCOUNTABLE if role is not leaving)
