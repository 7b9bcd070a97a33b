"""What open timers cost: an idle tick among 100 and among 100,000 of them, and 5,000 that fall due at once."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import policy_files
from bot.clock import Clock
from bot.desk import Desk
from bot.incident.commands import Acknowledge, Declare
from bot.ops.company import ROOT
from bot.policy.rota import Member
from bot.usecases.asked import Asked, Principal
from bot.usecases.world import World
from bot.words import ActorKind, Severity
from storage.unit_of_work import Database

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
EACH = 4
"""Timers of an acknowledged SEV-3: a warning and an end each for mitigate and resolve."""

WARNED_AFTER = timedelta(hours=7)
"""When the first of them falls due: an hour before the eight that mitigation is allowed."""

LATER = timedelta(hours=3)
FEW, MANY, DUE = 100, 100_000, 5_000
BOUND_S, TICKS, SLOWER_AT_MOST = 30.0, 60, 3.0
CROWD = ("ada", "noor", "sam", "mia", "lena", "tomas", "iris")


@dataclass(slots=True, kw_only=True)
class Office:
    """A desk in this thread, with a clock that is moved by hand."""

    path: Path
    now: datetime = START
    database: Database = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        """Make the tables."""
        self._open()
        self.database.migrate()

    def _open(self) -> None:
        self.database = Database(f"sqlite:///{self.path}")
        world = World(now=lambda: self.now, home_team="T0")
        self.desk = Desk(world=world, write=self.database.write, read=self.database.read, owner="bench")

    async def begin(self) -> None:
        """Put the policy in force, and let people be known."""
        await self.desk.adopt(policy_files(ROOT / "policies"), approved_by="bench")
        await self.desk.meet([_member(handle) for handle in CROWD])

    async def declare(self) -> None:
        """Declare a SEV-3 and acknowledge it, and let a tick say what is said in its first minute."""
        ada, noor = (Principal(kind=ActorKind.PERSON, id=f"U0{who}", team="T0") for who in ("ADA", "NOOR"))
        number = len(await self.desk.open_numbers()) + 1
        declared = Declare(title=f"Search {number} is slow", severity=Severity.SEV3)
        await self.desk.ask(Asked(key=f"declare:{number}", who=ada, command=declared))
        await self.desk.ask(Asked(key=f"ack:{number}", who=noor, command=Acknowledge(), number=number))
        self.now += timedelta(minutes=2)
        await Clock(self.desk).tick()

    def copy(self, number: int, *, to: range) -> None:
        """Write the incident `number` and its running timers again under every number of `to`.

        The file is given back meanwhile: two SQLite libraries in one process take each other's locks away.
        """
        self.database.close()
        with sqlite3.connect(self.path) as connection:
            _copied(connection, "incident", "number", number, to)
            _copied(connection, "timer", "incident", number, to, only="AND state = 'pending'")
        connection.close()
        self._open()

    def running(self) -> int:
        """Return how many timers run."""
        with self.database.read() as unit:
            return unit.timers.counted(now=self.now)[0]


async def measure(short: bool) -> dict[str, object]:  # noqa: FBT001 - benches share one shape
    """Return the idle tick's median with few and with many timers in ms, and how 5,000 due at once were carried out."""
    many, due = (MANY // 10, DUE // 10) if short else (MANY, DUE)
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        office = Office(path=Path(folder) / "tocsin.db")
        try:
            await office.begin()
            return await _measured(office, many=many, due=due)
        finally:
            office.database.close()


async def _measured(office: Office, *, many: int, due: int) -> dict[str, object]:
    await office.declare()
    first_due = START + WARNED_AFTER
    office.now += LATER
    await office.declare()
    office.copy(2, to=range(3, FEW // EACH + 1))
    few_ms = await _idle_ms(office)
    office.copy(1, to=range(1_000_000, 1_000_000 + due - 1))
    office.copy(2, to=range(2_000_000, 2_000_000 + many // EACH - due - FEW // EACH))
    many_ms = await _idle_ms(office)
    open_timers = office.running()
    office.now = first_due - timedelta(seconds=1)
    await Clock(office.desk).tick()
    early = open_timers - office.running()
    office.now = first_due
    begun = time.perf_counter()
    await Clock(office.desk).tick()
    took = time.perf_counter() - begun
    fired = open_timers - early - office.running()
    await Clock(office.desk).tick()
    again = open_timers - early - fired - office.running()
    ratio = round(many_ms / few_ms, 2)
    return {
        "timers": open_timers,
        "idle_tick_few_ms": round(few_ms, 2),
        "idle_tick_many_ms": round(many_ms, 2),
        "idle_ratio": ratio,
        "due_at_once": due,
        "early": early,
        "fired": fired,
        "fired_again": again,
        "took_s": round(took, 1),
        "bound_s": BOUND_S,
        "ok": (early, fired, again) == (0, due, 0) and took <= BOUND_S and ratio <= SLOWER_AT_MOST,
    }


async def _idle_ms(office: Office) -> float:
    clock, spent = Clock(office.desk), []
    for _ in range(TICKS):
        begun = time.perf_counter()
        await clock.tick()
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent)


def _copied(connection: sqlite3.Connection, table: str, key: str, number: int, to: range, *, only: str = "") -> None:
    names: Sequence[str] = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    read = ", ".join("n.value" if name == key else f"{table}.{name}" for name in names)
    numbers = "WITH RECURSIVE n(value) AS (SELECT ? UNION ALL SELECT value + 1 FROM n WHERE value + 1 < ?)"
    insert = f"{numbers} INSERT INTO {table} ({', '.join(names)}) SELECT {read} FROM {table}, n"  # noqa: S608  (names of our own tables)  # nosec B608
    connection.execute(f"{insert} WHERE {table}.{key} = ? {only}", (to.start, to.stop, number))


def _member(handle: str) -> Member:
    return Member(
        id=f"U0{handle.upper()}",
        handle=handle,
        name=handle.capitalize(),
        zone="Europe/Berlin",
        is_bot=False,
        deleted=False,
        is_restricted=False,
        is_stranger=False,
        team_id="T0",
    )
