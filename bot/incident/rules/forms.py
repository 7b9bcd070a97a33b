"""Whether a form may be opened at all: better told before one has written than after."""

from bot.incident import commands as c
from bot.incident.authority.denying import refuse_right
from bot.incident.authority.rights import Right
from bot.incident.context import Context
from bot.incident.decide import refuse_status
from bot.incident.lifecycle import allows
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused
from bot.incident.rules import excepting
from bot.incident.rules.handover import refuse_answer, refuse_offer
from bot.words import Act, Classification, Role, Severity

_ASKS: dict[Act, c.Command] = {
    Act.POST_UPDATE: c.PostUpdate(now=""),
    Act.ESCALATE: c.Escalate(why=""),
    Act.PAGE_PERSON: c.PagePerson(person=""),
    Act.HAND_OVER: c.OfferCommand(person="", brief=""),
    Act.ANSWER_OFFER: c.AcceptCommand(),
    Act.MITIGATE: c.Mitigate(words=""),
    Act.RESOLVE: c.Resolve(words=""),
    Act.CANCEL: c.Cancel(why=""),
    Act.CHANGE_SEVERITY: c.ChangeSeverity(severity=Severity.SEV1),
    Act.SUGGEST_SEVERITY: c.SuggestSeverity(severity=Severity.SEV1, why=""),
    Act.REOPEN: c.Reopen(why=""),
    Act.TAKE_ROLE: c.TakeRole(role=Role.SCRIBE),
    Act.GIVE_ROLE: c.TakeRole(role=Role.SCRIBE),
    Act.CLASSIFY: c.Classify(to=Classification.INTERNAL),
    Act.EXCEPTION: c.AskException(why=""),
    Act.DECLINE_EXCEPTION: c.DeclineException(why=""),
}


_RIGHTS: dict[Act, Right] = {
    Act.POST_UPDATE: Right.UPDATE,
    Act.SNOOZE: Right.UPDATE,
    Act.CHANGE_SEVERITY: Right.RAISE,
    Act.MITIGATE: Right.MITIGATE,
    Act.RESOLVE: Right.RESOLVE,
    Act.CANCEL: Right.CANCEL,
    Act.CLASSIFY: Right.CLASSIFY,
    Act.GIVE_ROLE: Right.GIVE_ROLE,
    Act.EXCEPTION: Right.ASK_EXCEPTION,
    Act.DECLINE_EXCEPTION: Right.ANSWER_EXCEPTION,
}
"""The right without which a form is not opened; who may raise a severity is told in its form who may lower it."""


def refuse_form(act: Act, incident: Incident, context: Context) -> Refused | None:
    """Return why the form for `act` is not opened for this person now, or None."""
    right = _RIGHTS.get(act)
    refused = refuse_right(right, incident, context) if right else None
    if refused and incident.status.is_open:
        return refused
    command = _ASKS.get(act)
    if command and not allows(command, incident.status):
        return refuse_status(incident, command, context)
    if act in {Act.HAND_OVER, Act.ANSWER_OFFER}:
        return (refuse_offer if act is Act.HAND_OVER else refuse_answer)(incident, context)
    if refused:
        return refused
    return excepting.refuse_asking(incident, context) if act is Act.EXCEPTION else None
