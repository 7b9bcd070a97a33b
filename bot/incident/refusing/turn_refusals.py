"""Refusals about an incident's turns: its severity, its way back, its end for good, and where it goes on."""

from collections.abc import Iterable
from datetime import datetime

from bot.incident import commands as c
from bot.incident.history.grades import Merger
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused, not_allowed
from bot.incident.sentences import Who, spell
from bot.words import Act, Severity, Status


def refuse_turn(incident: Incident, command: c.Command, *, now: datetime) -> Refused | None:
    """Return why a turn does not fit the status, where there is more to say than what the status is; else None."""
    if incident.merged and incident.status is Status.MERGED:
        return goes_on_elsewhere(incident, incident.merged, now=now)
    if not incident.status.is_open:
        return None
    if isinstance(command, c.Reopen):
        return Refused(number=17, sentence=(f"{incident.ref} is open already. Nothing was changed.",))
    return cannot_close(incident) if isinstance(command, c.Close) else None


def goes_on_elsewhere(incident: Incident, merged: Merger, *, now: datetime) -> Refused:
    """Return no. 1 for an incident that was merged: where it goes on."""
    ago = f", {spell(now - merged.at)} ago). Go on there."
    return Refused(number=1, sentence=(f"{incident.ref} was merged into INC-{merged.into} (", Who(merged.by), ago))


def severity_already(incident: Incident) -> Refused:
    """Return no. 17: that is its severity."""
    return Refused(number=17, sentence=(f"{incident.ref} is {incident.severity.label} already.",))


def lowering_not_yours(severity: Severity, *, who: Iterable[str], kept: str) -> Refused:
    """Return no. 6: lowering is for leaders."""
    listed = not_allowed(doing=f"Lowering a {severity.label}", who=who).sentence
    return Refused(number=6, sentence=(*listed, " Tell them why you would; nothing was changed."), kept=kept)


def cannot_close(incident: Incident) -> Refused:
    """Return no. 21: what is missing before it can be closed."""
    return Refused(
        number=21,
        sentence=(f"{incident.ref} cannot close yet. Missing: its resolution.",),
        offers=(Act.RESOLVE,),
    )


def merge_into_itself(incident: Incident) -> Refused:
    """Return no. 23: it is the same incident."""
    return Refused(number=23, sentence=(f"{incident.ref} cannot be merged into itself.",))


def merge_into_ended(other: Incident) -> Refused:
    """Return no. 23: what has ended takes nothing in."""
    how = "" if other.status is Status.MERGED else " Reopen it first."
    return Refused(number=23, sentence=(f"{other.ref} is {other.status}, so nothing can be merged into it.{how}",))


def merge_private_into_open(incident: Incident, other: Incident) -> Refused:
    """Return no. 24: people who may not see it would read its title."""
    return Refused(
        number=24,
        sentence=(
            f"{incident.ref} is private and {other.ref} is not; merging would show its title. ",
            f"Merge {other.ref} into {incident.ref} instead: `/incident {other.number} merge {incident.number}`.",
        ),
    )


def merge_asks(incident: Incident, other: Incident, *, people: int) -> Refused:
    """Return no. 51: whether it is meant, before people are moved; the button does it."""
    added = "Its 1 person is added there." if people == 1 else f"Its {people} people are added there."
    return Refused(
        number=51,
        sentence=(f"{incident.ref} ends and goes on as {other.ref}. {added} Nothing was changed yet.",),
        offers=(Act.MERGE,),
    )


def merge_test(test: Incident) -> Refused:
    """Return no. 56: a test and what is real stay apart."""
    sentence = f"{test.ref} is a test, so it is merged with nothing. It ends by `/incident {test.number} cancel why`."
    return Refused(number=56, sentence=(sentence,))
