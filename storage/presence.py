"""When Tocsin was last seen: one row for every process on this database."""

from sqlalchemy import Connection, insert, select, update

from bot.incident.history.absence import Absence
from bot.rows import LostRaceError, Presence
from storage.tables import PRESENCE

NAME = "tocsin"


class PresenceStore:
    """The row, compared and set so that one of two processes finds an absence, and not both."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self) -> Presence | None:
        """Return when Tocsin was last seen, or None before the first time."""
        row = self._connection.execute(select(PRESENCE).where(PRESENCE.c.name == NAME)).mappings().first()
        if row is None:
            return None
        since, until = row["away_since"], row["away_until"]
        return Presence(seen_at=row["seen_at"], absence=Absence(since=since, until=until) if since and until else None)

    def put(self, presence: Presence, *, was: Presence | None) -> None:
        """Write `presence` where the row is still as it `was`; LostRaceError otherwise."""
        absence = presence.absence
        row = {
            "name": NAME,
            "seen_at": presence.seen_at,
            "away_since": absence.since if absence else None,
            "away_until": absence.until if absence else None,
        }
        if was is None:
            self._connection.execute(insert(PRESENCE), row)
            return
        until = was.absence.until if was.absence else None
        same = (PRESENCE.c.seen_at == was.seen_at) & PRESENCE.c.away_until.is_not_distinct_from(until)
        if self._connection.execute(update(PRESENCE).where(PRESENCE.c.name == NAME, same).values(row)).rowcount != 1:
            message = "another process was seen first"
            raise LostRaceError(message)
