"""Paging on: a page that does not get through goes by the next way of the same person, else to the next person."""

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import Decision
from bot.incident.history import events as e
from bot.incident.history.paged import Page, PageOutcome
from bot.incident.model import Incident
from bot.incident.rules.asking import is_asked, next_asked
from bot.incident.rules.pages import further_way, next_page
from bot.words import Status


def record_page_failing(command: c.RecordPageFailing, incident: Incident, context: Context) -> Decision:
    """Return the page by the person's next way at once; where they have none left, a second failure calls the next.

    A page in Slack is only ever sent on to its own person: everybody else's page in Slack would fail as well.
    """
    page = _page(command.ref, incident)
    if page is None or page.outcome is not PageOutcome.SENT:
        return ()
    if is_asked(page, incident):
        return next_asked(page.ref, incident, context)
    if incident.status is not Status.DECLARED:
        return ()
    further = further_way(page, incident, context)
    if further or command.tries == 1 or not page.outside or _went_on(page, incident):
        return further
    return record_undeliverable(c.RecordUndeliverable(ref=command.ref, error=command.error), incident, context)


def _went_on(page: Page, incident: Incident) -> bool:
    """Return whether the same person was paged since by a way that is not known to fail."""
    since = incident.pages[incident.pages.index(page) + 1 :]
    return any(one.person == page.person and one.outcome is PageOutcome.SENT for one in since)


def record_undeliverable(command: c.RecordUndeliverable, incident: Incident, context: Context) -> Decision:
    """Return the page known to have failed and, while nobody has acknowledged, the next one sent at once."""
    page = _page(command.ref, incident)
    if page is None or page.outcome is not PageOutcome.SENT:
        return ()
    failed = e.PageUndeliverable(at=context.now, by=context.actor.id, ref=command.ref, error=command.error)
    if is_asked(page, incident):
        return (failed, *next_asked(page.ref, incident, context))
    if incident.status is not Status.DECLARED:
        return (failed,)
    return (failed, *next_page(incident, context, instead_of=""))


def _page(ref: str, incident: Incident) -> Page | None:
    return next((page for page in incident.pages if page.ref == ref), None)
