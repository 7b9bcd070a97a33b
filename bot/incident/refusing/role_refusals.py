"""Refusals about roles other than commander."""

from bot.incident.model import Incident
from bot.incident.refusing.refusals import LONGEST_SHOWN, Refused
from bot.incident.sentences import Who
from bot.words import Role


def no_such_role(typed: str) -> Refused:
    """Return no. 33: there is no such role; `typed` may hold anything, so only letters and digits are said back."""
    shown = "".join(letter for letter in typed if letter.isalnum() or letter in " -")[:LONGEST_SHOWN] or "…"
    return Refused(number=33, sentence=(f"There is no role `{shown}`. Roles: {', '.join(Role)}.",))


def has_role_already(incident: Incident, role: Role, *, person: str | None) -> Refused:
    """Return no. 17: `person` (None: the one who asks) holds the role already."""
    if person:
        return Refused(number=17, sentence=(Who(person), f" is {role} of {incident.ref} already."))
    how = f"To give it back: `/incident {incident.number} role {role} back`."
    return Refused(number=17, sentence=(f"You are {role} of {incident.ref} already. {how}",))


def no_such_holding(incident: Incident, role: Role) -> Refused:
    """Return no. 17 turned round: the role is not yours to give back."""
    return Refused(number=17, sentence=(f"You are not {role} of {incident.ref}. Nothing was changed.",))


def role_held(incident: Incident, role: Role) -> Refused:
    """Return no. 45: somebody else holds the role; they can give it back, or a leader gives it to another."""
    return Refused(
        number=45,
        sentence=(
            Who(incident.holder(role)),
            f" is {role} of {incident.ref}. They can give it back, or the commander (",
            Who(incident.commander),
            ") can give it to you.",
        ),
    )
