"""Versions of the policy, as the bytes that were approved."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.sql import dumps
from storage.tables import POLICY_VERSION

Files = Mapping[str, bytes]


class PolicyStore:
    """Policies by hash; the one adopted last is in force, whatever lies on the disk."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_force(self) -> tuple[str, Files] | None:
        """Return the hash and the files, by name, of the policy in force, or None before the first."""
        latest = select(POLICY_VERSION.c.hash, POLICY_VERSION.c.bytes).order_by(POLICY_VERSION.c.seq.desc()).limit(1)
        row = self._connection.execute(latest).first()
        return (row.hash, _unpack(row.bytes)) if row else None

    def get(self, hash: str) -> Files | None:  # noqa: A002 - the field's word
        """Return the files of the policy with this hash, or None if it was never adopted."""
        query = select(POLICY_VERSION.c.bytes).where(POLICY_VERSION.c.hash == hash).limit(1)
        packed = self._connection.execute(query).scalar()
        return None if packed is None else _unpack(packed)

    def adopt(self, hash: str, files: Files, *, version: str, approved_by: str, now: datetime) -> None:  # noqa: A002
        """Put a policy in force from `now`; one adopted before may be adopted again."""
        row = {"hash": hash, "bytes": _pack(files), "version": version, "approved_by": approved_by}
        self._connection.execute(insert(POLICY_VERSION), {**row, "in_force_from": now})


def _pack(files: Files) -> bytes:
    return dumps({name: base64.b64encode(content).decode() for name, content in files.items()}).encode()


def _unpack(packed: bytes) -> Files:
    return {name: base64.b64decode(content) for name, content in json.loads(packed).items()}
