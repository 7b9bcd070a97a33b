"""What is to be delivered: effects as rows, claimed with a lease and settled once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, delete, func, insert, or_, select, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.incident.history.codec import plain
from bot.incident.reacting.effects import Effect, Place, Words
from bot.ports import Delivery, DeliveryState, Owed, Sent
from bot.words import Lane
from storage.delivery_tables import OUTBOX, OUTBOX_WAIT
from storage.outbox_changes import (
    CLAIMED,
    DEAD,
    HOMES_REDRAWN,
    IN_DOUBT,
    INTENT,
    PENDING,
    REDRAWN,
    SETTLED_DEAD,
    SETTLED_RETRY,
    SETTLED_SENT,
    SETTLED_SKIPPED,
    UNCLAIMED,
    WRITTEN,
)
from storage.outbox_rows import (
    BY_TURN,
    SENDABLE,
    WAKES_AT,
    deliveries,
    delivery_of,
    owed,
    row_of,
    unblocked,
    waits_of,
)
from storage.sql import dumps, inserting
from storage.tables import INCIDENT

# Statements asked for many times a minute are built once.
READY = (
    deliveries()
    .where(SENDABLE)
    .order_by(*BY_TURN)
    .limit(bindparam("most"))
    .with_for_update(of=OUTBOX, skip_locked=True)
)
WAITING = select(func.count()).select_from(OUTBOX).where(SENDABLE)
NEXT = select(WAKES_AT).where(unblocked()).order_by(WAKES_AT).limit(1)
WAITS_ADDED = insert(OUTBOX_WAIT)
ONE = deliveries().where(OUTBOX.c.id == bindparam("row"))
ONE_LOCKED = ONE.with_for_update(of=OUTBOX)
INCIDENT_HELD = (
    select(INCIDENT.c.number)
    .where(INCIDENT.c.number == select(OUTBOX.c.incident).where(OUTBOX.c.id == bindparam("row")).scalar_subquery())
    .with_for_update()
)


class OutboxStore:
    """The outbox: `pending → intent (committed) → sent`, redraws due while `sent_rev` trails `wanted_rev`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, effects: Iterable[Effect], *, now: datetime) -> None:
        """Add rows; an id that is already there is left as it is."""
        effects = list(effects)
        if not effects:
            return
        rows = [row_of(effect, now=now) for effect in effects]
        added = set(self._connection.execute(_adding(self._connection.dialect.name), rows).scalars())
        waits = [wait for effect in effects if effect.id in added for wait in waits_of(effect)]
        if waits:
            self._connection.execute(WAITS_ADDED, waits)

    def redraw(self, ids: Iterable[str], *, now: datetime) -> None:
        """Raise `wanted_rev` of these rows, those that exist; they fall due `now`, unless they wait to retry."""
        rows = [{"row": one, "now": now} for one in sorted(set(ids))]
        if rows:
            self._connection.execute(REDRAWN, rows)

    def reword(self, id: str, words: Words, *, now: datetime) -> None:  # noqa: A002
        """Give the row other words, and have its message drawn again with them where it stands already."""
        self._connection.execute(WRITTEN, {"row": id, "words": dumps(plain(words))})
        self.redraw([id], now=now)

    def redraw_homes(self, *, now: datetime) -> None:
        """Raise `wanted_rev` of every page of somebody's own; each falls due once it has rested."""
        self._connection.execute(HOMES_REDRAWN, {"now": now})

    def claim(self, *, now: datetime, lease: float, limit: int, owner: str) -> Sequence[Delivery]:
        """Claim up to `limit` sendable rows for `owner`, by turn, for `lease` seconds.

        The rows are marked as intended in this transaction, so its commit is what commits the intent. A row in doubt
        keeps the time of the intent that left it so, for that is how far back a look-up must go. What was sent is
        drawn again with fresh attempts.
        """
        rows = self._connection.execute(READY, {"now": now, "most": limit}).mappings().all()
        claimed = [_claimed(delivery_of(row), owner=owner, now=now) for row in rows]
        if not claimed:
            return []
        ids = [delivery.effect.id for delivery in claimed]
        leased = {"lease_until": now + timedelta(seconds=lease), "owner": owner}
        self._connection.execute(CLAIMED, {"rows": ids, "now": now, **leased})
        return claimed

    def overdue(self, *, before: datetime) -> int:
        """Return how many rows are owed that could have been tried since `before` and were not settled."""
        return self._count(and_(owed(), before >= WAKES_AT))

    def take_over(self, owner: str) -> int:
        """Put what others than `owner` intended in doubt at once and return how many there were.

        For the start on SQLite, where only one process may own the file, so that every other owner is dead. A try that
        ended with its process is not counted: it did not fail, and the row need not wait the longer for it.
        """
        orphaned = and_(OUTBOX.c.state == INTENT, OUTBOX.c.owner != owner)
        return self._set(orphaned, state=IN_DOUBT, attempts=OUTBOX.c.attempts - 1, **UNCLAIMED)

    def settle_sent(
        self,
        id: str,  # noqa: A002 - the port's
        *,
        sent: Sent | None,
        rev: int,
        now: datetime,
        drawn: str = "",
        rests: datetime | None = None,
    ) -> None:
        """Record that revision `rev` was sent; None leaves where it stands. What was wanted since stays owed.

        It is not drawn again before `rests`.
        """
        standing = {"channel": sent.channel, "ts": sent.ts} if sent else {}
        shown: dict[str, Any] = {"drawn": drawn} if drawn else {}
        shown |= {"next_at": rests} if rests else {}
        settled = {"row": id, "rev": rev, "settled_at": now, "error": ""}
        self._connection.execute(SETTLED_SENT, {**settled, **UNCLAIMED, **standing, **shown})

    def settle_retry(
        self,
        id: str,  # noqa: A002
        *,
        at: datetime,
        in_doubt: bool,
        error: str,
        counted: bool,
        now: datetime,
    ) -> None:
        """Put the row back to be tried at `at`; `in_doubt` if the try may have succeeded.

        `counted` False takes the attempt back, for it was held by a rate limit and never left. A row that was sent or
        skipped meanwhile stays so; a dead one comes back to life.
        """
        again = {"state": IN_DOUBT if in_doubt else PENDING, "next_at": at, "taken_back": 0 if counted else 1}
        self._connection.execute(SETTLED_RETRY, {"row": id, "settled_at": now, "error": error, **again, **UNCLAIMED})

    def keep_file(self, id: str, file: str) -> None:  # noqa: A002
        """Keep Slack's id of the file the row is about to share."""
        self._connection.execute(WRITTEN, {"row": id, "file": file})

    def settle_skipped(self, id: str, *, now: datetime) -> None:  # noqa: A002
        """Record that there was nothing to send; a message that stands already stays sent, its redraw dropped."""
        self._connection.execute(SETTLED_SKIPPED, {"row": id, "settled_at": now, "error": "", **UNCLAIMED})

    def settle_dead(self, id: str, *, error: str, now: datetime) -> Sequence[Delivery]:  # noqa: A002
        """Mark the row dead and return the unsent rows that waited for it: that needed it, or reply in its thread.

        A message that stands already stays sent, with the picture it has, and can be drawn again when it changes.
        """
        self._connection.execute(SETTLED_DEAD, {"row": id, "settled_at": now, "error": error, **UNCLAIMED})
        never_sent = select(OUTBOX.c.id).where(OUTBOX.c.id == id, OUTBOX.c.state == DEAD, OUTBOX.c.sent_rev == 0)
        waiting = select(OUTBOX_WAIT.c.outbox).where(OUTBOX_WAIT.c.waits_for.in_(never_sent))
        return self._all(and_(OUTBOX.c.id.in_(waiting), OUTBOX.c.state.in_([PENDING, INTENT, IN_DOUBT])))

    def move(self, id: str, *, place: Place, drop_needs: bool, drop_thread: bool, now: datetime) -> None:  # noqa: A002
        """Send the row to its next place, with fresh attempts, free of its needs or its thread if so asked."""
        row = self._connection.execute(select(OUTBOX.c.thread_of).where(OUTBOX.c.id == id)).one()
        dropped: dict[str, Any] = {}
        waits: list[ColumnElement[bool]] = []
        if drop_needs:
            dropped["needs"] = "[]"
            waits.append(OUTBOX_WAIT.c.waits_for != (row.thread_of or ""))
        if drop_thread:
            dropped["thread_of"] = None
            waits.append(OUTBOX_WAIT.c.waits_for == (row.thread_of or ""))
        if waits:
            self._connection.execute(delete(OUTBOX_WAIT).where(OUTBOX_WAIT.c.outbox == id, or_(*waits)))
        anew = {"state": PENDING, "attempts": 0, "intent_at": None, "channel": None, "ts": None}
        next_at = case((OUTBOX.c.not_before > now, OUTBOX.c.not_before), else_=now)
        fallback = OUTBOX.c.fallback + 1
        self._set(
            OUTBOX.c.id == id, place=str(place), fallback=fallback, next_at=next_at, **anew, **dropped, **UNCLAIMED
        )

    def renumber(self, was: str, now: str) -> None:
        """Write that what stands in the Slack channel `was` stands in `now`: Slack gave it another id."""
        self._set(OUTBOX.c.channel == was, channel=now)

    def get(self, id: str, *, lock: bool = False) -> Delivery | None:  # noqa: A002
        """Return the row `id`, or None; `lock` keeps others from claiming it until this transaction ends.

        Its incident is held before it, in the order of those who press and type: PostgreSQL's would wait round else.
        """
        if lock and self._connection.dialect.name == "postgresql":
            self._connection.execute(INCIDENT_HELD, {"row": id})
        row = self._connection.execute(ONE_LOCKED if lock else ONE, {"row": id}).mappings().first()
        return delivery_of(row) if row else None

    def at(self, sent: Sent) -> Delivery | None:
        """Return the row whose message stands at `sent`, or None."""
        here = and_(OUTBOX.c.channel == sent.channel, OUTBOX.c.ts == sent.ts)
        return next(iter(self._all(here)), None)

    def next_due(self) -> datetime | None:
        """Return when the next row may be tried, past or future, or None; those that wait for others do not count."""
        return self._connection.execute(NEXT).scalar()

    def sendable(self, *, now: datetime) -> int:
        """Return how many rows may be sent `now`."""
        return int(self._connection.execute(WAITING, {"now": now}).scalar_one())

    def in_flight(self) -> int:
        """Return how many rows somebody is sending."""
        return self._count(OUTBOX.c.state == INTENT)

    def owed_by_lane(self) -> Mapping[Lane, Owed]:
        """Return what is owed of each lane that is owed anything."""
        query = select(OUTBOX.c.lane, func.count(), func.min(OUTBOX.c.next_at)).where(owed()).group_by(OUTBOX.c.lane)
        rows = self._connection.execute(query).all()
        return {Lane(lane): Owed(count=count, since=since) for lane, count, since in rows}

    def listing(self, *, states: Sequence[DeliveryState]) -> Sequence[Delivery]:
        """Return the rows in one of `states`, oldest first."""
        return self._all(OUTBOX.c.state.in_([state.value for state in states]))

    def latest(self, *, limit: int) -> Sequence[tuple[Delivery, datetime]]:
        """Return the newest `limit` rows and all that are owed or dead, oldest first, each with when it is tried."""
        newest = select(OUTBOX.c.seq).order_by(OUTBOX.c.seq.desc()).limit(limit)
        wanted = or_(OUTBOX.c.seq.in_(newest), owed(), OUTBOX.c.state == DEAD)
        rows = self._connection.execute(deliveries().where(wanted).order_by(OUTBOX.c.seq)).mappings()
        return [(delivery_of(row), row["next_at"]) for row in rows]

    def _count(self, condition: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(OUTBOX).where(condition)
        return int(self._connection.execute(query).scalar_one())

    def _all(self, condition: ColumnElement[bool]) -> Sequence[Delivery]:
        query = deliveries().where(condition).order_by(OUTBOX.c.seq)
        return [delivery_of(row) for row in self._connection.execute(query).mappings()]

    def _set(self, condition: ColumnElement[bool], **values: object) -> int:
        return self._connection.execute(update(OUTBOX).where(condition).values(**values)).rowcount


@cache
def _adding(dialect: str) -> ReturningInsert[Any]:
    return inserting(dialect, OUTBOX).on_conflict_do_nothing(index_elements=["id"]).returning(OUTBOX.c.id)


def _claimed(delivery: Delivery, *, owner: str, now: datetime) -> Delivery:
    doubtful = delivery.state in {DeliveryState.INTENT, DeliveryState.IN_DOUBT}
    return replace(
        delivery,
        state=DeliveryState.INTENT,
        attempts=1 if delivery.state is DeliveryState.SENT else delivery.attempts + 1,
        in_doubt=doubtful,
        intent_at=(delivery.intent_at or now) if doubtful else now,
        owner=owner,
    )
