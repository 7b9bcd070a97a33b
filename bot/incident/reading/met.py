"""What was met: whether the status update that was due at a moment has been posted."""

from datetime import datetime

from bot.incident.model import Incident
from bot.words import ClockKind


def update_met(incident: Incident, due_at: datetime | None) -> bool:
    """Return whether the update that was due at `due_at` (aware UTC) was posted.

    The last update meets every due time up to its own, but none that is still ahead or was missed after it: one posted
    at the moment of the declaration is due again when the first one was.
    """
    last, cadence = incident.last_update, incident.cadence
    if due_at is None or last is None or last.due_at is None or last.due_at < due_at:
        return False
    ahead = cadence is not None and cadence.due_at == due_at
    return not ahead and not any(
        mark.kind is ClockKind.UPDATE and mark.due_at == due_at and mark.at > last.at for mark in incident.missed
    )
