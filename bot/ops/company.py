"""A sandbox with Tocsin in it: the seeded company, the bot, and their one clock, in one process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from pydantic import SecretStr

from bot.app import Bot
from bot.ops.manifests import shipped
from bot.ports import TimerRow
from bot.settings import Settings
from sandbox.clock import BotState
from sandbox.mailbox import Mailbox
from sandbox.records import CallRecord, Violation
from sandbox.server import Sandbox
from sandbox.shown import message_shown
from sandbox.sight import person_named, seen_messages
from storage.verify import verify
from web.site import SLACK

ROOT = Path(__file__).resolve().parents[2]
MEMBER = "lena"
"""Whose view of the channels a report shows: a member who sits in leadership, too."""


@dataclass(slots=True, kw_only=True)
class Company:
    """The sandbox, and the bot connected to it; a stage for scenarios and the inside of the demo.

    `database` is the database's URL; `flowing` lets virtual time run with real time; `over_http` has the sandbox post
    to the bot's request URL, without Socket Mode; `settings` overrides others.
    """

    database: str
    flowing: bool = False
    over_http: bool = False
    started_at: datetime | None = None
    port: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    sandbox: Sandbox = field(init=False)
    mailbox: Mailbox = field(default_factory=Mailbox)
    bot: Bot | None = None

    def __post_init__(self) -> None:
        """Seed the workspace; nothing listens yet."""
        self.sandbox = Sandbox(manifest=shipped(), started_at=self.started_at, flowing=self.flowing)

    async def open(self) -> None:
        """Start the sandbox and its mail server, then the bot in it."""
        await self.mailbox.open()
        await self.sandbox.start(port=self.port)
        await self.start_bot()

    async def start_bot(self) -> None:
        """Start a bot on the database, connected to the sandbox and following its clock."""
        self.bot = self.make_bot()
        await self.bot.prepare()
        await self.bot.start()
        self.sandbox.register_bot(self.probe)
        if self.bot.outside and self.bot.outside.sockets:
            await self.bot.outside.sockets.connected()
        if self.over_http:
            await self._deliver_over_http(self.bot)

    def make_bot(self) -> Bot:
        """Make the bot, not started yet."""
        return Bot(self.bot_settings(), now=self.sandbox.clock.now)

    async def _deliver_over_http(self, bot: Bot) -> None:
        front = bot.outside.front if bot.outside else None
        if front is None or not await self.sandbox.deliver_to(f"{front.server.url}{SLACK}"):
            message = "the bot did not answer Slack's url_verification"
            raise RuntimeError(message)

    def bot_settings(self) -> Settings:
        """Return the settings that point a bot at the sandbox."""
        pointed: dict[str, Any] = {
            "slack_bot_token": SecretStr(self.sandbox.bot_token),
            "slack_app_token": SecretStr("" if self.over_http else self.sandbox.app_token),
            "slack_signing_secret": SecretStr(self.sandbox.signing_secret),
            "database_url": SecretStr(self.database),
            "tocsin_http_port": 0 if self.over_http else None,
            "tocsin_slack_api_url": self.sandbox.api_url,
            "tocsin_policies": ROOT / "policies",
            "tocsin_spool_dir": self._spool(),
            "tocsin_smtp_host": "127.0.0.1",
            "tocsin_smtp_port": self.mailbox.port,
            "tocsin_smtp_from": "tocsin@example.com",
            "tocsin_smtp_tls": "insecure",
        }
        return Settings(_env_file=None, **{**pointed, **self.settings})

    def _spool(self) -> Path | None:
        """Return a folder of its own for a database that is no file to be beside."""
        if self.database.startswith("sqlite"):
            return None
        return Path(gettempdir()) / f"tocsin-spool-{sha256(self.database.encode()).hexdigest()[:16]}"

    async def probe(self, now: datetime) -> BotState:
        """Tell the sandbox's time machine whether the bot is idle at `now`, and when it next wants to wake."""
        if self.bot is None or now.tzinfo is None:
            return BotState(busy=0, next_wake=None)
        busy, wake = await self.bot.idle()
        return BotState(busy=busy, next_wake=wake)

    async def close(self) -> None:
        """Stop the bot, then the sandbox."""
        if self.bot:
            await self.bot.stop()
        await self.sandbox.stop()
        await self.mailbox.close()


class CompanyStage:
    """A company as a scenario's stage: what `play` asks for."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._started_at = company.sandbox.clock.now()

    @property
    def started_at(self) -> datetime:
        """Return the virtual moment at which the play began."""
        return self._started_at

    def now(self) -> datetime:
        """Return the virtual present."""
        return self._company.sandbox.clock.now()

    async def act(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Do what a person does; ActRefused when Slack would not let them."""
        return await self._company.sandbox.act(request)

    async def advance_to(self, seconds: float) -> None:
        """Move the clock to `seconds` after the start, through everything due on the way."""
        await self._company.sandbox.advance_to(self._started_at + timedelta(seconds=seconds))

    def calls(self) -> Sequence[CallRecord]:
        """Return every Web API call since the start."""
        return self._company.sandbox.workspace.calls

    def violations(self) -> Sequence[Violation]:
        """Return everything that Slack would not have taken."""
        return self._company.sandbox.workspace.violations

    def timers(self) -> Sequence[TimerRow]:
        """Return every timer ever armed."""
        with self._bot.database.read() as unit:
            return unit.timers.everything()

    def refusals(self) -> int:
        """Return how many requests were refused so far."""
        with self._bot.database.read() as unit:
            return unit.audit.denied()

    def audit(self) -> Mapping[str, Any]:
        """Return how many entries the log has, and whether it verifies."""
        verdict = verify(self._company.database)
        return {"entries": verdict.entries, "verified": verdict.ok}

    def channels(self) -> Mapping[str, Sequence[Any]]:
        """Return what a member sees, by channel name."""
        workspace = self._company.sandbox.workspace
        person = person_named(workspace, MEMBER)
        return {
            channel.name: [message_shown(workspace, message) for message in seen_messages(channel, person)]
            for channel in workspace.channels.values()
            if channel.name
        }

    @property
    def _bot(self) -> Bot:
        if self._company.bot is None:
            message = "the bot is not running"
            raise RuntimeError(message)
        return self._company.bot
