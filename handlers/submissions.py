"""Submitted forms: read, ask the desk, and answer in the form itself, which keeps what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Desk
from bot.incident.commands import Declare
from bot.usecases.asked import Answer, Asked
from bot.usecases.spooling import Standby
from handlers.answers import Ack, dialog
from handlers.boundary import Boundary, Request
from handlers.filled import NOT_A_MEMBER, READINGS, Reading, complaints, too_late, values_of
from handlers.form_commands import Values
from handlers.payloads import interaction_principal, submission_key
from views.kit import clean_name

UNFIT = 16
"""The refusal of a person who cannot take what they were chosen for; it is said beside the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submissions:
    """Listens to every form."""

    desk: Desk
    boundary: Boundary
    standby: Standby | None = None

    async def listen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Take one form: what it changed is committed before Slack hears "ok"."""
        view = body["view"]
        reading, values = READINGS[view["callback_id"]], values_of(view)
        thin = complaints(reading, values) | too_late(reading, values, self.desk.now())
        if thin:
            await ack(response_action="errors", errors=thin)
            return
        request = Request(key=submission_key(body), actor=body["user"]["id"], verb=view["callback_id"])
        reply = await self.boundary.answered(
            request,
            ask=lambda: self._ask(body, reading, values),
            draw=lambda answer: self._draw(answer, reading, values),
            alarm=lambda: self._spool(body, reading, values),
        )
        await ack(**reply)

    async def closed(self, ack: AsyncAck) -> None:
        """Let a form go that was put away; nothing was asked."""
        await ack()

    async def _ask(self, body: Mapping[str, Any], reading: Reading, values: Values) -> Answer:
        return await self.desk.submit(self._asked(body, reading, values), token=_token(body))

    async def _spool(self, body: Mapping[str, Any], reading: Reading, values: Values) -> Answer | None:
        """Write a declaration down while the database does not answer; None for any other form."""
        asked = self._asked(body, reading, values)
        if not isinstance(asked.command, Declare) or self.standby is None:
            return None
        return await self.standby.alarm(asked, token=_token(body))

    def _asked(self, body: Mapping[str, Any], reading: Reading, values: Values) -> Asked:
        command = reading.command(values, self.desk.now())
        return Asked(key=submission_key(body), who=interaction_principal(body), command=command)

    def _draw(self, answer: Answer, reading: Reading, values: Values) -> Ack:
        if reading.person and answer.view == "refused" and answer.words.get("number") == UNFIT:
            unfit = _not_a_member(answer, reading, values)
            return {"response_action": "errors", "errors": {reading.person.block: unfit}}
        said = reading.beside.get(int(str(answer.words.get("number") or 0))) if answer.view == "refused" else None
        if said:
            return {"response_action": "errors", "errors": {said[0].block: said[1]}}
        view = dialog(_with_words(answer, reading, values), now=self.desk.now())
        return {"response_action": "update", "view": view} if view else {"response_action": "clear"}


def _token(body: Mapping[str, Any]) -> str:
    return body["view"].get("private_metadata") or ""


def _with_words(answer: Answer, reading: Reading, values: Values) -> Answer:
    """Return the answer with the person's own words in it, unless the refusal kept them already."""
    kept = answer.words.get("kept") or values.get(reading.rules[0].field.block, "")
    return replace(answer, words={**answer.words, "kept": kept, "typed": dict(values)})


def _not_a_member(answer: Answer, reading: Reading, values: Values) -> str:
    """Return who was chosen and cannot answer, by name where the incident's picture knows it."""
    chosen = values.get(reading.person.block, "") if reading.person else ""
    name = answer.picture.name(chosen) if answer.picture else chosen
    return NOT_A_MEMBER if name == chosen else NOT_A_MEMBER.replace("That account", clean_name(name))
