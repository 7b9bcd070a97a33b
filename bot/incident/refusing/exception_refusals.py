"""Refusals about exceptions: none of that number, answered already, not yours to answer, a time that is past."""

from collections.abc import Iterable, Sequence

from bot.incident.history.exceptions import ExceptionStanding, PolicyException
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused, not_allowed
from bot.incident.sentences import Sentence, When, Who

_ANSWERED = {
    ExceptionStanding.APPROVED: " approved",
    ExceptionStanding.DECLINED: " declined",
    ExceptionStanding.ENDED: " ended",
}


def not_the_boards(incident: Incident, board: Iterable[str]) -> Refused:
    """Return no. 4: exceptions are approved by the Governance Board; `board` are its members' user ids (G1.1)."""
    return not_allowed(doing=f"Approving an exception on {incident.ref}", who=board)


def no_such_exception(incident: Incident, number: int | None, *, doing: str) -> Refused:
    """Return no. 96: there is none of that number; without one, none waits ("waits for an answer") or holds."""
    named = (
        f"There is no exception {number} on {incident.ref}." if number else f"No exception on {incident.ref} {doing}."
    )
    said = f"{named} To ask for one: `/incident {incident.number} exception what and why`."
    return Refused(number=96, sentence=(said,))


def which_exception(incident: Incident, several: Sequence[PolicyException], *, verb: str) -> Refused:
    """Return no. 96 turned round: several are meant; the example repeats the `verb`."""
    numbers = " and ".join(str(one.number) for one in several[:5])
    said = f"Exceptions {numbers} of {incident.ref} are meant; say which: "
    return Refused(number=96, sentence=(f"{said}`/incident {incident.number} exception {verb} {several[0].number}`.",))


def answered_already(incident: Incident, one: PolicyException) -> Refused:
    """Return no. 97: another of the Board was first, or its time was up."""
    at = one.ended_at if one.standing is ExceptionStanding.ENDED else one.answered_at
    by = one.ended_by if one.standing is ExceptionStanding.ENDED else one.answered_by
    when: Sentence = (" at ", When(at)) if at else ()
    did = _ANSWERED[one.standing]
    return Refused(
        number=97,
        sentence=(Who(by), f"{did} exception {one.number} of {incident.ref}", *when, ". Nothing was changed."),
    )


def outlasted(incident: Incident, one: PolicyException) -> Refused:
    """Return no. 97 for one whose end came before its answer."""
    until: Sentence = (When(one.until),) if one.until else ()
    return Refused(
        number=97,
        sentence=(
            f"Exception {one.number} of {incident.ref} was asked for until ",
            *until,
            ", which is past. Nothing was approved; it can be asked for again.",
        ),
    )


def your_own_request(incident: Incident, one: PolicyException, others: Iterable[str]) -> Refused:
    """Return no. 98: nobody approves what they asked for while the Board has somebody else."""
    names: list[Who | str] = []
    for who in others:
        names += [" or " if names else "", Who(who)]
    asked = f"You asked for exception {one.number} of {incident.ref}, so another of the Board answers it: "
    return Refused(number=98, sentence=(asked, *names, "."))


def until_too_far(days: int) -> Refused:
    """Return no. 61: an exception is looked at again at least as often as the policy is."""
    said = (
        f"An exception lasts {days} days at most, as long as the policy goes without a review. It can be asked again."
    )
    return Refused(number=61, sentence=(said,))
