"""What a press inside a dialog does to it: a form goes above it, a page turned or a panel changed takes its place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.desk import Desk
from bot.incident.reading.readings import ReadPanel
from bot.usecases.asked import Answer, Early
from bot.usecases.looking import as_dialog
from handlers.answers import dialog, dialog_anyway, is_form
from handlers.opening import Opener
from handlers.payloads import interaction_principal, press_key
from views.answers import answer as draw

PANEL, DECLARE, TOLD = "form.panel", "form.declare", "form.told"
_SHOWN = frozenset({"list", "timeline", "summary", "roles", "help", "refused"})
"""Answers that are read, beside forms: above a panel or a half-written form, never in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogs:
    """Shows answers to presses inside a dialog."""

    desk: Desk
    opener: Opener

    async def show(self, answer: Answer, body: Mapping[str, Any], modal: str) -> None:
        """Show `answer` to the press `body` made in the dialog whose view id is `modal`."""
        below = str(body["view"].get("callback_id") or "")
        above = is_form(answer) or answer.view in _SHOWN
        if below in {PANEL, DECLARE} and above:
            await self.opener.push(dialog_anyway(answer, now=self.desk.now()), trigger=body["trigger_id"])
        elif below == PANEL and answer.picture:
            await self._draw_again(answer, body, modal, number=answer.picture.incident.number)
        elif view := self._instead(answer, below):
            await self.opener.update(view, view_id=modal)

    def _instead(self, answer: Answer, below: str) -> dict[str, Any] | None:
        now = self.desk.now()
        return dialog_anyway(answer, now=now) if below == TOLD else dialog(answer, now=now)

    async def _draw_again(self, answer: Answer, body: Mapping[str, Any], modal: str, *, number: int) -> None:
        """Put the panel as it is now in its own place, with what was just done above it."""
        key = f"{press_key(body)}/panel"
        early = Early(key=key, who=interaction_principal(body), verb="panel", number=number)
        panel = as_dialog(await self.desk.look(early, ReadPanel()))
        said = draw(answer, now=self.desk.now()).text
        view = dialog(replace(panel, words={**panel.words, "done": said}), now=self.desk.now())
        await self.opener.update(view or {}, view_id=modal)
