"""Do Not Disturb of somebody who is paged: that Slack said so, and how that changes the incident."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.incident.history.events import Event
from bot.incident.model import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class DoNotDisturbFound(Event):
    """Slack holds back the sound of page `ref` to `person`, who has Do Not Disturb on `until` then."""

    action = "incident.do_not_disturb_found"
    ref: str
    person: str
    until: datetime


DISTURBANCES: Mapping[str, type[Event]] = {DoNotDisturbFound.action: DoNotDisturbFound}


def _found(event: DoNotDisturbFound, incident: Incident) -> Incident:
    pages = tuple(replace(page, quiet_until=event.until) if page.ref == event.ref else page for page in incident.pages)
    return replace(incident, pages=pages)


DISTURBED: Mapping[type[Event], Callable[[Any, Incident], Incident]] = {DoNotDisturbFound: _found}
"""How it changes the incident it happens to."""
