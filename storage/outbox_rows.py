"""How an outbox row reads: its mapping to a delivery, and the conditions under which it may be sent."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, or_, select, text

from bot.incident.history.codec import plain
from bot.incident.reacting.effects import Effect, EffectKind, Place
from bot.ports import Delivery, DeliveryState, Sent
from bot.words import Lane
from storage.delivery_tables import OUTBOX, OUTBOX_WAIT, OWED
from storage.sql import dumps

PARENT = OUTBOX.alias("parent")
BLOCKER = OUTBOX.alias("blocker")

WAKES_AT = case((OUTBOX.c.state == DeliveryState.INTENT.value, OUTBOX.c.lease_until), else_=OUTBOX.c.next_at)
"""When a row may next be tried: at the end of its lease while somebody tries it."""


AGEING = 40
"""How many later rows a row of the next lower lane lets pass before it is its turn, below the three strict lanes."""

BY_TURN = (
    case((OUTBOX.c.lane <= Lane.ANSWER, OUTBOX.c.lane), else_=int(Lane.UPDATE)),
    OUTBOX.c.seq + OUTBOX.c.lane * AGEING,
)
"""The order in which rows are sent: the first three lanes strictly, the rest by lane and age, the oldest first."""


def deliveries() -> Select[Any]:
    """Return the query for outbox rows with where the message they reply to stands."""
    parent = [PARENT.c.channel.label("parent_channel"), PARENT.c.ts.label("parent_ts")]
    return select(OUTBOX, *parent).outerjoin(PARENT, PARENT.c.id == OUTBOX.c.thread_of)


def unblocked() -> ColumnElement[bool]:
    """Return the condition that a row is owed, and waits for no other that was neither sent nor skipped.

    A message that was sent once counts as sent while it is drawn again.
    """
    settled = or_(BLOCKER.c.sent_rev > 0, BLOCKER.c.state == DeliveryState.SKIPPED.value)
    met = exists().where(BLOCKER.c.id == OUTBOX_WAIT.c.waits_for, settled)
    waiting = exists().where(OUTBOX_WAIT.c.outbox == OUTBOX.c.id, ~met)
    return and_(owed(), ~waiting)


def owed() -> ColumnElement[bool]:
    """Return the condition that a row, or its redraw, is still to be sent."""
    return text(f"({_qualified(OWED)})")  # type: ignore[return-value]


def _qualified(condition: str) -> str:
    for column in ("state", "sent_rev", "wanted_rev"):
        condition = condition.replace(column, f"outbox.{column}")
    return condition


SENDABLE = and_(unblocked(), bindparam("now", type_=OUTBOX.c.next_at.type) >= WAKES_AT)
"""The condition that a row may be sent at the moment bound as `now`."""


def row_of(effect: Effect, *, now: datetime) -> dict[str, Any]:
    """Return the new row of `effect`, asked for `now`."""
    return {
        "id": effect.id,
        "incident": effect.incident,
        "kind": effect.kind.value,
        "lane": int(effect.lane),
        "place": str(effect.place),
        "view": effect.view,
        "words": dumps(plain(effect.words)),
        "needs": dumps(list(effect.needs)),
        "thread_of": effect.thread_of,
        "people": dumps(list(effect.people)),
        "not_before": effect.not_before,
        "state": DeliveryState.PENDING.value,
        "attempts": 0,
        "fallback": 0,
        "owner": "",
        "next_at": effect.not_before or now,
        "wanted_rev": 1,
        "sent_rev": 0,
        "error": "",
        "drawn": "",
        "file": "",
        "created_at": now,
    }


def waits_of(effect: Effect) -> list[dict[str, str]]:
    """Return the rows that say what `effect` waits for: what it needs, and the message it replies to."""
    others = dict.fromkeys((*effect.needs, *([effect.thread_of] if effect.thread_of else [])))
    return [{"outbox": effect.id, "waits_for": other} for other in others]


def effect_of(row: Mapping[Any, Any]) -> Effect:
    """Return the effect that `row` is to carry out, at the place it has come to."""
    return Effect(
        id=row["id"],
        kind=EffectKind(row["kind"]),
        lane=Lane(row["lane"]),
        incident=row["incident"],
        place=Place.parse(row["place"]),
        view=row["view"],
        words=json.loads(row["words"]),
        needs=tuple(json.loads(row["needs"])),
        thread_of=row["thread_of"],
        people=tuple(json.loads(row["people"])),
        not_before=row["not_before"],
    )


def delivery_of(row: Mapping[Any, Any]) -> Delivery:
    """Return the delivery whose row, joined with the one it replies to, is `row`."""
    state = DeliveryState(row["state"])
    return Delivery(
        effect=effect_of(row),
        state=state,
        attempts=row["attempts"],
        fallback=row["fallback"],
        in_doubt=state is DeliveryState.IN_DOUBT,
        intent_at=row["intent_at"],
        wanted_rev=row["wanted_rev"],
        sent_rev=row["sent_rev"],
        sent=_sent(row["channel"], row["ts"]),
        parent=_sent(row["parent_channel"], row["parent_ts"]),
        error=row["error"],
        drawn=row["drawn"],
        owner=row["owner"],
        file=row["file"],
    )


def _sent(channel: str | None, ts: str | None) -> Sent | None:
    return Sent(channel=channel, ts=ts) if channel and ts else None
