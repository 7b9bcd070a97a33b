"""Versions of the policy, as the bytes that were approved."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.ports import LostRaceError, Proposal, ProposalOutcome
from storage.policy_tables import POLICY_PROPOSAL, POLICY_VERSION
from storage.sql import dumps

Files = Mapping[str, bytes]

NEWEST = select(POLICY_VERSION.c.hash).order_by(POLICY_VERSION.c.seq.desc()).limit(1)


class PolicyStore:
    """Policies by hash; the one adopted last is in force, whatever lies on the disk."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_force(self) -> tuple[str, Files] | None:
        """Return the hash and the files, by name, of the policy in force, or None before the first."""
        latest = select(POLICY_VERSION.c.hash, POLICY_VERSION.c.bytes).order_by(POLICY_VERSION.c.seq.desc()).limit(1)
        row = self._connection.execute(latest).first()
        return (row.hash, _unpack(row.bytes)) if row else None

    def hash_in_force(self) -> str | None:
        """Return the hash of the policy in force, without its files, or None before the first."""
        return self._connection.execute(NEWEST).scalar()

    def since(self) -> datetime | None:
        """Return when the policy in force took force, or None before the first."""
        latest = select(POLICY_VERSION.c.in_force_from).order_by(POLICY_VERSION.c.seq.desc()).limit(1)
        return self._connection.execute(latest).scalar()

    def get(self, hash: str) -> Files | None:  # noqa: A002 - the field's word
        """Return the files of the policy with this hash, or None if it was never adopted."""
        query = select(POLICY_VERSION.c.bytes).where(POLICY_VERSION.c.hash == hash).limit(1)
        packed = self._connection.execute(query).scalar()
        return None if packed is None else _unpack(packed)

    def adopt(self, hash: str, files: Files, *, version: str, approved_by: str, now: datetime) -> None:  # noqa: A002
        """Put a policy in force from `now`; one adopted before may be adopted again."""
        row = {"hash": hash, "bytes": _pack(files), "version": version, "approved_by": approved_by}
        self._connection.execute(insert(POLICY_VERSION), {**row, "in_force_from": now})

    def propose(self, hash: str, files: Files, *, version: str, now: datetime) -> int:  # noqa: A002
        """Keep a policy that waits to be adopted and return its number."""
        row = {"hash": hash, "bytes": _pack(files), "version": version, "proposed_at": now}
        pending = {"outcome": ProposalOutcome.PENDING.value, "settled_by": "", "settled_at": None}
        adding = insert(POLICY_PROPOSAL).returning(POLICY_PROPOSAL.c.seq)
        return int(self._connection.execute(adding, {**row, **pending}).scalar_one())

    def proposal(self) -> Proposal | None:
        """Return what was proposed last, settled or not, or None when nothing ever was."""
        latest = select(POLICY_PROPOSAL).order_by(POLICY_PROPOSAL.c.seq.desc()).limit(1)
        row = self._connection.execute(latest).first()
        if row is None:
            return None
        return Proposal(
            seq=row.seq,
            hash=row.hash,
            files=_unpack(row.bytes),
            version=row.version,
            outcome=ProposalOutcome(row.outcome),
            settled_by=row.settled_by,
            settled_at=row.settled_at,
        )

    def settle_proposal(self, seq: int, outcome: ProposalOutcome, *, by: str, now: datetime) -> None:
        """Write down what became of a pending proposal; LostRaceError when somebody settled it first."""
        settled = {"outcome": outcome.value, "settled_by": by, "settled_at": now}
        pending = POLICY_PROPOSAL.c.outcome == ProposalOutcome.PENDING.value
        settling = update(POLICY_PROPOSAL).where(POLICY_PROPOSAL.c.seq == seq, pending).values(**settled)
        if self._connection.execute(settling).rowcount == 0:
            raise LostRaceError


def _pack(files: Files) -> bytes:
    return dumps({name: base64.b64encode(content).decode() for name, content in files.items()}).encode()


def _unpack(packed: bytes) -> Files:
    return {name: base64.b64decode(content) for name, content in json.loads(packed).items()}
