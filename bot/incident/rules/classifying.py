"""Classifying: who may see an incident, changed while it runs (G6.1)."""

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import MIN_REASON, Decision, word_count
from bot.incident.history import access_events as a
from bot.incident.model import Incident
from bot.incident.phases import kind_of
from bot.incident.refusing.access_refusals import classified_already, no_room_yet
from bot.incident.refusing.refusals import REASON_TOO_THIN, Refused
from bot.incident.refusing.type_refusals import too_open
from bot.policy.model import Policy
from bot.policy.playbooks import stricter
from bot.words import Classification


def classify(command: c.Classify, incident: Incident, context: Context) -> Decision:
    """Return the incident for other eyes; to show it to more people takes a reason.

    Slack turns no public channel private: it goes on in a new one.
    """
    if command.to is incident.classification:
        return classified_already(incident)
    if incident.is_private and not command.to.is_private and word_count(command.why) < MIN_REASON:
        return REASON_TOO_THIN
    if command.to is not stricter(command.to, least_of(incident, context.policy)):
        return too_open(incident, kind_of(incident, context.policy))
    made = classified(command.to, command.why, incident, context)
    return made if isinstance(made, Refused) else (made,)


def least_of(incident: Incident, policy: Policy) -> Classification:
    """Return the least restricted level it may have: its type's, once somebody has set the type (G6.1)."""
    return kind_of(incident, policy).classification if incident.playbook.type else Classification.PUBLIC


def classified(to: Classification, why: str, incident: Incident, context: Context) -> a.Classified | Refused:
    """Return the incident for other eyes, whoever is behind it; what is being made cannot be left yet."""
    moves = to.is_private and not incident.room.is_private
    if moves and incident.channel is None and not incident.channel_refused:
        return no_room_yet(incident)
    left = incident.channel if moves else None
    return a.Classified(
        at=context.now,
        by=context.actor.id,
        was=incident.classification,
        to=to,
        why=why,
        is_moved=moves,
        left=left.id if left else "",
        left_name=left.name if left else "",
        is_host_left=moves and incident.is_hosted,
    )
