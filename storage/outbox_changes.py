"""What is written into a row of the outbox: statements built once, for they are asked for many times a minute."""

from typing import Any

from sqlalchemy import and_, bindparam, case, func, text, update

from bot.incident.reacting.effects import EffectKind
from bot.ports import DeliveryState
from storage.delivery_tables import HOME, OUTBOX

PENDING = DeliveryState.PENDING.value
INTENT = DeliveryState.INTENT.value
IN_DOUBT = DeliveryState.IN_DOUBT.value
SENT = DeliveryState.SENT.value
SKIPPED = DeliveryState.SKIPPED.value
DEAD = DeliveryState.DEAD.value

UNCLAIMED: dict[str, Any] = {"owner": "", "lease_until": None}

NOW = bindparam("now", type_=OUTBOX.c.next_at.type)
REV = bindparam("rev", type_=OUTBOX.c.sent_rev.type)

_MINE = OUTBOX.c.id == bindparam("row")
_RESTING = and_(OUTBOX.c.kind == EffectKind.HOME.value, OUTBOX.c.next_at > NOW)
_ENDED = and_(OUTBOX.c.state == SENT, OUTBOX.c.next_at < NOW)
_DOUBTFUL = OUTBOX.c.state.in_([INTENT, IN_DOUBT])
_STANDS = OUTBOX.c.sent_rev > 0
_STANDING_REV = case((_STANDS, OUTBOX.c.wanted_rev), else_=OUTBOX.c.sent_rev)

WRITTEN = update(OUTBOX).where(_MINE)
"""The row `row` is given whatever columns stand among the parameters; so it is with those below, beside their own."""

REDRAWN = WRITTEN.values(
    wanted_rev=OUTBOX.c.wanted_rev + 1,
    next_at=case((and_(OUTBOX.c.state == SENT, ~_RESTING), NOW), else_=OUTBOX.c.next_at),
)
HOMES_REDRAWN = (
    update(OUTBOX)
    .where(text(HOME))
    .values(wanted_rev=OUTBOX.c.wanted_rev + 1, next_at=case((_ENDED, NOW), else_=OUTBOX.c.next_at))
)
CLAIMED = (
    update(OUTBOX)
    .where(OUTBOX.c.id.in_(bindparam("rows", expanding=True)))
    .values(
        state=INTENT,
        attempts=case((OUTBOX.c.state == SENT, 1), else_=OUTBOX.c.attempts + 1),
        intent_at=case((_DOUBTFUL, func.coalesce(OUTBOX.c.intent_at, NOW)), else_=NOW),
    )
)
SETTLED_SENT = WRITTEN.values(state=SENT, sent_rev=case((OUTBOX.c.sent_rev > REV, OUTBOX.c.sent_rev), else_=REV))
SETTLED_RETRY = WRITTEN.where(OUTBOX.c.state.not_in([SENT, SKIPPED])).values(
    attempts=OUTBOX.c.attempts - bindparam("taken_back", type_=OUTBOX.c.attempts.type)
)
SETTLED_SKIPPED = WRITTEN.where(OUTBOX.c.state != SENT).values(
    state=case((_STANDS, SENT), else_=SKIPPED), sent_rev=_STANDING_REV
)
SETTLED_DEAD = WRITTEN.where(OUTBOX.c.state.not_in([SENT, SKIPPED])).values(
    state=case((_STANDS, SENT), else_=DEAD), sent_rev=_STANDING_REV
)
