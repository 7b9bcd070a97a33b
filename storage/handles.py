"""Opaque handles of buttons: what a press means is kept here, never in the button."""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.sql.dml import ReturningInsert

from bot.incident.history.codec import plain
from bot.incident.reacting.effects import Words
from bot.ports import Handle
from bot.words import Act
from storage.delivery_tables import HANDLE
from storage.sql import dumps, inserting

TOKEN_BYTES = 16


# Statements asked for many times a minute are built once.
ONE = select(HANDLE).where(HANDLE.c.token == bindparam("wanted"))
OF_MESSAGE = select(HANDLE.c.act, HANDLE.c.token).where(HANDLE.c.message == bindparam("wanted"))


class HandleStore:
    """Handles by token; `entropy` gives so many random bytes at a time."""

    def __init__(self, connection: Connection, *, entropy: Callable[[int], bytes]) -> None:
        self._connection = connection
        self._entropy = entropy

    def mint(
        self,
        message: str,
        act: Act,
        *,
        incident: int | None,
        person: str = "",
        quoted: str = "",
        words: Words | None = None,
        now: datetime,
    ) -> str:
        """Return the handle for `act` on `incident` in `message`: 22 characters that fit in a URL.

        The same one comes back when the message is drawn again and quotes the same; words and person renewed.
        """
        row = {
            "token": base64.urlsafe_b64encode(self._entropy(TOKEN_BYTES)).rstrip(b"=").decode(),
            "message": message,
            "act": act.value,
            "incident": incident or 0,
            "person": person,
            "quoted": quoted,
            "words": dumps(plain(words or {})),
            "minted_at": now,
        }
        return str(self._connection.execute(_minting(self._connection.dialect.name), row).scalar_one())

    def get(self, token: str) -> Handle | None:
        """Return what the handle `token` stands for, or None if it is none of ours."""
        row = self._connection.execute(ONE, {"wanted": token}).mappings().first()
        if row is None:
            return None
        return _handle_of(row)

    def of(self, message: str) -> Mapping[Act, str]:
        """Return the handles minted for `message`, by act."""
        return {Act(act): token for act, token in self._connection.execute(OF_MESSAGE, {"wanted": message})}


@cache
def _minting(dialect: str) -> ReturningInsert[Any]:
    """Return the statement that mints a handle, or renews it; built once, for a card has a dozen of them."""
    statement = inserting(dialect, HANDLE)
    renewed = {name: statement.excluded[name] for name in ("person", "words")}
    again = statement.on_conflict_do_update(index_elements=["message", "act", "incident", "quoted"], set_=renewed)
    return again.returning(HANDLE.c.token)


def _handle_of(row: Mapping[Any, Any]) -> Handle:
    return Handle(
        token=row["token"],
        message=row["message"],
        act=Act(row["act"]),
        incident=row["incident"] or None,
        person=row["person"],
        quoted=row["quoted"],
        words=json.loads(row["words"]),
        minted_at=row["minted_at"],
    )
