"""How often each person was denied lately: what bounds the entries one person's denials may write."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select

from bot.rows import Denials
from storage.audit_tables import DENIAL
from storage.sql import upsert

ONE = select(DENIAL).where(DENIAL.c.actor == bindparam("wanted"))
"""Built once: somebody who is denied is often denied again and again."""


class DenialStore:
    """One row per person while their window runs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, actor: str) -> Denials | None:
        """Return how often `actor` was denied in the window that runs for them, or None."""
        row = self._connection.execute(ONE, {"wanted": actor}).mappings().first()
        return Denials(**row) if row else None

    def put(self, denials: Denials) -> None:
        """Write how often somebody was denied in their window."""
        row = {"actor": denials.actor, "since": denials.since}
        upsert(self._connection, DENIAL, [{**row, "written": denials.written, "skipped": denials.skipped}])

    def end(self, actor: str) -> None:
        """Forget the window of `actor`."""
        self._connection.execute(delete(DENIAL).where(DENIAL.c.actor == actor))

    def before(self, since: datetime) -> Sequence[Denials]:
        """Return the windows that began at `since` or earlier, the oldest first."""
        query = select(DENIAL).where(DENIAL.c.since <= since).order_by(DENIAL.c.since, DENIAL.c.actor)
        return [Denials(**row) for row in self._connection.execute(query).mappings()]

    def oldest_skipped(self) -> datetime | None:
        """Return when the oldest window began in which a denial was not written, or None."""
        return self._connection.execute(select(func.min(DENIAL.c.since)).where(DENIAL.c.skipped > 0)).scalar()
