"""Writing down a decision: row, audit entries, timers and outbox, in one transaction and in that order."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.incident.authority.deciding import Access
from bot.incident.context import CLOCK, TOCSIN, Context
from bot.incident.history.codec import canonical, plain
from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reacting.effects import Reactions, Words
from bot.incident.reacting.reactions import react
from bot.incident.refusing.refusals import Refused
from bot.ports import Entry, UnitOfWork
from bot.usecases.authorities import authority_words
from bot.usecases.sampling import is_written
from bot.words import ActorKind

_OURS = {CLOCK.id: ActorKind.CLOCK, TOCSIN.id: ActorKind.TOCSIN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was written: the incident `after`, and the `reactions` put in the outbox and among the timers."""

    after: Incident
    reactions: Reactions


def record(
    unit: UnitOfWork,
    before: Incident | None,
    events: Sequence[Event],
    context: Context,
    *,
    request_id: str,
    access: Access | None = None,
) -> Recorded:
    """Write `events` and everything that follows; LostRaceError when somebody changed the incident first.

    `access` is by what the one who asked was allowed; None where the clock or Tocsin itself acts.

    The row is compared and set before the audit chain is touched, so that a lost race ends early.
    """
    after, reactions = react(before, events, context)
    if before is None:
        unit.incidents.add(after)
    else:
        unit.incidents.save(after, was=before.version)
    authority = authority_words(access, after, context)
    entries = [_entry(event, after, context, request_id, authority) for event in events]
    unit.audit.append(entries, now=context.now)
    unit.timers.change(after.number, reactions.timers, now=context.now)
    unit.outbox.add(reactions.effects, now=context.now)
    unit.outbox.redraw([redraw.id for redraw in reactions.redraws], now=context.now)
    unit.outbox.redraw_homes(now=context.now)
    return Recorded(after=after, reactions=reactions)


def _entry(event: Event, incident: Incident, context: Context, request_id: str, authority: Words) -> Entry:
    mine = authority if event.by == context.actor.id else {"as": event.by}
    return Entry(
        action=event.action,
        actor=event.by,
        actor_kind=_OURS.get(event.by, context.actor.kind),
        resource=f"incident:{incident.number}",
        incident=incident.number,
        decision="allow",
        occurred_at=event.at,
        policy_hash=context.policy.hash,
        request_id=request_id,
        payload=_with_authority(event, mine),
    )


def _with_authority(event: Event, authority: Words) -> bytes:
    """Return the event's substance with by what it was allowed, which is no part of what replaying makes of it."""
    return canonical({**plain(event), "authority": authority})


def record_refusal(
    unit: UnitOfWork,
    refused: Refused,
    context: Context,
    *,
    asked: str,
    incident: Incident | None,
    request_id: str,
) -> None:
    """Write down that `asked` was refused, with the refusal's number and its reason; nothing else changes (G2.1).

    Of one person's many in a short time those past a bound are counted instead, and the count is written.
    """
    person = context.actor.kind is ActorKind.PERSON
    if person and not is_written(unit, context.actor.id, policy_hash=context.policy.hash, now=context.now):
        return
    unit.audit.append(
        [
            Entry(
                action=f"refused.{asked}",
                actor=context.actor.id,
                actor_kind=context.actor.kind,
                resource=f"incident:{incident.number}" if incident else "incident",
                incident=incident.number if incident else None,
                decision="deny",
                occurred_at=context.now,
                policy_hash=context.policy.hash,
                request_id=request_id,
                payload=json.dumps({"refusal": refused.number, **refused.because}, sort_keys=True).encode(),
            )
        ],
        now=context.now,
    )
