"""Refusals about answering and commanding: who got there first, and whose seat it is."""

from datetime import datetime

from bot.incident.model import Incident
from bot.incident.refusing.offers import present
from bot.incident.refusing.refusals import Refused, milestone
from bot.incident.sentences import Sentence, Who, spell
from bot.words import Act


def lost_race(incident: Incident, *, now: datetime) -> Refused:
    """Return no. 2: somebody acknowledged first."""
    by, at = milestone(incident)
    return Refused(
        number=2,
        sentence=(Who(by), f" acknowledged {incident.ref} {spell(now - at)} before you. ", *_commands(incident)),
        offers=() if incident.commander_answered else (Act.TAKE_COMMAND,),
    )


def _commands(incident: Incident) -> Sentence:
    if incident.seat is None:
        return ("Nobody commands it yet.",)
    if incident.seat.answered_at is None:
        return (Who(incident.seat.person), " is named commander and has not answered yet.")
    return ("Nothing more is needed; ", Who(incident.seat.person), " commands.")


def acknowledged_already(incident: Incident) -> Refused:
    """Return no. 17: you acknowledged it already."""
    return Refused(
        number=17,
        sentence=(f"You acknowledged {incident.ref} already. ", *_commands(incident)),
        offers=() if incident.commander_answered else (Act.TAKE_COMMAND,),
    )


def passed_on_already(incident: Incident) -> Refused:
    """Return no. 17: you passed your page on already."""
    return Refused(number=17, sentence=(f"You passed {incident.ref} on already. Nothing is needed from you.",))


def stale_dialog(incident: Incident) -> Refused:
    """Return no. 3: the state a confirm dialog quoted has changed; it can be asked again with the present one."""
    return Refused(
        number=3,
        sentence=(
            f"That button was drawn before {incident.ref} changed, so nothing was done. Now: {incident.status}, ",
            Who(incident.commander),
            " commands.",
        ),
        offers=tuple(dict.fromkeys((*present(incident), Act.TAKE_COMMAND))) if incident.status.is_open else (),
    )


def already_commands(incident: Incident) -> Refused:
    """Return no. 17: you hold the seat already."""
    return Refused(number=17, sentence=(f"You command {incident.ref} already.",))


def commands_already(incident: Incident) -> Refused:
    """Return no. 17: the person named holds the seat already."""
    answered = "." if incident.commander_answered else ", and has not answered yet."
    verb = "commands" if incident.commander_answered else "is named commander of"
    return Refused(number=17, sentence=(Who(incident.commander), f" {verb} {incident.ref} already{answered}"))


def not_yours_to_hand_over(incident: Incident) -> Refused:
    """Return no. 18: only the commander gives the seat to somebody else."""
    return Refused(
        number=18,
        sentence=(
            Who(incident.commander),
            f" commands {incident.ref}, so only ",
            Who(incident.commander),
            " can hand it over. You can take over; ",
            Who(incident.commander),
            " is told.",
        ),
        offers=(Act.TAKE_COMMAND,),
    )


def no_seat(incident: Incident) -> Refused:
    """Return no. 17 turned round: there is no seat of yours to give back."""
    return Refused(number=17, sentence=(f"You do not command {incident.ref}. Nothing was changed.",))
