"""Refusals about who may hold which roles, and for how long."""

from datetime import timedelta

from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused
from bot.incident.sentences import Sentence, Who
from bot.words import Act, Role

MOST_OFFERED = 3
"""How many who could instead are named, so that the sentence fits a telephone."""


def must_differ(
    incident: Incident, role: Role, *, beside: Role, person: str, mine: bool, could: tuple[str, ...], leads: bool
) -> Refused:
    """Return no. 92: `person` (`mine`: the one who asks) holds `beside`, which must be another one's than `role`."""
    holds: Sentence = (f"You are {beside}",) if mine else (Who(person), f" is {beside}")
    return Refused(
        number=92,
        sentence=(
            *holds,
            f" of {incident.ref}, and {beside} and {role} must be two people. Choose among ",
            *_named(could[:MOST_OFFERED]),
            ".",
        ),
        offers=(Act.GIVE_ROLE,) if leads else (),
    )


def _named(people: tuple[str, ...]) -> Sentence:
    parts: list[str | Who] = []
    for place, one in enumerate(people):
        parts.extend((*((", ",) if place else ()), Who(one)))
    return tuple(parts)


def until_when(typed: str) -> Refused:
    """Return no. 93: how long somebody is to hold the role cannot be read."""
    seen = f"I cannot read `{typed}` as a time. " if typed else ""
    how = "Write `until 18:00`, `until 18:00 UTC` or `for 2h`. Nothing was changed."
    return Refused(number=93, sentence=(f"{seen}{how}",))


def too_long_role(longest: timedelta) -> Refused:
    """Return no. 106: a role for a time is given for `longest` at most."""
    said = f"A role for a time is given for {longest.days} days at most. Give it for less, or say no time at all: then "
    return Refused(number=106, sentence=(f"{said}it is held for good. Nothing was changed.",))


def lend_command() -> Refused:
    """Return no. 94: command is handed over for a time by an offer, which is accepted, and not by a role."""
    said = (
        "Command is lent by an offer that is accepted: `/incident handover @name`, *until* a time. Nothing was changed."
    )
    return Refused(number=94, sentence=(said,))


def last_accountable(incident: Incident, *, leaving: Role) -> Refused:
    """Return no. 20: nobody who answers for the incident would be left."""
    ways = (Act.HAND_OVER,) if leaving is Role.COMMANDER else (Act.TAKE_COMMAND, Act.GIVE_ROLE)
    said = f"You are the last accountable person on {incident.ref}. Name a successor first."
    return Refused(number=20, sentence=(said,), offers=ways)
