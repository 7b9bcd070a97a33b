"""Incidents as rows: one mapping between a row and the frozen value, and a compare-and-set on the version."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar, get_type_hints

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from bot.incident.history.cadence import StatusUpdate
from bot.incident.history.codec import build, plain
from bot.incident.history.exceptions import ExceptionStanding
from bot.incident.model import ChannelRef, Incident, RoleHolding
from bot.incident.reading.readings import Listed
from bot.ports import LostRaceError
from bot.words import GONE, OPEN, Severity, Status
from storage.sql import dumps, upsert
from storage.tables import COUNTER, INCIDENT, ROLE_ASSIGNMENT, STATUS_UPDATE

T = TypeVar("T")

COLUMNS = (
    *("number", "version", "title", "description", "severity", "status", "classification", "policy_hash", "team"),
    *("started_at", "detected_at", "alerted_at", "cancel_reason", "facilitator", "updates", "page_step"),
    *("nobody_answered_at", "headline_at", "channel_refused", "notes", "reopenings"),
    *("is_test", "is_hosted", "spooled_as"),
)
"""Fields kept as they are."""

WRITTEN = (
    *("declared", "acknowledged", "commanded", "mitigated", "resolved", "cancelled"),
    *("seat", "cadence", "warned", "missed", "pages", "calls", "withdrawn"),
    *("regrades", "met_under", "paused", "reopened", "closed", "merged", "absorbed", "handing"),
    *("followers", "clock_line", "told_times", "access", "room", "confirmation", "playbook"),
    *("climb", "unrest", "staffing", "asked", "exceptions", "sharing", "away"),
)
"""Fields kept as canonical JSON."""

HINTS = get_type_hints(Incident)
UPDATE_HINTS = get_type_hints(StatusUpdate)
HINTS_OF: Mapping[type[Any], Mapping[str, Any]] = {StatusUpdate: UPDATE_HINTS, RoleHolding: get_type_hints(RoleHolding)}
UPDATE_COLUMNS = [STATUS_UPDATE.c[name].label(f"update_{name}") for name in UPDATE_HINTS]


def _query(condition: ColumnElement[bool]) -> Select[Any]:
    latest = (STATUS_UPDATE.c.incident == INCIDENT.c.number) & (STATUS_UPDATE.c.number == INCIDENT.c.updates)
    return select(INCIDENT, *UPDATE_COLUMNS).outerjoin(STATUS_UPDATE, latest).where(condition)


# Statements asked for many times a minute are built once.
BY_NUMBER = _query(INCIDENT.c.number == bindparam("wanted"))
BY_NUMBER_LOCKED = BY_NUMBER.with_for_update(of=INCIDENT)
ROLES_OF = (
    select(ROLE_ASSIGNMENT)
    .where(ROLE_ASSIGNMENT.c.incident.in_(bindparam("wanted", expanding=True)))
    .order_by(ROLE_ASSIGNMENT.c.position)
)

NEXT_NUMBER = (
    update(COUNTER).where(COUNTER.c.name == "incident").values(value=COUNTER.c.value + 1).returning(COUNTER.c.value)
)
ADDED, ROLES_ADDED = insert(INCIDENT), insert(ROLE_ASSIGNMENT)
SAVED = update(INCIDENT).where(INCIDENT.c.number == bindparam("its"), INCIDENT.c.version == bindparam("was"))
ROLES_DROPPED = delete(ROLE_ASSIGNMENT).where(ROLE_ASSIGNMENT.c.incident == bindparam("its"))
OPEN_NOW = INCIDENT.c.status.in_(sorted(OPEN))
NUMBER_BY_CHANNEL = (
    select(INCIDENT.c.number)
    .where(INCIDENT.c.channel_id == bindparam("wanted"))
    .where(not_(and_(INCIDENT.c.is_hosted, INCIDENT.c.status.in_(sorted(GONE)))))
    .order_by(OPEN_NOW.desc(), INCIDENT.c.number.desc())
    .limit(1)
)
BY_CHANNEL = _query(INCIDENT.c.number == NUMBER_BY_CHANNEL.scalar_subquery())
"""Only numbers are put in order: to sort whole rows SQLite takes five times as long."""


class IncidentStore:
    """Incidents; in a unit of work that writes, PostgreSQL locks the ones read so that presses wait, not race."""

    def __init__(self, connection: Connection, *, locking: bool) -> None:
        self._connection = connection
        self._locking = locking
        self._read_as: dict[int, Incident] = {}

    def get(self, number: int, *, lock: bool = True) -> Incident | None:
        """Return incident `number`, or None; what writes holds its row, unless `lock` is False."""
        query = BY_NUMBER_LOCKED if self._locking and lock else BY_NUMBER
        return next(iter(self._read(query, {"wanted": number})), None)

    def several(self, numbers: Iterable[int]) -> Sequence[Incident]:
        """Return the incidents of these numbers that there are, in the order given."""
        wanted = list(numbers)
        found = {one.number: one for one in self._all(_query(INCIDENT.c.number.in_(wanted)))} if wanted else {}
        return [found[number] for number in wanted if number in found]

    def take_turn(self, person: str) -> None:
        """Wait until nobody else declares for `person`, and hold that turn to the end; SQLite has one writer anyhow."""
        if self._locking and self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"declares:{person}", 0))))

    def next_number(self) -> int:
        """Return the next number, without gaps: a declaration rolled back gives its number back."""
        return int(self._connection.execute(NEXT_NUMBER).scalar_one())

    def add(self, incident: Incident) -> None:
        """Write a new incident."""
        self._connection.execute(ADDED, row_of(incident))
        self._write_lists(incident, before=None)

    def save(self, incident: Incident, *, was: int) -> None:
        """Write `incident` where the row still has version `was`; LostRaceError otherwise."""
        mine = {"its": incident.number, "was": was}
        if self._connection.execute(SAVED, {**row_of(incident), **mine}).rowcount != 1:
            message = f"{incident.ref} is no longer at version {was}"
            raise LostRaceError(message)
        before = self._read_as.get(incident.number)
        self._write_lists(incident, before=before if before and before.version == was else None)

    def by_channel(self, channel: str) -> Incident | None:
        """Return the latest incident whose channel has the Slack id `channel`, or None; open ones come first.

        A channel that was there before the incident is free again once the incident has ended for good.
        """
        return next(iter(self._read(BY_CHANNEL, {"wanted": channel})), None)

    def open_numbers(self) -> Sequence[int]:
        """Return the numbers of the incidents whose clocks run, oldest first."""
        query = select(INCIDENT.c.number).where(OPEN_NOW).order_by(INCIDENT.c.number)
        return list(self._connection.execute(query).scalars())

    def open(self) -> Sequence[Incident]:
        """Return the incidents whose clocks run, oldest first."""
        return self._all(_query(OPEN_NOW).order_by(INCIDENT.c.number))

    def opened_since(self, since: datetime) -> Sequence[Incident]:
        """Return the incidents whose clocks run that were declared at `since` or later, oldest first."""
        recent = OPEN_NOW & (INCIDENT.c.declared_at >= since)
        return self._all(_query(recent).order_by(INCIDENT.c.number))

    def lately(self, *, since: datetime) -> Sequence[Incident]:
        """Return what is open, or was declared, resolved or cancelled at `since` or later, oldest first."""
        moved = or_(INCIDENT.c.declared_at >= since, INCIDENT.c.ended_at >= since)
        return self._all(_query(or_(OPEN_NOW, moved)).order_by(INCIDENT.c.number))

    def excepted(self) -> Sequence[Incident]:
        """Return the incidents with an exception that holds or waits for an answer, oldest first."""
        kept = INCIDENT.c.exceptions
        stands = (f'"standing":"{standing}"' for standing in (ExceptionStanding.ASKED, ExceptionStanding.APPROVED))
        return self._all(_query(or_(*map(kept.contains, stands))).order_by(INCIDENT.c.number))

    def recent_of(self, person: str, *, since: datetime) -> Sequence[Incident]:
        """Return what `person` (a Slack user id) declared at `since` or later, newest first."""
        theirs = (INCIDENT.c.declared_by == person) & (INCIDENT.c.declared_at >= since)
        return self._all(_query(theirs).order_by(INCIDENT.c.number.desc()))

    def listed(
        self, *, statuses: Iterable[Status], severity: Severity | None = None, person: str = ""
    ) -> Sequence[Listed]:
        """Return those in these statuses, of one severity, or that `person` declared, commands or has a role in."""
        columns = [INCIDENT.c[name] for name in ("number", "severity", "status", "classification", "is_test")]
        query = select(*columns).where(INCIDENT.c.status.in_(sorted(statuses)))
        if severity:
            query = query.where(INCIDENT.c.severity == severity.value)
        if person:
            query = query.where(_is_with(person))
        rows = self._connection.execute(query.order_by(INCIDENT.c.number)).mappings()
        return [build(Listed, row) for row in rows]

    def _all(self, query: Select[Any]) -> Sequence[Incident]:
        return self._read(query, {})

    def _read(self, query: Select[Any], bound: Mapping[str, Any]) -> Sequence[Incident]:
        rows = self._connection.execute(query, bound).mappings().all()
        roles = self._roles([row["number"] for row in rows]) if rows else {}
        found = [incident_of(row, roles=tuple(roles[row["number"]])) for row in rows]
        self._read_as |= {one.number: one for one in found}
        return found

    def _roles(self, numbers: Sequence[int]) -> Mapping[int, list[RoleHolding]]:
        held: dict[int, list[RoleHolding]] = defaultdict(list)
        for row in self._connection.execute(ROLES_OF, {"wanted": numbers}).mappings():
            held[row["incident"]].append(_value(RoleHolding, row))
        return held

    def _write_lists(self, incident: Incident, *, before: Incident | None) -> None:
        """Write what is not in the row, unless it stayed as it was `before`, if that was read in this unit of work."""
        if before is None or before.roles != incident.roles:
            self._write_roles(incident)
        if incident.last_update and (before is None or before.last_update != incident.last_update):
            row = {"incident": incident.number, **_columns(incident.last_update)}
            upsert(self._connection, STATUS_UPDATE, [row])

    def _write_roles(self, incident: Incident) -> None:
        self._connection.execute(ROLES_DROPPED, {"its": incident.number})
        rows = [
            {"incident": incident.number, "position": position, **_columns(held)}
            for position, held in enumerate(incident.roles)
        ]
        if rows:
            self._connection.execute(ROLES_ADDED, rows)


def _is_with(person: str) -> ColumnElement[bool]:
    held = select(ROLE_ASSIGNMENT.c.incident).where(ROLE_ASSIGNMENT.c.person == person)
    seated = INCIDENT.c.seat.contains(f'"person":"{person}"', autoescape=True)
    return (INCIDENT.c.declared_by == person) | seated | INCIDENT.c.number.in_(held)


def row_of(incident: Incident) -> dict[str, Any]:
    """Return the row of `incident`, its roles and its last status update aside."""
    written = {name: getattr(incident, name) for name in WRITTEN}
    ended = incident.resolved or incident.cancelled
    return {
        **{name: getattr(incident, name) for name in COLUMNS},
        **{name: None if value is None else dumps(plain(value)) for name, value in written.items()},
        "declared_at": incident.declared.at,
        "ended_at": ended.at if ended else None,
        "declared_by": incident.declared.by,
        "channel_id": incident.channel.id if incident.channel else None,
        "channel_name": incident.channel.name if incident.channel else None,
    }


def incident_of(row: Mapping[Any, Any], *, roles: tuple[RoleHolding, ...]) -> Incident:
    """Return the incident whose row, joined with its last status update, is `row`."""
    update_row = {name: row[f"update_{name}"] for name in UPDATE_HINTS}
    opened = row["channel_id"] is not None
    channel = ChannelRef(id=row["channel_id"], name=row["channel_name"]) if opened else None
    return Incident(
        **{name: _scalar(HINTS[name], row[name]) for name in COLUMNS},
        **{name: _parsed(name, row[name]) for name in WRITTEN},
        roles=roles,
        channel=channel,
        last_update=None if update_row["number"] is None else _value(StatusUpdate, update_row),
    )


def _columns(value: RoleHolding | StatusUpdate) -> dict[str, Any]:
    return {name: getattr(value, name) for name in HINTS_OF[type(value)]}


def _value(kind: type[T], row: Mapping[Any, Any]) -> T:
    return kind(**{name: _scalar(hint, row[name]) for name, hint in HINTS_OF[kind].items()})


def _scalar(hint: Any, value: Any) -> Any:  # noqa: ANN401 - a column holds what it holds
    return value if isinstance(value, datetime) else build(hint, value)


@lru_cache(maxsize=512)
def _parsed(field: str, written: str | None) -> Any:  # noqa: ANN401
    """Return the field's value; from one version of an incident to the next most fields stay as they were."""
    return None if written is None else build(HINTS[field], json.loads(written))
