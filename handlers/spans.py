"""The choice for how long command is handed over: the form is drawn again, with or without a time to choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Desk
from handlers.answers import is_form
from handlers.filled import values_of
from handlers.opening import Opener
from handlers.payloads import interaction_principal
from views.forms import form
from views.handover_forms import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Listens to "For how long?" in the form that hands over."""

    desk: Desk
    opener: Opener

    async def listen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Let Slack go at once, then draw the form again; one submitted before that counts as it was filled in."""
        await ack()
        self.opener.start(self._redraw(body))

    async def _redraw(self, body: Mapping[str, Any]) -> None:
        view = body["view"]
        answer = await self.desk.form_again(
            interaction_principal(body),
            token=view.get("private_metadata") or "",
            words=words_of(values_of(view)),
        )
        if is_form(answer):
            drawn = form(answer, now=self.desk.now())
            await self.opener.update(drawn, view_id=view["id"], hash=view.get("hash") or "")
