"""Flooding: one person's alarms beyond three a minute are kept with the last one, and nobody else's are held up."""

from datetime import timedelta

from bot.incident import commands as c
from bot.incident.context import Context, Recent
from bot.incident.decision import LONGEST_NOTE
from bot.incident.refusing.flood_refusals import too_many, too_soon
from bot.incident.refusing.refusals import Refused
from bot.words import ActorKind

MOST, WITHIN = 3, timedelta(minutes=1)
"""So many alarms one person declares within this time, each an incident of its own."""

REST = timedelta(seconds=20)
"""So long after the last one, another may be declared separately all the same."""


def refuse_flood(command: c.Declare, context: Context) -> Refused | None:
    """Return why the one who asks does not get one more incident now, or None.

    An operator at a shell always does, and so does a private alarm, or one from a private channel: what it says goes
    onto no other timeline (G6.1). So does one that is worse than all before it: it has to wake people; and one that
    would be noted where nobody looks any more.
    """
    lately = _lately(context)
    severity = command.severity or context.policy.default_severity
    is_worse = all(severity.rank < one.severity.rank for one in lately)
    is_private = command.is_private or (command.host is not None and command.host.is_private)
    unheld = context.actor.kind is not ActorKind.PERSON or is_private
    last = keeper(context)
    if unheld or is_worse or last is None or len(lately) < MOST:
        return None
    left = lately[0].at + REST - context.now
    if not context.apart:
        return too_many(last.number, declared=len(lately), wait=REST)
    return too_soon(last.number, left=max(left, timedelta(seconds=1))) if left > timedelta() else None


def keeper(context: Context) -> Recent | None:
    """Return on whose timeline one alarm too many is kept: the newest of that minute that may; None where none may."""
    return next((one for one in _lately(context) if one.keeps), None)


def _lately(context: Context) -> list[Recent]:
    return [one for one in context.recent if context.now - one.at < WITHIN]


def kept(command: c.Declare) -> c.AddNote:
    """Return the note that keeps an alarm one person declared too many."""
    severity = f" ({command.severity.label})" if command.severity else ""
    words = f"Declared{severity}: {command.title}\n{command.description}".strip()
    return c.AddNote(words=words[:LONGEST_NOTE])
