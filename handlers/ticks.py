"""Ticks and choices in the declare form: the form is drawn again, and nothing is asked of an incident yet."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Desk
from bot.incident.reacting.effects import Words
from bot.incident.rules.suggesting import kept_private, suggested
from bot.usecases.asked import Answer
from bot.words import Act
from handlers.filled import values_of
from handlers.form_commands import Values, drawn_with, ticks
from handlers.opening import Opener
from handlers.payloads import action_of
from views.confirming import UNLISTED
from views.declare_form import BY_HAND, DESCRIPTION, HERE, SEVERITY
from views.declare_seen import CONFIDENTIAL, INTERNAL, SEEN, SEEN_BY_HAND
from views.forms import form

ANY_TICK = re.compile(r"^tick\.")
"""Ids of what is heard of before the form is submitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """Listens to the boxes and the severities of the declare form."""

    desk: Desk
    opener: Opener

    async def listen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Let Slack go at once, then draw the form again as what is ticked or chosen has it."""
        await ack()
        self.opener.start(self._redraw(body["view"], by=action_of(body)["action_id"], who=body["user"]["id"]))

    async def _redraw(self, view: Mapping[str, Any], *, by: str, who: str) -> None:
        words = await self.desk.declare_words(_typed(values_of(view), shown=view, by=by), who=who)
        answer = Answer(view="form.declare", words=words, handles={Act.DECLARE: view.get("private_metadata") or ""})
        drawn = form(answer, now=self.desk.now())
        await self.opener.update(drawn, view_id=view["id"], hash=view.get("hash") or "")


def _typed(values: Values, *, shown: Mapping[str, Any], by: str) -> Words:
    """Return what the form is drawn from: what was typed stays in Slack, for those blocks keep their ids.

    `by` is the id of the box or the list that somebody pressed.
    """
    weighs = suggested(ticks(values))
    drawn = values.get(drawn_with(SEVERITY.block), "")
    severity = values.get(SEVERITY.block, "")
    by_hand = by.startswith(SEVERITY.action) or drawn == BY_HAND or bool(severity and severity != drawn)
    return {
        "severity": severity if by_hand else (weighs.value if weighs else None),
        "suggested": weighs.value if weighs else "",
        BY_HAND: by_hand,
        "again": True,
        "context": _context(shown["blocks"]),
        "description_hint": _hint(shown["blocks"]),
        "shows": _shows(shown["blocks"]),
        **_here(shown["blocks"]),
        **_seen(values, by=by),
    }


def _seen(values: Values, *, by: str) -> Words:
    """Return who may see it as the form is to show it: as chosen by hand, else as the box about data has it."""
    chosen, drawn = values.get(SEEN.block, ""), values.get(drawn_with(SEEN.block), "")
    by_hand = by.startswith(SEEN.action) or drawn == BY_HAND or bool(chosen and chosen != drawn)
    is_private = kept_private(chosen=chosen if by_hand else "", drawn="", ticked=ticks(values))
    seen = chosen if by_hand else (CONFIDENTIAL if is_private else INTERNAL)
    return {"seen": seen, SEEN_BY_HAND: by_hand}


def _context(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Return the line below the form as it stands, which says why it opened."""
    below = [block for block in blocks if block["block_id"] != UNLISTED][-1]
    return html.unescape(below["elements"][0]["text"]) if below["type"] == "context" else ""


def _shows(blocks: Sequence[Mapping[str, Any]]) -> Words:
    """Return the handles of the incidents that the form names, by number, as they stand."""
    shown = [block["accessory"] for block in blocks if "accessory" in block]
    return {one["text"]["text"].rpartition("-")[2]: one["value"] for one in shown}


def _here(blocks: Sequence[Mapping[str, Any]]) -> Words:
    """Return the channel that the form may use, as it stands."""
    box = next((block for block in blocks if block["block_id"] == HERE.block), None)
    if box is None:
        return {}
    label = box["element"]["options"][0]["text"]["text"]
    return {"here": label.partition("#")[2], "here_private": "CONFIDENTIAL" in box["hint"]["text"]}


def _hint(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Return the hint of the description as it stands, which differs when the form began at a message."""
    return next((block["hint"]["text"] for block in blocks if block["block_id"] == DESCRIPTION.block), "")
