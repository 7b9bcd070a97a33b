"""Events as canonical bytes and back: what the audit log stores and replay reads."""

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from bot.incident.history.access_events import ACCESSES
from bot.incident.history.asked_events import ASKED_PAGES
from bot.incident.history.away_events import ABSENCES
from bot.incident.history.climb_events import CLIMBS
from bot.incident.history.confirming_events import CONFIRMATIONS
from bot.incident.history.disturbing import DISTURBANCES
from bot.incident.history.events import EVENTS, Event
from bot.incident.history.exception_events import EXCEPTIONS
from bot.incident.history.following import FOLLOWS
from bot.incident.history.handover_events import HANDOVERS
from bot.incident.history.note_events import NOTES
from bot.incident.history.role_events import ROLES
from bot.incident.history.sharing_events import SHARINGS
from bot.incident.history.spool_events import SPOOLINGS
from bot.incident.history.staffing_events import STAFFINGS
from bot.incident.history.suggestions import SUGGESTIONS
from bot.incident.history.time_events import TIMES
from bot.incident.history.turns import TURNS
from bot.incident.history.type_events import TYPES
from bot.incident.history.unrest_events import PATTERNS

T = TypeVar("T")

KINDS: Mapping[str, type[Event]] = {
    **EVENTS,
    **NOTES,
    **ROLES,
    **TURNS,
    **HANDOVERS,
    **FOLLOWS,
    **DISTURBANCES,
    **SUGGESTIONS,
    **TIMES,
    **ACCESSES,
    **CONFIRMATIONS,
    **TYPES,
    **CLIMBS,
    **PATTERNS,
    **STAFFINGS,
    **ASKED_PAGES,
    **EXCEPTIONS,
    **SHARINGS,
    **ABSENCES,
    **SPOOLINGS,
}
"""Every kind of event, by the action it is recorded under."""


def canonical(value: Event | Mapping[str, object]) -> bytes:
    """Return the substance of an event as canonical JSON: sorted keys, no spaces, UTF-8, times in UTC."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def restore(action: str, payload: bytes) -> Event:
    """Return the event that `canonical` wrote under `action`; KeyError for an action that is none of ours."""
    kind = KINDS[action]
    return _build(kind, json.loads(payload))  # type: ignore[no-any-return]


_PLAIN = frozenset({str, int, bool, float, type(None)})
"""What is as it is; most values are, so that they are looked at first."""


def plain(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    """Return `value` as JSON types."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    names = _names(kind)
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return {str(key): plain(item) for key, item in value.items()} if isinstance(value, Mapping) else value


@cache
def _names(kind: Any) -> tuple[str, ...] | None:  # noqa: ANN401
    """Return the names of its fields, None for what is no dataclass: looked up once, for every row is full of them."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else None


def build(kind: type[T], value: Any) -> T:  # noqa: ANN401
    """Return the value of type `kind` that `plain` turned into `value`."""
    return _build(kind, value)  # type: ignore[no-any-return]


def _build(kind: Any, value: Any) -> Any:  # noqa: ANN401
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _build(next(arg for arg in get_args(kind) if arg is not type(None)), value)
    if origin is tuple:
        return _build_tuple(get_args(kind), value)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _build(hint, value[name]) for name, hint in _hints(kind).items() if name in value})
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is timedelta:
        return timedelta(seconds=value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


@cache
def _hints(kind: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Return what each field holds: looked up once, for a page of two hundred incidents reads thousands."""
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


def _build_tuple(inner: tuple[Any, ...], value: list[Any]) -> tuple[Any, ...]:
    if inner[-1] is Ellipsis:
        return tuple(_build(inner[0], item) for item in value)
    return tuple(_build(one, item) for one, item in zip(inner, value, strict=True))
