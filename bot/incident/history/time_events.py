"""Events about an incident's times: what people said they were."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.incident.history.events import Event
from bot.incident.history.told_times import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeTold(Event):
    """`which` was at `moment`; `was` is what was known before, and stays on the record."""

    action = "incident.time_told"
    which: Moment
    moment: datetime
    was: datetime | None = None


TIMES: Mapping[str, type[Event]] = {TimeTold.action: TimeTold}
