"""Values that the storage tests write: incidents, entries, effects."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.incident.history.apply import begin
from bot.incident.history.codec import canonical
from bot.incident.history.events import Declared, Event
from bot.incident.history.note_events import NoteAdded
from bot.incident.model import Incident
from bot.incident.reacting.effects import CHANNEL, Effect, EffectKind
from bot.ports import Entry
from bot.words import ActorKind, Classification, Lane, Severity

T0 = datetime(2026, 3, 14, 9, 26, 53, 589793, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def declared(*, number: int = 1, by: str = "U0ADA", at: datetime = T0, **more: Any) -> Declared:
    """The event that begins an incident."""
    about: dict[str, Any] = {
        "title": "Checkout returns 500s",
        "description": "",
        "severity": Severity.SEV1,
        "classification": Classification.INTERNAL,
        "policy_hash": "p" * 8,
        "team": "payments",
        "update_every": timedelta(minutes=15),
    }
    return Declared(at=at, by=by, number=number, **(about | more))


def incident(*, number: int = 1, **more: Any) -> Incident:
    """An incident just declared."""
    return begin(declared(number=number, **more))


def entry(event: Event | None = None, *, number: int | None = 1, **more: Any) -> Entry:
    """The audit entry of `event`, a note unless another is given."""
    event = event or NoteAdded(at=T0, by="U0ADA", words="Rolled back")
    about: dict[str, Any] = {
        "action": event.action,
        "actor": event.by,
        "actor_kind": ActorKind.PERSON,
        "resource": f"incident:{number}",
        "incident": number,
        "decision": "allow",
        "occurred_at": event.at,
        "policy_hash": "p" * 8,
        "request_id": "r1",
        "payload": canonical(event),
    }
    return Entry(**(about | more))


def effect(name: str, **more: Any) -> Effect:
    """An effect whose id is `name`: a post in the incident's channel unless told otherwise."""
    about: dict[str, Any] = {"kind": EffectKind.POST, "lane": Lane.UPDATE, "incident": 1, "place": CHANNEL, "view": "v"}
    return Effect(id=name, **(about | more))
