"""The people of the workspace, as last heard from Slack."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from bot.policy.rota import Member
from storage.sql import upsert
from storage.tables import MEMBER

FIELDS = tuple(field.name for field in fields(Member))


# Statements asked for at every request are built once.
ALL = select(*(MEMBER.c[name] for name in FIELDS)).order_by(MEMBER.c.id)
ONE = ALL.where(MEMBER.c.id == bindparam("wanted"))
SEVERAL = ALL.where(MEMBER.c.id.in_(bindparam("wanted", expanding=True)))


class MemberStore:
    """Members by Slack user id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, id: str) -> Member | None:  # noqa: A002 - Slack's word
        """Return the member with this Slack user id, or None."""
        row = self._connection.execute(ONE, {"wanted": id}).mappings().first()
        return Member(**row) if row else None

    def known(self, ids: Iterable[str]) -> Mapping[str, Member]:
        """Return those of these Slack user ids who are known, by id."""
        rows = self._connection.execute(SEVERAL, {"wanted": sorted(set(ids))}).mappings()
        return {row["id"]: Member(**row) for row in rows}

    def all(self) -> Sequence[Member]:
        """Return everybody, by id."""
        return [Member(**row) for row in self._connection.execute(ALL).mappings()]

    def put(self, members: Iterable[Member], *, now: datetime) -> None:
        """Write `members` as heard `now`, over what was known of them."""
        upsert(self._connection, MEMBER, [{**asdict(member), "heard_at": now} for member in members])
