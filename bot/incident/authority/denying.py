"""Denying: a no becomes the sentence for whoever asked, with who can, and the reason for the record."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, assert_never

from bot.incident import commands as c
from bot.incident.authority.deciding import Denied, Grounds, Reason, access_to, decide_access, may, who_may
from bot.incident.authority.rights import Right
from bot.incident.authority.table import RULES
from bot.incident.context import Context
from bot.incident.kept import kept_words
from bot.incident.model import Incident
from bot.incident.reacting.effects import Words
from bot.incident.refusing.authority_refusals import (
    confirming_not_yours,
    no_commander,
    nobody_to_post,
    not_called_to_it,
    updates_not_yours,
)
from bot.incident.refusing.refusals import APP, OUTSIDER, Refused, guest, not_allowed, unknown_incident
from bot.incident.refusing.role_refusals import role_held
from bot.incident.refusing.turn_refusals import lowering_not_yours
from bot.words import Role


def refuse_command(command: c.Command, incident: Incident, context: Context) -> Refused | None:
    """Return why the one who asks may not ask `command` of `incident`, or None (G2.1)."""
    access = access_to(command, incident, context)
    if not isinstance(access, Denied):
        return None
    return because(_refused(access, command, incident, context), access)


def refuse_right(act: Right, incident: Incident, context: Context) -> Refused | None:
    """Return why the one who asks does not have the right, before they have said with which words, or None."""
    access = decide_access(principal=context.actor, act=act, resource=incident, context=context)
    if not isinstance(access, Denied):
        return None
    return because(_refused(access, None, incident, context), access)


def because(refused: Refused, denied: Denied) -> Refused:
    """Return the refusal with its reason for the record."""
    return replace(refused, because=denied_words(denied))


def denied_words(denied: Denied) -> Words:
    """Return a denial for the record: the reason, the right, its activity, and what duty the person has instead."""
    activity = RULES[denied.right].activity
    said: Words = {"reason": denied.reason.value, "right": denied.right.value}
    return {
        **said,
        **({"activity": activity.value} if activity else {}),
        **({"has": [_duty(one) for one in denied.has]} if denied.has else {}),
    }


def _duty(grounds: Grounds) -> str:
    return f"{grounds.duty} as {grounds.party}"


def _refused(denied: Denied, command: c.Command | None, incident: Incident, context: Context) -> Refused:
    match denied.reason:
        case Reason.EXTERNAL | Reason.DEACTIVATED:
            return OUTSIDER
        case Reason.GUEST:
            return guest(context.policy.people.emergency_number)
        case Reason.APP:
            return APP
        case Reason.HIDDEN:
            return unknown_incident(incident.number)
        case Reason.NO_DUTY | Reason.OWN_ALARM:
            worded = _WORDED.get(denied.right, _plainly)
            return worded(denied.right, command, incident, context)
        case _ as never:
            assert_never(never)


def _plainly(act: Right, command: c.Command | None, incident: Incident, context: Context) -> Refused:
    kept = kept_words(command) if command else ""
    doing = RULES[act].doing.format(incident.ref)
    return not_allowed(doing=doing, who=who_may(act, incident, context), kept=kept)


def _answering(act: Right, _: object, incident: Incident, context: Context) -> Refused:
    return not_called_to_it(doing=RULES[act].doing.format(incident.ref), who=who_may(act, incident, context))


def _confirming(act: Right, _: object, incident: Incident, context: Context) -> Refused:
    return confirming_not_yours(incident, who=who_may(act, incident, context))


def _updating(_: Right, command: c.Command | None, incident: Incident, context: Context) -> Refused:
    kept, words = kept_words(command) if command else "", not isinstance(command, c.SnoozeUpdates)
    if incident.commander:
        return updates_not_yours(incident, lead=incident.holder(Role.COMMUNICATIONS_LEAD), kept=kept, words=words)
    if may(Right.TAKE_COMMAND, incident, context):
        return no_commander(incident, kept=kept, words=words)
    return nobody_to_post(incident, who=who_may(Right.TAKE_COMMAND, incident, context), kept=kept)


def _lowering(act: Right, command: c.Command | None, incident: Incident, context: Context) -> Refused:
    if not isinstance(command, c.ChangeSeverity):
        return _plainly(act, command, incident, context)
    who = who_may(act, incident, context)
    return lowering_not_yours(incident.severity, to=command.severity, who=who, kept=command.why)


def _inviting(_: Right, __: object, incident: Incident, ___: Context) -> Refused:
    return unknown_incident(incident.number)


def _held(_: Right, command: Any, incident: Incident, __: Context) -> Refused:  # noqa: ANN401 - a role's command
    return role_held(incident, command.role)


def _guarded(act: Right, command: Any, incident: Incident, context: Context) -> Refused:  # noqa: ANN401
    doing = f"Taking the role of {command.role} on {incident.ref}"
    return not_allowed(doing=doing, who=who_may(act, incident, context))


_WORDED: Mapping[Right, Callable[[Right, Any, Incident, Context], Refused]] = {
    Right.ACKNOWLEDGE: _answering,
    Right.TAKE_COMMAND: _answering,
    Right.CONFIRM: _confirming,
    Right.UPDATE: _updating,
    Right.LOWER: _lowering,
    Right.INVITE_INTO_PRIVATE: _inviting,
    Right.TAKE_HELD_ROLE: _held,
    Right.TAKE_GUARDED_ROLE: _guarded,
}
"""Rights whose refusal says more than who has them."""
