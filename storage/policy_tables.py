"""The tables of the policy in force, and of what is proposed."""

from datetime import datetime

from sqlmodel import Field

from storage.base import Row, table_of


class PolicyVersionRow(Row, table=True):
    """One adoption of a policy; the last one is in force."""

    __tablename__ = "policy_version"

    seq: int | None = Field(default=None, primary_key=True)
    hash: str = Field(index=True)
    bytes: bytes
    version: str
    approved_by: str
    in_force_from: datetime


class PolicyProposalRow(Row, table=True):
    """A policy somebody put into the folder; it waits for the Board, and only the last one can be adopted."""

    __tablename__ = "policy_proposal"

    seq: int | None = Field(default=None, primary_key=True)
    hash: str
    bytes: bytes
    version: str
    proposed_at: datetime
    outcome: str
    settled_by: str
    settled_at: datetime | None = None


POLICY_VERSION = table_of(PolicyVersionRow)
POLICY_PROPOSAL = table_of(PolicyProposalRow)
