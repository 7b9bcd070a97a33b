"""Slack ids of the channels policy names and of direct messages, opened ahead."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.sql import upsert
from storage.tables import PLACE

# Statements asked for many times a minute are built once.
ONE = select(PLACE.c.channel).where(PLACE.c.place == bindparam("wanted"))
ALL = select(PLACE.c.place, PLACE.c.channel).order_by(PLACE.c.place)


class PlaceStore:
    """Channel ids by place."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, place: str) -> str | None:
        """Return the Slack channel id of `place`, or None."""
        return self._connection.execute(ONE, {"wanted": place}).scalar()

    def put(self, place: str, channel: str, *, now: datetime) -> None:
        """Write that `place` is the Slack channel `channel`, as heard `now`."""
        upsert(self._connection, PLACE, [{"place": place, "channel": channel, "heard_at": now}])

    def all(self) -> Mapping[str, str]:
        """Return the Slack channel id of every place known."""
        return {row.place: row.channel for row in self._connection.execute(ALL)}
