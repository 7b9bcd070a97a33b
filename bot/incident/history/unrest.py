"""Changes that go back and forth, as a frozen value: when severity, seat or status turned, and who was told of it."""

from dataclasses import dataclass
from datetime import datetime

MOST_KEPT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrest:
    """When severity, commander's seat or status turned, the latest `MOST_KEPT`; `told_at` governance last heard."""

    turns: tuple[datetime, ...] = ()
    told_at: datetime | None = None


CALM = Unrest()
