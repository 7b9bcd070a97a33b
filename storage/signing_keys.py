"""Keys of Tocsin's own, the same in every process on this database."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.delivery_tables import SIGNING_KEY

KEY_BYTES = 32


class SigningKeyStore:
    """Keys by name; `entropy` gives so many random bytes at a time."""

    def __init__(self, connection: Connection, *, entropy: Callable[[int], bytes]) -> None:
        self._connection = connection
        self._entropy = entropy

    def kept(self, name: str, *, now: datetime) -> bytes:
        """Return the key `name`, 32 random bytes, made now if there is none.

        Another transaction that makes it first ends this one with LostRaceError.
        """
        found = self._connection.execute(select(SIGNING_KEY.c.key).where(SIGNING_KEY.c.name == name)).scalar()
        if found is not None:
            return bytes(found)
        made = self._entropy(KEY_BYTES)
        self._connection.execute(insert(SIGNING_KEY), {"name": name, "key": made, "made_at": now})
        return made
