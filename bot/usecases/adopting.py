"""Adopting a policy: its bytes become the row that is in force."""

import json
from collections.abc import Mapping

from bot.policy.load import load
from bot.policy.model import Policy
from bot.ports import Entry, UnitOfWork
from bot.usecases.world import World
from bot.words import ActorKind


def adopt(unit: UnitOfWork, files: Mapping[str, bytes], *, approved_by: str, world: World) -> Policy | None:
    """Put the policy in `files` in force and return it; None when it already is. PolicyRejected when it is nonsense."""
    policy = load(files)
    in_force = unit.policies.in_force()
    if in_force and in_force[0] == policy.hash:
        return None
    now = world.now()
    unit.policies.adopt(policy.hash, files, version=policy.version, approved_by=approved_by, now=now)
    unit.audit.append([_entry(policy, approved_by, world)], now=now)
    return policy


def _entry(policy: Policy, approved_by: str, world: World) -> Entry:
    return Entry(
        action="policy.adopted",
        actor=approved_by,
        actor_kind=ActorKind.OPERATOR,
        resource=f"policy:{policy.version}",
        incident=None,
        decision="allow",
        occurred_at=world.now(),
        policy_hash=policy.hash,
        request_id=f"adopt:{policy.hash}",
        payload=json.dumps({"version": policy.version, "hash": policy.hash}, sort_keys=True).encode(),
    )
