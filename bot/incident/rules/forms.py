"""Whether a form may be opened at all: better told before one has written than after."""

from bot.incident import commands as c
from bot.incident.access import refuse_lead, refuse_update
from bot.incident.context import Context
from bot.incident.decide import refuse_status
from bot.incident.lifecycle import allows
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused
from bot.incident.rules import excepting
from bot.incident.rules.classifying import refuse_classifying
from bot.incident.rules.handover import refuse_answer, refuse_offer
from bot.incident.rules.severity import refuse_raising
from bot.words import Act, Classification, Role, Severity

_ASKS: dict[Act, c.Command] = {
    Act.POST_UPDATE: c.PostUpdate(now=""),
    Act.ESCALATE: c.Escalate(why=""),
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


def refuse_form(act: Act, incident: Incident, context: Context) -> Refused | None:
    """Return why the form for `act` is not opened for this person now, or None."""
    command = _ASKS.get(act)
    if command and not allows(command, incident.status):
        return refuse_status(incident, command, context)
    if act in {Act.POST_UPDATE, Act.SNOOZE}:
        return refuse_update(incident, context, kept="")
    if act in {Act.HAND_OVER, Act.ANSWER_OFFER}:
        return (refuse_offer if act is Act.HAND_OVER else refuse_answer)(incident, context)
    if act is Act.CHANGE_SEVERITY:
        return refuse_raising(incident, context)
    if act in {Act.MITIGATE, Act.RESOLVE}:
        return refuse_lead(incident, context, doing=f"{act.value.capitalize().removesuffix('e')}ing")
    if act is Act.CLASSIFY:
        return refuse_classifying(incident, context)
    if act is Act.GIVE_ROLE:
        return refuse_lead(incident, context, doing="Giving roles on")
    first = _BOARD.get(act)
    return first(incident, context) if first else None


_BOARD = {Act.EXCEPTION: excepting.refuse_asking, Act.DECLINE_EXCEPTION: excepting.refuse_answer}
