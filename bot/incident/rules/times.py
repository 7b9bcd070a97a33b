"""Times: people say when the impact started, was detected, was alerted; a later word adds, and never overwrites."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import Decision
from bot.incident.history.time_events import TimeTold
from bot.incident.history.timing import time_of
from bot.incident.history.told_times import Moment
from bot.incident.model import Incident
from bot.incident.refusing.note_refusals import in_the_future
from bot.incident.refusing.refusals import Refused
from bot.incident.refusing.time_refusals import known_already, started_after_mitigated, too_long_ago, which_time

WHEN = re.compile(
    r"(?:(?P<day>\d{4}-\d{2}-\d{2}|today|yesterday)[ T])?"
    r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?P<utc>\s*(?:UTC|Z))?",
    re.IGNORECASE,
)
"""A moment as people type it: "13:50", "yesterday 23:10", "2026-11-20 23:10 UTC"."""

DAY, HALF_A_DAY = timedelta(days=1), timedelta(hours=12)
EARLIEST_YEAR = 1972
"""An earlier year is read as this one, and refused: Slack counts moments from 1970, and this one has a 29 February."""

LONGEST_AGO = timedelta(days=366)
"""How long before it was declared an incident may have begun; an earlier year is a slip of the finger."""


def set_times(command: c.SetTimes, incident: Incident, context: Context) -> Decision:
    """Return each time that was not known like this before; none lies ahead, and harm stops after it started."""
    said = {
        Moment.STARTED: command.started_at,
        Moment.DETECTED: command.detected_at,
        Moment.ALERTED: command.alerted_at,
    }
    given = {which: at for which, at in said.items() if at is not None}
    if not given:
        return which_time()
    refused = next((no for which, at in given.items() if (no := _refuse(which, at, incident, context))), None)
    if refused:
        return refused
    return tuple(_told(given, incident, context)) or known_already(incident)


def _refuse(which: Moment, at: datetime, incident: Incident, context: Context) -> Refused | None:
    if at > context.now:
        return in_the_future(kept="")
    if incident.declared.at - at > LONGEST_AGO:
        return too_long_ago(incident)
    if which is Moment.STARTED and incident.mitigated and at > incident.mitigated.at:
        return started_after_mitigated(incident, incident.mitigated.at)
    return None


def _told(given: dict[Moment, datetime], incident: Incident, context: Context) -> Iterator[TimeTold]:
    for which, at in given.items():
        was = time_of(incident, which)
        if was != at:
            yield TimeTold(at=context.now, by=context.actor.id, which=which, moment=at, was=was)


def read_moment(typed: str, *, zone: tzinfo, now: datetime) -> datetime:
    """Return the moment that `typed` names, read in `zone` unless it says UTC; in UTC, seconds dropped.

    Where no day is said and today's is still to come, yesterday's is meant if that is within the last 12 hours: at ten
    past midnight "23:50" is yesterday's. ValueError for what is no moment.
    """
    found = WHEN.fullmatch(typed.strip())
    if found is None:
        message = f"{typed!r} is no moment"
        raise ValueError(message)
    here = now.astimezone(UTC if found["utc"] else zone)
    meant = _day(found["day"], here).replace(
        hour=int(found["hour"]), minute=int(found["minute"]), second=0, microsecond=0
    )
    if not found["day"] and meant > here and now - (meant - DAY).astimezone(UTC) <= HALF_A_DAY:
        meant -= DAY
    return meant.astimezone(UTC)


def _day(named: str | None, here: datetime) -> datetime:
    word = (named or "today").casefold()
    if word in {"today", "yesterday"}:
        return here - DAY if word == "yesterday" else here
    day = datetime.fromisoformat(word)
    return here.replace(year=max(day.year, EARLIEST_YEAR), month=day.month, day=day.day)
