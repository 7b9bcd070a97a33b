"""Deliveries from Slack that changed something, and what was answered."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from storage.delivery_tables import REQUEST_KEY

# Statements asked for at every request are built once.
ANSWERED = select(REQUEST_KEY.c.answer).where(REQUEST_KEY.c.key == bindparam("wanted"))
REMEMBERED = insert(REQUEST_KEY)


class RequestStore:
    """Answers by key (`trigger_id`, `event_id`), so that a repeated delivery gets the first one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def answered(self, key: str) -> bytes | None:
        """Return what was answered to `key`, or None if it is new."""
        return self._connection.execute(ANSWERED, {"wanted": key}).scalar()

    def answered_at(self, key: str) -> datetime | None:
        """Return when `key` was answered, or None if it is new."""
        return self._connection.execute(select(REQUEST_KEY.c.at).where(REQUEST_KEY.c.key == key)).scalar()

    def remember(self, key: str, *, answer: bytes, now: datetime) -> None:
        """Keep `answer` under `key`; a key another transaction kept first ends this one with LostRaceError."""
        self._connection.execute(REMEMBERED, {"key": key, "answer": answer, "at": now})
