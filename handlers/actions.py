"""Presses of buttons: the handle says what is asked; the answer goes out privately, as a form, or into the dialog."""

import re
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Desk
from bot.usecases.asked import Answer, Early
from handlers.answers import dialog_anyway, is_form
from handlers.boundary import Boundary, Request
from handlers.dialogs import Dialogs
from handlers.opening import Opener
from handlers.payloads import action_of, in_home, interaction_principal, modal_of, press_key, pressed

ANY_ACT = re.compile(r"^act\.")
"""Every button's id: what it stands for is in its handle."""

_TOLD_HERE = {"declared": True, "help": False, "help.verb": False, "unexpected": False, "away": False}
"""Answers that no outbox row carries, and whether they take the place of the message that was pressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presses:
    """Listens to every button."""

    desk: Desk
    boundary: Boundary
    opener: Opener

    @property
    def dialogs(self) -> Dialogs:
        """Return what shows an answer in the dialog that was pressed."""
        return Dialogs(desk=self.desk, opener=self.opener)

    async def listen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Carry out one press: what it changed is committed before Slack hears "ok"."""
        request = Request(key=press_key(body), actor=body["user"]["id"], verb=action_of(body)["action_id"])
        await self.boundary.answered(
            request,
            ask=lambda: self.desk.press(pressed(body)),
            draw=lambda answer: self._show(answer, body),
        )
        await ack()

    def _show(self, answer: Answer, body: dict[str, Any]) -> None:
        modal, respond_url = modal_of(body), body.get("response_url") or ""
        if modal is not None:
            self.opener.start(self.dialogs.show(answer, body, modal))
        elif is_form(answer) or in_home(body):
            self._open(answer, body, respond_url)
        elif answer.view in _TOLD_HERE and respond_url:
            instead = _TOLD_HERE[answer.view]
            self.opener.start(self.opener.tell(answer, respond_url=respond_url, replace_original=instead))

    def _open(self, answer: Answer, body: dict[str, Any], respond_url: str) -> None:
        view = dialog_anyway(answer, now=self.desk.now())
        self.opener.start(
            self.opener.open(
                view,
                trigger=body["trigger_id"],
                form=answer,
                early=_early(answer, body),
                respond_url=respond_url,
            )
        )


def _early(answer: Answer, body: dict[str, Any]) -> Early:
    early = Early(
        key=press_key(body),
        who=interaction_principal(body),
        verb=action_of(body)["action_id"],
        channel=(body.get("channel") or {}).get("id") or "",
    )
    return replace(early, number=answer.picture.incident.number) if answer.picture else early
