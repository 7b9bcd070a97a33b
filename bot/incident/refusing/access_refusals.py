"""Refusals about who may see an incident."""

from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused
from bot.incident.sentences import Who


def too_long_access() -> Refused:
    """Return no. 35: access for a time is short."""
    said = "Access to a private incident lasts 4 h at most. Give 4 h or less; it can be given again."
    return Refused(number=35, sentence=(said,))


def not_private(incident: Incident) -> Refused:
    """Return no. 70: nobody needs to be let in where everybody may read."""
    said = f"{incident.ref} is {incident.classification.upper()}: everyone here can read it. "
    return Refused(number=70, sentence=(f"{said}To bring somebody in: `/incident {incident.number} invite @name`.",))


def in_it_already(incident: Incident, person: str) -> Refused:
    """Return no. 17: they work on it, and that has no end."""
    return Refused(number=17, sentence=(Who(person), f" works on {incident.ref} already and can read it."))


def no_such_access(incident: Incident, person: str) -> Refused:
    """Return no. 71: there is nothing to end."""
    said = f" has no access to {incident.ref} that would end. Nothing was changed."
    return Refused(number=71, sentence=(Who(person), said))


def classified_already(incident: Incident) -> Refused:
    """Return no. 17: it is that already."""
    return Refused(number=17, sentence=(f"{incident.ref} is {incident.classification.upper()} already.",))


def no_room_yet(incident: Incident) -> Refused:
    """Return no. 72: what is being made cannot be left yet."""
    said = f"The channel of {incident.ref} is still being made, so it cannot move into a private one yet. "
    return Refused(number=72, sentence=(f"{said}Nothing was changed; try again in a minute.",))


def no_such_classification(typed: str) -> Refused:
    """Return no. 73: there is no such classification; `typed` holds letters and digits only."""
    said = f"There is no classification `{typed or '…'}`. They are public, internal, confidential and restricted."
    return Refused(number=73, sentence=(said,))
