"""Refusals about a channel that others read."""

from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused


def read_by_nobody_else(incident: Incident) -> Refused:
    """Return no. 100: there is nobody to move away from, or it moved already."""
    said = f"Only those who may read {incident.ref} read its channel now, so it stays there. Nothing was changed."
    return Refused(number=100, sentence=(said,))


def withheld_already(incident: Incident) -> Refused:
    """Return no. 101: that was decided already."""
    said = f"Details of {incident.ref} are withheld in its channel already. Nothing was changed."
    return Refused(number=101, sentence=(said,))
