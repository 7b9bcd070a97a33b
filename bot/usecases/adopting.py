"""Adopting a policy: its bytes become the row that is in force (D8, S12)."""

from collections.abc import Mapping

from bot.policy.load import load
from bot.policy.model import Policy
from bot.ports import UnitOfWork
from bot.usecases.noting import note
from bot.usecases.world import World
from bot.words import ActorKind


def adopt(
    unit: UnitOfWork,
    files: Mapping[str, bytes],
    *,
    approved_by: str,
    world: World,
    kind: ActorKind = ActorKind.OPERATOR,
) -> Policy | None:
    """Put the policy in `files` in force and return it; None when it already is. PolicyRejected when it is nonsense.

    Incidents that run stay on the policy they were declared under.
    """
    policy = load(files)
    in_force = unit.policies.in_force()
    if in_force and in_force[0] == policy.hash:
        return None
    unit.policies.adopt(policy.hash, files, version=policy.version, approved_by=approved_by, now=world.now())
    note_policy(unit, policy, "policy.adopted", by=approved_by, world=world, kind=kind)
    return policy


def note_policy(
    unit: UnitOfWork,
    policy: Policy,
    action: str,
    *,
    by: str,
    world: World,
    kind: ActorKind = ActorKind.OPERATOR,
    request_id: str = "",
) -> None:
    """Write an audit entry about a version of the policy: proposed, kept out, or adopted `by` somebody."""
    note(
        unit,
        action,
        by=by,
        kind=kind,
        resource=f"policy:{policy.version}",
        policy_hash=policy.hash,
        request_id=request_id or f"{action}:{policy.hash}",
        payload={"version": policy.version, "hash": policy.hash},
        world=world,
    )
