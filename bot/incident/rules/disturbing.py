"""Do Not Disturb: a page whose sound Slack holds back goes by another way at once, where policy wakes people."""

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import Decision
from bot.incident.history.disturbing import DoNotDisturbFound
from bot.incident.history.paged import PageOutcome
from bot.incident.model import Incident
from bot.incident.rules.asking import is_asked, next_asked
from bot.incident.rules.pages import other_way
from bot.words import Status


def record_do_not_disturb(command: c.RecordDoNotDisturb, incident: Incident, context: Context) -> Decision:
    """Return that the person paged has Do Not Disturb on and, while nobody acknowledged, the page by another way.

    Hearing of it twice changes nothing.
    """
    page = next((page for page in incident.pages if page.ref == command.ref), None)
    if page is None or page.quiet_until:
        return ()
    by = context.actor.id
    found = DoNotDisturbFound(at=context.now, by=by, ref=page.ref, person=page.person, until=command.until)
    if is_asked(page, incident):
        return (found, *next_asked(page.ref, incident, context))
    if incident.status is not Status.DECLARED or page.outcome is not PageOutcome.SENT:
        return (found,)
    return (found, *other_way(page, incident, context))
