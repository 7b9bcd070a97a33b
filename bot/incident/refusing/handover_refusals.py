"""Refusals about handing command over: whose seat it is, and offers that wait no more."""

from datetime import datetime

from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused
from bot.incident.sentences import Sentence, When, Who
from bot.words import Act

TO_YOURSELF, TIME_PAST = 60, 61
"""Refusals that a form says beside the field they are about."""


def nothing_to_hand_over(incident: Incident) -> Refused:
    """Return no. 18 where nobody holds the seat."""
    return Refused(
        number=18,
        sentence=(f"Nobody commands {incident.ref}, so there is nothing to hand over. Take command first.",),
        offers=(Act.TAKE_COMMAND,),
    )


def offer_gone(incident: Incident, *, ended_at: datetime | None) -> Refused:
    """Return no. 19: the offer ended then; None where this person was never offered anything."""
    if ended_at is None:
        return Refused(number=19, sentence=(f"Nobody offers you command of {incident.ref}. ", *_commands(incident)))
    return Refused(number=19, sentence=("That offer ended at ", When(ended_at), ". ", *_commands(incident, "still ")))


def _commands(incident: Incident, still: str = "") -> Sentence:
    if incident.commander is None:
        return (f"Nobody commands {incident.ref}.",)
    return (Who(incident.commander), f" {still}commands {incident.ref}.")


def nothing_offered(incident: Incident) -> Refused:
    """Return no. 19 turned round: there is no offer of yours to take back."""
    return Refused(
        number=19, sentence=(f"You offer command of {incident.ref} to nobody, so there is nothing to withdraw.",)
    )


def offered_to_yourself(incident: Incident) -> Refused:
    """Return no. 60: you hold the seat you offer."""
    return Refused(number=60, sentence=(f"You command {incident.ref} already; choose someone else.",))


def time_past() -> Refused:
    """Return no. 61: what ends by itself cannot end at a time that is past."""
    return Refused(number=61, sentence=("That time is past. Choose one that is still to come.",))
