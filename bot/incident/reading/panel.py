"""The control panel: what one person may do to an incident now, and why the rest is not shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.incident import commands as c
from bot.incident.authority.deciding import may
from bot.incident.authority.rights import Right
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
    Act.CONFIRM_SEVERITY: c.ConfirmSeverity(),
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
    if act is Act.CONFIRM_SEVERITY and incident.awaiting is None:
        return "nothing to confirm"
    if act is Act.TAKE_COMMAND and incident.commander_answered and incident.commander == context.actor.id:
        return "you command already"
    if act in _RIGHTS:
        right, otherwise = _right(act, incident)
        return "" if may(right, incident, context) else otherwise
    refused = refuse_form(act, incident, context)
    if refused is None:
        return ""
    if act in {Act.POST_UPDATE, Act.HAND_OVER}:
        return "nobody commands" if incident.commander is None else "for the commander"
    return "for who leads"


_CALLED = "for its teams and who is on call"
_RIGHTS: Mapping[Act, tuple[Right, str]] = {
    Act.ACKNOWLEDGE: (Right.ACKNOWLEDGE, _CALLED),
    Act.TAKE_COMMAND: (Right.TAKE_COMMAND, _CALLED),
    Act.CANCEL: (Right.CANCEL, "for its declarer and who leads"),
    Act.CONFIRM_SEVERITY: (Right.CONFIRM, "for those on its list"),
}
"""Acts that open no form, or whose form says more: the right to them, and for whom they are."""


def _right(act: Act, incident: Incident) -> tuple[Right, str]:
    if act is Act.TAKE_COMMAND and incident.commander_answered:
        return Right.TAKE_OVER, "the commander holds it"
    return _RIGHTS[act]


def _standing(act: Act, incident: Incident) -> str:
    was_real = act is Act.CANCEL and incident.status is Status.MITIGATED
    return "it was real" if was_real else f"already {incident.status}"


def roles_of(incident: Incident, person: str) -> tuple[Role, ...]:
    """Return the roles `person` holds."""
    return tuple(role for role in Role if incident.holder(role) == person)
