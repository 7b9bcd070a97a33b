"""What the demo's page may read of the bot's books: its outbox, its audit log, and whether that verifies."""

from collections.abc import Sequence
from datetime import datetime

from bot.ops.company import Company
from bot.ports import Delivery, DeliveryState, SealedEntry
from bot.words import ActorKind
from sandbox.page.ledgers import MOST_LINES, Owed, Recorded
from storage.verify import verify

OPEN = frozenset({DeliveryState.PENDING, DeliveryState.INTENT, DeliveryState.IN_DOUBT})


class Books:
    """Reads the books of one company's bot; they are empty while it is not running."""

    def __init__(self, company: Company) -> None:
        self._company = company

    def outbox(self) -> Sequence[Owed]:
        """Return the newest rows of the outbox, oldest first, and every one that is owed or dead."""
        if self._company.bot is None:
            return ()
        with self._company.bot.database.read() as unit:
            rows = unit.outbox.latest(limit=MOST_LINES)
        return [_owed(delivery, due) for delivery, due in rows]

    def audit(self) -> Sequence[Recorded]:
        """Return the newest entries of the audit log, oldest first."""
        if self._company.bot is None:
            return ()
        with self._company.bot.database.read() as unit:
            entries = unit.audit.entries(after=max(0, unit.audit.count() - MOST_LINES), limit=MOST_LINES)
        return [_recorded(entry) for entry in entries]

    def verify(self) -> tuple[bool, str]:
        """Return whether the whole log verifies, from its stored bytes, and that in a sentence."""
        verdict = verify(self._company.database)
        if verdict.ok:
            return True, f"The record verifies: {verdict.entries} entries, each unaltered and in its place."
        return False, f"The record does not verify: {verdict.problem}."


def _owed(delivery: Delivery, due: datetime) -> Owed:
    effect, redraws = delivery.effect, delivery.wanted_rev > delivery.sent_rev > 0
    return Owed(
        kind=f"{effect.kind} {effect.view}".replace("_", " ").strip(),
        place=_place(str(effect.place)),
        state="redraw" if redraws and delivery.state is DeliveryState.SENT else str(delivery.state).replace("_", " "),
        tries=delivery.attempts,
        due=due,
        incident=effect.incident,
        error=delivery.error,
        is_open=delivery.state in OPEN or (redraws and delivery.state is DeliveryState.SENT),
        is_bad=delivery.state is DeliveryState.DEAD,
    )


def _place(place: str) -> str:
    return place.replace(":", " ").replace("dm ", "DM ")


def _recorded(sealed: SealedEntry) -> Recorded:
    entry = sealed.entry
    return Recorded(
        seq=sealed.seq,
        at=entry.occurred_at,
        who=entry.actor if entry.actor_kind is ActorKind.PERSON else f"{entry.actor_kind}",
        action=entry.action,
        leaf=sealed.leaf,
        incident=entry.incident,
        denied=entry.decision == "deny",
    )
