"""What follows for an incident that was declared while the database did not answer: its channel is told, once."""

from collections.abc import Iterator

from bot.incident.context import Context
from bot.incident.history.spool_events import DeclaredDegraded
from bot.incident.model import Incident
from bot.incident.reacting.drafting import Reaction, iso, say


def declared_degraded(event: DeclaredDegraded, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    """Return the line that says so."""
    yield say(incident, "line.degraded", {"by": event.by, "at": iso(event.at), "ref": event.ref})
