"""An absence: the time in which Tocsin ran nowhere, or could not look at its clocks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

AWAY_AFTER = timedelta(minutes=2)
"""From how long an absence is told of.

That Tocsin is here is written down once a minute, so it is seen at most a minute less than it was here: what is told
of was a minute at least. A restart is shorter, and no late reminder is far from its time within it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """From when Tocsin was last seen until when it was back."""

    since: datetime
    until: datetime
