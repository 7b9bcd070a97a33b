"""Refusals about notes and corrections: times that cannot be, and what is not there to be set right."""

from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused


def in_the_future(*, kept: str) -> Refused:
    """Return no. 51: a note tells what happened, never what will."""
    return Refused(number=51, sentence=("That is in the future.",), kept=kept)


def before_declared(incident: Incident, *, kept: str) -> Refused:
    """Return no. 52: a note belongs to the time of its incident."""
    declared = f"{incident.declared.at:%H:%M} UTC"
    return Refused(number=52, sentence=(f"That is before {incident.ref} was declared ({declared}).",), kept=kept)


def nothing_to_correct(what: str, *, kept: str) -> Refused:
    """Return no. 53: there is no such note or update; `what` names it."""
    return Refused(number=53, sentence=(f"There is no {what} to correct. Nothing was changed.",), kept=kept)


def not_your_note(number: int) -> Refused:
    """Return no. 54: a note is withdrawn by who wrote it."""
    return Refused(number=54, sentence=(f"Note {number} is somebody else's. Correct it with another note.",))


def withdrawn_already(number: int) -> Refused:
    """Return no. 55: a note is withdrawn once."""
    return Refused(number=55, sentence=(f"Note {number} is withdrawn already. Nothing more is needed.",))


def forwarded_from_private(incident: int) -> Refused:
    """Return no. 69: what was said in a private place stays there, whoever forwards it (G6.1)."""
    kept_out = f"That message brings words from a private place, so it was not put on the timeline of INC-{incident}. "
    return Refused(number=69, sentence=(kept_out, "Say in your own words what may stand there: `/incident note`."))
