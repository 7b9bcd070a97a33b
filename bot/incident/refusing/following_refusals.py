"""Refusals about following."""

from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused


def follows_already(incident: Incident) -> Refused:
    """Return no. 17: who asks follows it already."""
    how = f"To end it: `/incident {incident.number} unfollow`."
    return Refused(number=17, sentence=(f"You follow {incident.ref} already. {how}",))


def follows_not(incident: Incident) -> Refused:
    """Return no. 17 turned round: there is nothing to end."""
    return Refused(number=17, sentence=(f"You do not follow {incident.ref}. Nothing was changed.",))


def too_many_follow(incident: Incident, *, most: int) -> Refused:
    """Return no. 65: each turn of it is `most` direct messages already; its channel tells the same."""
    how = f"Its channel tells the same: `/incident {incident.number} join`."
    return Refused(number=65, sentence=(f"{most} people follow {incident.ref}, and that is the most. {how}",))
