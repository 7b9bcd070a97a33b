"""Closing: nothing about the incident is left to do, and its record is sealed."""

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import Decision
from bot.incident.history.turns import Closed
from bot.incident.model import Incident


def close(_: c.Close, incident: Incident, context: Context) -> Decision:
    """Return the incident closed; the lifecycle has refused what is not resolved."""
    return (Closed(at=context.now, by=context.actor.id, entries=incident.version + 1),)
