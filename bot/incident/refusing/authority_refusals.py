"""Refusals about who may: what was asked, who can, and what to do instead."""

from collections.abc import Iterable

from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused, listed
from bot.incident.sentences import Sentence, Who
from bot.words import Act


def updates_not_yours(incident: Incident, *, lead: str | None, kept: str, words: bool = True) -> Refused:
    """Return no. 4: updates are the commander's or the communications lead's; `words` says `kept` could be one."""
    also: Sentence = (" or communications lead (", Who(lead), ")") if lead else (" or communications lead",)
    return Refused(
        number=4,
        sentence=(
            "Status updates are posted by the commander (",
            Who(incident.commander),
            ")",
            *also,
            ". Your text is kept below." if kept else ".",
        ),
        offers=(Act.SEND_TO_COMMANDER,) if kept and words else (),
        kept=kept,
    )


def no_commander(incident: Incident, *, kept: str, words: bool = True) -> Refused:
    """Return no. 7: nobody commands, so nobody can post an update; one press takes command and posts what is kept."""
    kept_for_it = bool(kept) and words
    then = "Take command and your text is posted." if kept_for_it else "Take command, then post it."
    return Refused(
        number=7,
        sentence=(f"Nobody commands {incident.ref}, so no update can be posted yet. {then}",),
        offers=(Act.TAKE_AND_POST,) if kept_for_it else (Act.TAKE_COMMAND,),
        kept=kept,
    )


def nobody_to_post(incident: Incident, *, who: Iterable[str], kept: str) -> Refused:
    """Return no. 7 for somebody who may not take command either: `who` can."""
    said = f"Nobody commands {incident.ref}, so no update can be posted yet. Command is for "
    return Refused(number=7, sentence=(said, *listed(who), "."), offers=_CALL, kept=kept)


def not_called_to_it(*, doing: str, who: Iterable[str]) -> Refused:
    """Return no. 4 for answering: it is for the teams the matrix mobilises, and for whoever is on call."""
    said = f"{doing} is for "
    return Refused(number=4, sentence=(said, *listed(who), ". You can read, note and escalate."), offers=_CALL)


def confirming_not_yours(incident: Incident, *, who: Iterable[str]) -> Refused:
    """Return no. 5: confirming is for those on the list of that severity, and nothing waits for them."""
    said = f"Confirming a {incident.severity.label} is for "
    return Refused(number=5, sentence=(said, *listed(who), ". It already runs; nothing waits for that."))


def nothing_to_confirm(incident: Incident) -> Refused:
    """Return no. 75: its severity waits for nobody's word, or somebody has given it."""
    done = incident.confirmation
    if done and done.confirmed_by:
        said: Sentence = (Who(done.confirmed_by), f" confirmed {incident.severity.label} already.")
    else:
        said = (f"{incident.ref} does not await confirmation; it is {incident.severity.label}.",)
    return Refused(number=75, sentence=(*said, " Nothing was changed."))


_CALL = (Act.ESCALATE,)
