"""Reopening: it is not over, clocks start again, and if nobody is left on it somebody is called."""

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import MIN_REASON, Decision, word_count
from bot.incident.history.apply import apply
from bot.incident.history.turns import Reopened
from bot.incident.model import Incident
from bot.incident.refusing.refusals import REASON_TOO_THIN
from bot.incident.rules.pages import first_page
from bot.words import Status


def reopen(command: c.Reopen, incident: Incident, context: Context) -> Decision:
    """Return the incident open again: any member may, for it is an alarm; the on-call is paged if nobody leads it."""
    if word_count(command.why) < MIN_REASON:
        return REASON_TOO_THIN
    reopened = Reopened(
        at=context.now,
        by=context.actor.id,
        words=command.why,
        unled=incident.commander is None or incident.commander in context.gone,
        update_every=context.rules(incident.severity).update_every,
    )
    after = apply(incident, reopened)
    pages = first_page(after, context) if after.status is Status.DECLARED else ()
    return (reopened, *pages)
