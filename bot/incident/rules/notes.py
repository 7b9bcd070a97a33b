"""Notes: people's words on the timeline, told later if need be, set right by adding, never by changing (G7.1)."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import Decision, word_count
from bot.incident.history.note_events import NoteAdded, NoteWithdrawn
from bot.incident.model import Incident
from bot.incident.refusing.note_refusals import (
    before_declared,
    in_the_future,
    not_your_note,
    nothing_to_correct,
    withdrawn_already,
)
from bot.incident.refusing.refusals import Refused, say_what

CLOCK_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(\s*UTC)?", re.IGNORECASE)
"""A time as people type it: "13:50", in their own zone, or "13:50 UTC"."""

DAY = timedelta(days=1)


def add_note(command: c.AddNote, incident: Incident, context: Context) -> Decision:
    """Return the note; one that tells of earlier may reach back to the declaration and never ahead."""
    if word_count(command.words) < 1:
        return say_what(1, what=f"what to put on the timeline of {incident.ref}")
    if command.corrects is not None and not 1 <= command.corrects <= incident.notes:
        return nothing_to_correct(f"note {command.corrects} of {incident.ref}", kept=command.words)
    refused = _refuse_time(command, incident, context)
    if refused:
        return refused
    noted = NoteAdded(
        at=context.now,
        by=context.actor.id,
        words=command.words,
        number=incident.notes + 1,
        told_at=command.at,
        corrects=command.corrects,
        author=command.author,
        pin=command.pin,
    )
    return (noted,)


def _refuse_time(command: c.AddNote, incident: Incident, context: Context) -> Refused | None:
    if command.at is None:
        return None
    if command.at > context.now:
        return in_the_future(kept=command.words)
    begun = incident.declared.at.replace(second=0, microsecond=0)
    return before_declared(incident, kept=command.words) if command.at < begun else None


def withdraw_note(command: c.WithdrawNote, incident: Incident, context: Context) -> Decision:
    """Return the note marked as withdrawn by its author; nothing is deleted."""
    if command.author != context.actor.id:
        return not_your_note(command.note)
    if command.note in incident.withdrawn:
        return withdrawn_already(command.note)
    return (NoteWithdrawn(at=context.now, by=context.actor.id, number=command.note),)


def read_time(typed: str, *, zone: tzinfo, now: datetime, not_before: datetime) -> datetime:
    """Return the moment that `typed` ("13:50", read in `zone`, or "13:50 UTC") names: today's, in UTC.

    Where today's is still to come and yesterday's is not before `not_before`, yesterday's is meant: a note at ten past
    midnight tells of 23:50. ValueError for what is no time.
    """
    found = CLOCK_TIME.fullmatch(typed.strip())
    if found is None:
        message = f"{typed!r} is no time of day"
        raise ValueError(message)
    here = now.astimezone(UTC if found[3] else zone)
    today = here.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
    yesterday = today - DAY
    meant = yesterday if today > here and yesterday >= not_before.replace(second=0, microsecond=0) else today
    return meant.astimezone(UTC)
