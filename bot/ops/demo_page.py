"""What the demo's page shows of the bot: its timers, who is on call, a fresh start, scenarios."""

from collections.abc import Mapping, Sequence

from bot.ops.company import Company
from bot.ops.demo_books import Books
from bot.ops.demo_player import ScenarioPlayer
from sandbox.page.state import Hooks, Timer

_ON_CALL = "on call"


def hooks_of(company: Company) -> Hooks:
    """Return what the page of `company` may ask of its bot."""
    facts = _Facts(company)
    books = Books(company)
    player = ScenarioPlayer(company)

    async def restart() -> None:
        player.stop()
        await facts.restart()

    return Hooks(
        timers=facts.timers,
        on_call=facts.on_call,
        restart=restart,
        player=player,
        outbox=books.outbox,
        audit=books.audit,
        verify=books.verify,
    )


class _Facts:
    """Reads the bot of one company; nothing while it is not running."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._first = company.database
        self._starts = 0

    def timers(self) -> Sequence[Timer]:
        """Return every timer ever armed."""
        if self._company.bot is None:
            return ()
        with self._company.bot.database.read() as unit:
            rows = unit.timers.everything()
        return [
            Timer(label=f"INC-{row.incident} {_words(row.kind)}", due=row.due_at, state=str(row.state)) for row in rows
        ]

    def on_call(self) -> Mapping[str, str]:
        """Return for each handle what that person is on call as."""
        bot = self._company.bot
        if bot is None:
            return {}
        with bot.database.read() as unit:
            people = bot.desk.world.policy(unit).people
        return {
            people.persons[contact.person].slack.removeprefix("@"): contact.label.removesuffix(_ON_CALL).strip()
            for contact in people.contacts.values()
            if contact.person and contact.label.endswith(_ON_CALL)
        }

    async def restart(self) -> None:
        """Start a bot on an empty database, in a workspace as it was seeded."""
        if self._company.bot is not None:
            await self._company.bot.stop()
            self._company.bot = None
        await self._company.sandbox.reset()
        self._starts += 1
        self._company.database = self._first.removesuffix(".db") + f"-{self._starts}.db"
        await self._company.start_bot()


def _words(kind: str) -> str:
    return kind.replace(".", " ").replace("_", " ")
