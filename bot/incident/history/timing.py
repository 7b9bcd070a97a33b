"""Folding times onto an incident: the latest counts, the earlier ones stay."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.incident.history.events import Event
from bot.incident.history.time_events import TimeTold
from bot.incident.history.told_times import Moment, ToldTime
from bot.incident.model import Incident


def time_of(incident: Incident, which: Moment) -> datetime | None:
    """Return when `which` was, as far as anybody said: the latest word counts."""
    told = [one.at for one in incident.told_times if one.which is which]
    known = {Moment.STARTED: incident.started_at, Moment.DETECTED: incident.detected_at}
    return told[-1] if told else known.get(which, incident.alerted_at)


def _told(event: TimeTold, incident: Incident) -> Incident:
    told = ToldTime(which=event.which, at=event.moment, by=event.by, told_at=event.at, was=event.was)
    times = (*incident.told_times, told)
    # Clocks count from `alerted_at`, so what people say of it later moves none: a miss would be missed once more.
    known = {Moment.STARTED: "started_at", Moment.DETECTED: "detected_at"}.get(event.which)
    kept = replace(incident, told_times=times)
    return replace(kept, **{known: event.moment}) if known else kept  # type: ignore[arg-type]


TIMED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {TimeTold: _told}
"""How each event about times changes the incident it happens to."""
