"""The control panel: what one person may do to an incident now, and why the rest is not shown."""

from dataclasses import dataclass

from bot.incident import commands as c
from bot.incident.access import leads
from bot.incident.context import Context
from bot.incident.lifecycle import allows
from bot.incident.model import Incident
from bot.incident.rules.forms import refuse_form
from bot.words import Act, Role, Severity, Status

ASKS: dict[Act, c.Command] = {
    Act.ACKNOWLEDGE: c.Acknowledge(),
    Act.TAKE_COMMAND: c.TakeCommand(),
    Act.POST_UPDATE: c.PostUpdate(now=""),
    Act.MITIGATE: c.Mitigate(words=""),
    Act.RESOLVE: c.Resolve(words=""),
    Act.HAND_OVER: c.OfferCommand(person="", brief=""),
    Act.ESCALATE: c.Escalate(why=""),
    Act.PAGE_PERSON: c.PagePerson(person=""),
    Act.CHANGE_SEVERITY: c.ChangeSeverity(severity=Severity.SEV1),
    Act.CANCEL: c.Cancel(why=""),
}
"""Everything that changes an incident by a press on the panel, in the order people look for it."""

ALWAYS = (Act.ROLES, Act.NOTE, Act.TIMELINE, Act.SUMMARY, Act.TIMES)
"""What everybody who sees an incident may do, whatever its status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One act: `why_not` says in a few words what stands in the way, "" when nothing does."""

    act: Act
    why_not: str = ""


def offers(incident: Incident, context: Context) -> tuple[Offer, ...]:
    """Return every act of the panel for the one who asks, in order."""
    return tuple(Offer(act=act, why_not=_why_not(act, incident, context)) for act in ASKS)


def following(incident: Incident, context: Context) -> tuple[Act, ...]:
    """Return whether the one who asks may begin to follow the incident, or end it; nothing once it is over for good."""
    if context.actor.id in incident.followers:
        return (Act.UNFOLLOW,)
    return (Act.FOLLOW,) if allows(c.Follow(), incident.status) else ()


def _why_not(act: Act, incident: Incident, context: Context) -> str:
    if not allows(ASKS[act], incident.status):
        return _standing(act, incident)
    if act is Act.TAKE_COMMAND:
        return _why_no_seat(incident, context)
    if act is Act.CANCEL:
        mine = context.actor.id == incident.declared.by or leads(incident, context)
        return "" if mine else "for its declarer and who leads"
    refused = refuse_form(act, incident, context)
    if refused is None:
        return ""
    if act in {Act.POST_UPDATE, Act.HAND_OVER}:
        return "nobody commands" if incident.commander is None else "for the commander"
    return "for who leads"


def _standing(act: Act, incident: Incident) -> str:
    was_real = act is Act.CANCEL and incident.status is Status.MITIGATED
    return "it was real" if was_real else f"already {incident.status}"


def _why_no_seat(incident: Incident, context: Context) -> str:
    if not incident.commander_answered:
        return ""
    if incident.commander == context.actor.id:
        return "you command already"
    return "" if leads(incident, context) else "the commander holds it"


def roles_of(incident: Incident, person: str) -> tuple[Role, ...]:
    """Return the roles `person` holds."""
    return tuple(role for role in Role if incident.holder(role) == person)
