"""The message shortcut: the declare form opens with what somebody wrote as its title."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.incident.reacting.effects import Words
from bot.incident.rules.declare import fit_title
from bot.usecases.asked import Answer, Early
from bot.words import Act
from handlers.answers import dialog, form_away, is_form
from handlers.boundary import Boundary, Request
from handlers.opening import Opener
from handlers.payloads import interaction_principal, message_link, shortcut_key
from handlers.publicity import is_public
from handlers.typed import plain_words

FROM_MESSAGE = "declare.from_message"
"""The callback id of the shortcut in the manifest."""

PRIVATE_LINK = "People outside that conversation cannot open this link."


@dataclass(frozen=True, slots=True, kw_only=True)
class FromMessage:
    """Listens to the shortcut on a message; `client` carries the bot's token."""

    desk: Desk
    boundary: Boundary
    opener: Opener
    client: AsyncWebClient

    async def listen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the declare form with the message's first words and its link; nothing is declared yet."""
        request = Request(key=shortcut_key(body), actor=body["user"]["id"], verb="shortcut")
        await self.boundary.answered(
            request, ask=lambda: self._ask(body), draw=lambda answer: self._show(answer, body), alarm=_no_form
        )
        await ack()

    async def _ask(self, body: Mapping[str, Any]) -> Answer:
        words = _words(body, public=await is_public(self.client, body["channel"]["id"]))
        return await self.desk.open_form(_early(body), act=Act.DECLARE, words=words)

    def _show(self, answer: Answer, body: Mapping[str, Any]) -> None:
        respond_url = body.get("response_url") or ""
        if not is_form(answer):
            self.opener.start(self.opener.tell(answer, respond_url=respond_url))
            return
        view = dialog(answer, now=self.desk.now()) or {}
        self.opener.start(
            self.opener.open(view, trigger=body["trigger_id"], form=answer, early=_early(body), respond_url=respond_url)
        )


async def _no_form() -> Answer:
    return form_away()


def _words(body: Mapping[str, Any], *, public: bool) -> Words:
    """Return what the form begins with; what was said in private stays there, only its link goes along."""
    link = message_link(body)
    if not public:
        return {"description": link, "description_hint": PRIVATE_LINK}
    title, _ = fit_title(plain_words(body["message"].get("text") or ""), "")
    return {"title": title, "description": link}


def _early(body: Mapping[str, Any]) -> Early:
    who = interaction_principal(body)
    return Early(key=shortcut_key(body), who=who, verb="shortcut", channel=body["channel"]["id"])
