"""Confirming: a SEV-1 or SEV-2 raised by somebody not on its list runs at once, and awaits a yes that nothing needs."""

from bot.incident import commands as c
from bot.incident.authority.deciding import Allowed, decide_access
from bot.incident.authority.rights import Right
from bot.incident.context import Context
from bot.incident.decision import Decision
from bot.incident.history.confirming_events import SeverityConfirmed
from bot.incident.model import Incident
from bot.incident.refusing.authority_refusals import nothing_to_confirm
from bot.policy.model import Policy
from bot.policy.rulebook import Activity
from bot.words import ActorKind, Severity


def confirm_severity(_: c.ConfirmSeverity, incident: Incident, context: Context) -> Decision:
    """Return the severity confirmed by somebody who is R or A of declaring (G2)."""
    if incident.awaiting is None:
        return nothing_to_confirm(incident)
    raised_by = incident.awaiting.raised_by
    by = context.actor.id
    return (SeverityConfirmed(at=context.now, by=by, severity=incident.severity, raised_by=raised_by),)


def wants_confirmation(*, policy: Policy, severity: Severity) -> bool:
    """Return whether the duties have a list of who declares this severity (G2: SEV-1 and SEV-2)."""
    listed = policy.raci.activities[Activity.DECLARE].severities
    return not listed or severity in listed


def is_awaiting(act: Right, severity: Severity, incident: Incident | None, context: Context) -> bool:
    """Return whether `severity`, declared or raised by the one who asks, awaits the word of somebody on its list."""
    if context.actor.kind is not ActorKind.PERSON or not wants_confirmation(policy=context.policy, severity=severity):
        return False
    access = decide_access(principal=context.actor, act=act, resource=incident, context=context)
    return not (isinstance(access, Allowed) and access.grounds.duty)
