"""The slash: parse what was typed, ask the desk, answer in the ack."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from structlog.contextvars import bind_contextvars

from bot.desk import Desk
from bot.incident.commands import Command, Declare
from bot.incident.history.codec import plain
from bot.incident.reacting.effects import Words
from bot.incident.reading.readings import ReadPanel
from bot.usecases.asked import Answer, Asked, Early
from bot.usecases.oncall import ReadQuiet
from bot.usecases.spooling import Standby
from bot.words import Act
from handlers.answers import Ack, ack_of, dialog, form_away, is_form
from handlers.boundary import Boundary, Request
from handlers.grammar import parse
from handlers.oncall_words import nobody_quiet
from handlers.opening import Opener
from handlers.parsed import Bare, Do, Govern, Help, Look, OnCall, OpenForm, Roles, TestPage, Unclear
from handlers.payloads import slash_key, slash_principal
from handlers.rooms import look_at

COMMAND = "/incident"
"""Everything Tocsin can be asked in words is this one slash command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slash:
    """Listens to the slash command."""

    desk: Desk
    boundary: Boundary
    opener: Opener
    quiet: ReadQuiet = nobody_quiet
    standby: Standby | None = None

    async def listen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Answer one slash: what it changed is committed before Slack hears "ok"."""
        request = Request(key=slash_key(body), actor=body["user_id"], verb="")
        reply = await self.boundary.answered(
            request,
            ask=lambda: self._ask(body),
            draw=lambda answer: self._draw(answer, body),
            alarm=lambda: self._spool(body),
        )
        await ack(**reply)

    async def _spool(self, body: Mapping[str, Any]) -> Answer | None:
        """Write a declaration down while the database does not answer; None for anything else that was typed."""
        parsed = parse(body.get("text") or "")
        if isinstance(parsed, Bare) or (isinstance(parsed, OpenForm) and parsed.act is Act.DECLARE):
            return form_away()
        if not isinstance(parsed, Do) or not isinstance(parsed.command, Declare) or self.standby is None:
            return None
        return await self.standby.alarm(_asked(parsed, _early(body), body))

    async def _ask(self, body: Mapping[str, Any]) -> Answer:
        parsed, early = parse(body.get("text") or ""), _early(body)
        bind_contextvars(verb=getattr(parsed, "verb", "") or "")
        match parsed:
            case Do():
                asked = _asked(parsed, early, body)
                return await self.desk.ask(replace(asked, command=await self._housed(parsed.command, early)))
            case OpenForm(verb=verb, act=act, words=words, number=number):
                seen = await self._looked(early) if act is Act.DECLARE else {}
                words = {**words, **seen}
                return await self.desk.open_form(replace(early, verb=verb, number=number), act=act, words=words)
            case Look(verb=verb, reading=reading, number=number):
                return await self.desk.look(replace(early, verb=verb, number=number), reading)
            case Unclear(verb=verb, refused=refused, number=number):
                return await self.desk.refuse(replace(early, verb=verb, number=number), refused)
            case Roles(verb=verb, role=role, number=number):
                return await self.desk.roles(replace(early, verb=verb, number=number), role=role)
            case OnCall() | TestPage() | Govern():
                return await self._elsewhere(parsed, replace(early, verb=parsed.verb))
            case Bare() | Help():
                return await self._show(parsed, early)
            case _:
                assert_never(parsed)

    async def _elsewhere(self, parsed: OnCall | TestPage | Govern, early: Early) -> Answer:
        """Return what is about no incident: who is on call and may be disturbed, a test page, the policy."""
        if isinstance(parsed, Govern) and parsed.about:
            return await self.desk.tell_policy(early, about=parsed.about)
        if isinstance(parsed, Govern):
            return await self.desk.govern(early, parsed.decision, meant=parsed.meant)
        if isinstance(parsed, TestPage):
            return await self.desk.test_page(early)
        quiet = await self.quiet(await self.desk.on_duty(team=parsed.team))
        return await self.desk.on_call(early, team=parsed.team, quiet=quiet)

    async def _show(self, parsed: Bare | Help, early: Early) -> Answer:
        """Return help; for a bare slash the control panel of the incident meant, else the declare form."""
        if isinstance(parsed, Help):
            return Answer(view="help.verb", words={"verb": parsed.verb}) if parsed.verb else Answer(view="help")
        if parsed.number is not None or await self.desk.number_of(channel=early.channel) is not None:
            return await self.desk.look(replace(early, verb="panel", number=parsed.number), ReadPanel())
        words = await self._looked(early)
        return await self.desk.open_form(replace(early, verb="declare"), act=Act.DECLARE, words=words)

    async def _housed(self, command: Command, early: Early) -> Command:
        """Return a declaration that is to live here with what Slack says of this channel."""
        if not isinstance(command, Declare) or not command.here:
            return command
        return replace(command, host=await look_at(self.opener.client, early.channel))

    async def _looked(self, early: Early) -> Words:
        """Return what the declare form has to know of the channel it is opened in."""
        return {"host": plain(await look_at(self.opener.client, early.channel))}

    def _draw(self, answer: Answer, body: Mapping[str, Any]) -> Ack:
        now = self.desk.now()
        if not is_form(answer):
            return ack_of(answer, now=now)
        view = dialog(answer, now=now) or {}
        self.opener.start(
            self.opener.open(
                view,
                trigger=body["trigger_id"],
                form=answer,
                early=replace(_early(body), number=_number(answer)),
                respond_url=body.get("response_url") or "",
            )
        )
        return {}


def _asked(parsed: Do, early: Early, body: Mapping[str, Any]) -> Asked:
    return Asked(
        key=early.key,
        who=early.who,
        command=parsed.command,
        number=parsed.number,
        channel=early.channel,
        respond_url=body.get("response_url") or "",
    )


def _early(body: Mapping[str, Any]) -> Early:
    return Early(key=slash_key(body), who=slash_principal(body), verb="", channel=body.get("channel_id") or "")


def _number(answer: Answer) -> int | None:
    return answer.picture.incident.number if answer.picture else None
