"""Declaring while the database did not answer: what was promised then is kept, from then (degraded)."""

from dataclasses import replace

from bot.incident.commands import Declare
from bot.incident.context import Context
from bot.incident.history import events as e
from bot.incident.history.spool_events import DeclaredDegraded
from bot.incident.model import Incident
from bot.incident.rules.pages import other_way


def as_of_then(command: Declare, context: Context) -> Context:
    """Return the context with the moment at which the declaration was made as its present."""
    return replace(context, now=command.spooled.at) if command.spooled else context


def degraded(command: Declare, context: Context) -> tuple[DeclaredDegraded, ...]:
    """Return that it was declared while the database did not answer, if it was."""
    if command.spooled is None:
        return ()
    return (DeclaredDegraded(at=context.now, by=context.actor.id, ref=command.spooled.ref),)


def by_other_ways(command: Declare, incident: Incident, context: Context) -> tuple[e.PersonPaged, ...]:
    """Return the pages of `incident` by each person's second way too, where the declaration was made in the dark.

    Nobody could see then whether the first way was answered.
    """
    if command.spooled is None:
        return ()
    return tuple(also for page in incident.pages for also in other_way(page, incident, context))
