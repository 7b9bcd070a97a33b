"""Retitling: the incident gets a better name, and the old one stays on the record."""

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import MIN_TITLE, Decision, word_count
from bot.incident.history.turns import Retitled
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused, say_what
from bot.incident.rules.declare import fit_title


def retitle(command: c.Retitle, incident: Incident, context: Context) -> Decision:
    """Return the new title; at most 100 characters of it."""
    if word_count(command.title) < MIN_TITLE:
        return say_what(MIN_TITLE, what=f"what {incident.ref} is to be called")
    title, _ = fit_title(command.title, "")
    if title == incident.title:
        return Refused(number=17, sentence=(f"{incident.ref} is called that already. Nothing was changed.",))
    return (Retitled(at=context.now, by=context.actor.id, was=incident.title, title=title),)
