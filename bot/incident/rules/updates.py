"""Status updates: what we tell people, that nothing changed, and silence with a reason (U5, G3.3)."""

from datetime import timedelta

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import MIN_REASON, Decision, word_count
from bot.incident.history import events as e
from bot.incident.history.cadence import UpdateKind
from bot.incident.model import Incident
from bot.incident.refusing.note_refusals import nothing_to_correct
from bot.incident.refusing.refusals import REASON_TOO_THIN, no_cadence, no_change_used_up, say_what, snooze_used_up
from bot.incident.sentences import spell
from bot.policy.model import SeverityRules


def post_update(command: c.PostUpdate, incident: Incident, context: Context) -> Decision:
    """Return the update in words."""
    if word_count(command.now) < 1:
        return say_what(1, what="what is happening now; one sentence will do")
    if command.corrects is not None and not 1 <= command.corrects <= incident.updates:
        return nothing_to_correct(f"status update {command.corrects} of {incident.ref}", kept=command.now)
    return (_posted(incident, context, UpdateKind.WORDS, command),)


def post_no_change(_: c.PostNoChange, incident: Incident, context: Context) -> Decision:
    """Return the update "no change", unless it was said as often in a row as policy lets it."""
    if not may_say_no_change(incident, context.rules(incident.severity)):
        return no_change_used_up(incident, in_row=context.rules(incident.severity).no_change_in_row)
    last = incident.last_update
    words = c.PostUpdate(now=last.now if last else "", affected=last.affected if last else "")
    return (_posted(incident, context, UpdateKind.NO_CHANGE, words),)


def may_say_no_change(incident: Incident, rules: SeverityRules) -> bool:
    """Return whether "no change" may be said once more in a row."""
    return incident.cadence is None or incident.cadence.unchanged < rules.no_change_in_row


def _posted(incident: Incident, context: Context, kind: UpdateKind, words: c.PostUpdate) -> e.StatusUpdatePosted:
    cadence = incident.cadence
    due_at = None
    if cadence:
        due_at = cadence.missed_due if cadence.in_row else cadence.due_at
    affected = words.affected or (incident.last_update.affected if incident.last_update else "")
    return e.StatusUpdatePosted(
        at=context.now,
        by=context.actor.id,
        number=incident.updates + 1,
        kind=kind,
        now=words.now,
        affected=affected,
        next=words.next,
        due_at=due_at,
        next_due_at=context.now + cadence.every if cadence else None,
        since=incident.last_update.at if incident.last_update else incident.declared.at,
        corrects=words.corrects,
    )


def snooze_updates(command: c.SnoozeUpdates, incident: Incident, context: Context) -> Decision:
    """Return silence until then, within what policy lets a person have; the due time stays."""
    if incident.cadence is None:
        return no_cadence(incident)
    if word_count(command.why) < MIN_REASON:
        return REASON_TOO_THIN
    rules = context.rules(incident.severity)
    longest = rules.snooze_at_most
    too_long = not timedelta() < command.until - context.now <= longest
    if too_long or incident.cadence.snoozed >= rules.snoozes_in_row:
        return snooze_used_up(incident.severity, in_row=rules.snoozes_in_row, longest=spell(longest))
    return (e.UpdatesSnoozed(at=context.now, by=context.actor.id, until=command.until, why=command.why),)
