"""Writing down what was done that is no incident's: to a policy, a person, a channel, a delivery."""

import json
from collections.abc import Mapping

from bot.incident.reacting.effects import Json
from bot.ports import Entry, UnitOfWork
from bot.usecases.world import World
from bot.words import ActorKind


def note(
    unit: UnitOfWork,
    action: str,
    *,
    by: str,
    kind: ActorKind,
    resource: str,
    policy_hash: str,
    request_id: str,
    payload: Mapping[str, Json],
    world: World,
    subject: str = "",
) -> None:
    """Write that `by`, of this kind, was allowed the `action` on the `resource`; `subject` is whom it is about."""
    now = world.now()
    entry = Entry(
        action=action,
        actor=by,
        actor_kind=kind,
        resource=resource,
        incident=None,
        decision="allow",
        occurred_at=now,
        policy_hash=policy_hash,
        request_id=request_id,
        payload=json.dumps(payload, sort_keys=True).encode(),
        subject=subject,
    )
    unit.audit.append([entry], now=now)
