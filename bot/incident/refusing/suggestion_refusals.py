"""Refusals about suggestions and kept words: posted already, kept too long, or outlived by the incident."""

from bot.incident.history.cadence import StatusUpdate
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused, milestone
from bot.incident.sentences import Sentence, When, Who
from bot.words import Act, Status

HOURS_KEPT = 24
"""How long a private answer's buttons carry what was typed, in hours."""

EXPIRED = Refused(
    number=58,
    sentence=(
        f"That button is more than {HOURS_KEPT} h old, and what it carried is kept no longer. Nothing was changed. ",
        "Ask for it again with `/incident`.",
    ),
    offers=(Act.HELP,),
)
"""No. 58: what was typed is not kept for ever."""


def posted_already(update: StatusUpdate) -> Refused:
    """Return no. 17: these words are the last update."""
    return Refused(number=17, sentence=(f"That text is status update {update.number} already.",))


def outlived(incident: Incident, *, kept: str) -> Refused:
    """Return no. 29: the incident went on while a form about it was open; the text is given back."""
    return Refused(
        number=29,
        sentence=(f"{incident.ref} was ", *_went(incident), "Nothing was posted; here is your text."),
        offers=(Act.REOPEN,) if incident.status in {Status.RESOLVED, Status.CLOSED, Status.CANCELLED} else (),
        kept=kept,
    )


def _went(incident: Incident) -> Sentence:
    if incident.merged and incident.status is Status.MERGED:
        by, at, did = incident.merged.by, incident.merged.at, f"merged into INC-{incident.merged.into}"
    elif incident.status.is_open and incident.reopened:
        by, at, did = incident.reopened.by, incident.reopened.at, "reopened"
    else:
        done, at = milestone(incident)
        by, did = done or "tocsin", incident.status.value
    return (f"{did} while you were writing (", Who(by), ", ", When(at), "). ")


def changed_meanwhile(incident: Incident) -> Refused:
    """Return no. 3 for a form: severity or commander is another than when it was opened; posting again confirms."""
    return Refused(
        number=3,
        sentence=(
            f"{incident.ref} changed while you wrote: now {incident.severity.label}, ",
            Who(incident.commander),
            " commands. Post again to confirm.",
        ),
    )
