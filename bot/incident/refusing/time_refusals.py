"""Refusals about an incident's times."""

from datetime import datetime

from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused
from bot.incident.sentences import When


def which_time(typed: str = "") -> Refused:
    """Return no. 67: nothing that is a time was said."""
    seen = f"`{typed}` is no time. " if typed else "Say which time and when. "
    form = "`/incident times started 13:50` (or `detected`, `alerted`; with a day: `2026-11-20 23:10`, `13:50 UTC`)."
    return Refused(number=67, sentence=(f"{seen}{form} Nothing was changed.",))


def started_after_mitigated(incident: Incident, at: datetime) -> Refused:
    """Return no. 68: harm stops after it started."""
    return Refused(number=68, sentence=(f"{incident.ref} was mitigated at ", When(at), ", so it started before that."))


def too_long_ago(incident: Incident) -> Refused:
    """Return no. 74: a time a year and more before the declaration is a slip."""
    said = f"That is more than a year before {incident.ref} was declared. Nothing was changed; give the day and time."
    return Refused(number=74, sentence=(said,))


def known_already(incident: Incident) -> Refused:
    """Return no. 17: these are its times already."""
    return Refused(number=17, sentence=(f"{incident.ref} has these times already. Nothing was changed.",))
