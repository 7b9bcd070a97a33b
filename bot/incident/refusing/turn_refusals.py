"""Refusals about an incident's turns: its severity, its way back, its end for good, and where it goes on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.incident import commands as c
from bot.incident.history.grades import Merger
from bot.incident.model import Incident
from bot.incident.refusing.offers import Dialog, Offer
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


def lowering_not_yours(severity: Severity, *, to: Severity, who: Iterable[str], kept: str) -> Refused:
    """Return no. 6: lowering is for leaders; a press puts it to them, with the reason."""
    listed = not_allowed(doing=f"Lowering a {severity.label}", who=who).sentence
    suggest = Offer(label=f"Suggest {to.label}", carries={"severity": to.value, "why": kept})
    return Refused(
        number=6,
        sentence=(*listed, " Say why you would, and it is put to them."),
        offers=(Act.SUGGEST_SEVERITY,),
        kept=kept,
        details={Act.SUGGEST_SEVERITY: suggest},
    )


def severity_moved(incident: Incident) -> Refused:
    """Return no. 3: the severity a button quoted is another by now."""
    return Refused(
        number=3,
        sentence=(
            f"That button was drawn before {incident.ref} changed, so nothing was done. ",
            f"Now: {incident.severity.label}, ",
            Who(incident.commander),
            " commands.",
        ),
        offers=(Act.CHANGE_SEVERITY,),
    )


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


def merge_private_into_open(incident: Incident, other: Incident, *, people: int) -> Refused:
    """Return no. 24: people who may not see it would read its title; the other way round it can be done."""
    merge = Offer(
        label=f"Merge {other.number} into {incident.number}",
        carries={"into": incident.number, "people": people},
        about=other.number,
        asks=_asks_merge(other, incident, people=people),
    )
    return Refused(
        number=24,
        sentence=(
            f"{incident.ref} is private and {other.ref} is not; merging would show its title. ",
            f"Merge {other.ref} into {incident.ref} instead.",
        ),
        offers=(Act.MERGE,),
        details={Act.MERGE: merge},
    )


def merge_asks(incident: Incident, other: Incident, *, people: int) -> Refused:
    """Return no. 59: whether it is meant, before people are moved; the button asks once more and does it."""
    merge = Offer(carries={"into": other.number, "people": people}, asks=_asks_merge(incident, other, people=people))
    return Refused(
        number=59,
        sentence=(f"{_goes_on(incident, other, people=people)} Nothing was changed yet.",),
        offers=(Act.MERGE,),
        details={Act.MERGE: merge},
    )


def merge_moved(incident: Incident, other: Incident, *, people: int) -> Refused:
    """Return no. 3: what the question before a merge said is no longer so; it is asked again."""
    merge = merge_asks(incident, other, people=people)
    sentence = (
        f"That button was drawn before {incident.ref} changed, so nothing was done. ",
        f"Now: {incident.status}, ",
        Who(incident.commander),
        f" commands, and {_counted(people)} would be added to {other.ref}.",
    )
    return replace(merge, number=3, sentence=sentence)


def _asks_merge(incident: Incident, other: Incident, *, people: int) -> Dialog:
    title = f"Merge {incident.ref} into {other.ref}?"
    return Dialog(heading=title, text=_goes_on(incident, other, people=people), yes="Merge")


def _goes_on(incident: Incident, other: Incident, *, people: int) -> str:
    return f"{incident.ref} ends and goes on as {other.ref}. Its {_counted(people)} {_are(people)} added there."


def _counted(people: int) -> str:
    return "1 person" if people == 1 else f"{people} people"


def _are(people: int) -> str:
    return "is" if people == 1 else "are"


def merge_test(test: Incident) -> Refused:
    """Return no. 66: a test and what is real stay apart."""
    sentence = f"{test.ref} is a test, so it is merged with nothing. It ends by `/incident {test.number} cancel why`."
    return Refused(number=66, sentence=(sentence,))
