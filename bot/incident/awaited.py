"""Which pages that a person asked for still wait for an answer."""

from bot.incident.history.asked_page import AskedPage
from bot.incident.history.paged import PageOutcome
from bot.incident.model import Incident
from bot.words import Status


def awaited(incident: Incident) -> tuple[AskedPage, ...]:
    """Return the asked pages nobody has answered: who was called answers in person, before that anybody does."""
    return tuple(one for one in incident.asked if is_awaited(one, incident))


def is_awaited(asked: AskedPage, incident: Incident) -> bool:
    """Return whether `asked` still waits for an answer."""
    if not incident.status.is_open or asked.at < incident.runs_since:
        return False
    if asked.is_call:
        mine = (call for call in incident.calls if call.person == asked.person and call.at == asked.at)
        return any(call.answered_at is None for call in mine)
    passed_on = (page for page in incident.pages_now if page.outcome is PageOutcome.PASSED_ON)
    return incident.status is Status.DECLARED and asked.person not in {page.person for page in passed_on}
