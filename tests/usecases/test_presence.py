"""Being back: an absence is found from when Tocsin was last seen, in any process, and told once whatever dies."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.attendance import Attendance
from bot.clock import Clock
from bot.failpoints import FAILPOINTS, Failpoints
from bot.incident.commands import Cancel
from bot.incident.history.absence import Absence
from bot.usecases.asked import Asked, Principal
from bot.words import ActorKind
from tests.usecases.conftest import START, Office

MINUTE = timedelta(minutes=1)


class KilledError(BaseException):
    """The process is no more."""


def process(office: Office, *, stands_still: bool = False) -> Clock:
    """Return the clock of a process that was started just now."""
    return Clock(office.desk, attendance=Attendance(office.desk, stands_still=stands_still))


def told(office: Office) -> list[str]:
    """Return the ids of the lines that say Tocsin was away."""
    return sorted(one for one in office.outbox() if one.endswith("/line.away"))


def waits(office: Office) -> Absence | None:
    """Return the absence that is still to be told of somewhere."""
    with office.database.read() as unit:
        seen = unit.presence.get()
    return seen.absence if seen else None


@pytest.fixture
def failpoints() -> Iterator[Failpoints]:
    """The failpoints of this process, unarmed again afterwards."""
    usual = FAILPOINTS.strike
    yield FAILPOINTS
    FAILPOINTS.strike = usual


async def test_every_open_incident_is_told_once(office: Office) -> None:
    """Two are open after seven minutes without a process: each has one line, and further ticks add none."""

    await office.declare("Checkout down")
    await office.declare("Search down")
    await process(office).tick()
    office.wait(7)
    clock = process(office)
    await clock.tick()
    first = told(office)
    await clock.tick()
    office.wait(1)
    await clock.tick()
    await process(office).tick()

    assert 2 == len(first)
    assert (first, None) == (told(office), waits(office))


@pytest.mark.parametrize("minutes", [0, 0.5, 1.9])
async def test_a_restart_is_no_absence(office: Office, minutes: float) -> None:
    """A process that is started again within two minutes says nothing."""

    await office.declare("Checkout down")
    await process(office).tick()
    office.wait(minutes)
    await process(office).tick()

    assert [] == told(office)


async def test_one_replica_away_is_not_tocsin_away(office: Office) -> None:
    """While another process ticks on the same database nobody was away."""

    await office.declare("Checkout down")
    other = process(office)
    await process(office).tick()
    for _ in range(7):
        office.wait(1)
        await other.tick()
    await process(office).tick()

    assert [] == told(office)


async def test_two_replicas_back_at_once_tell_once(office: Office) -> None:
    """Both were away, both look: what the one told the other does not tell."""

    await office.declare("Checkout down")
    await process(office).tick()
    office.wait(7)
    one, other = process(office), process(office)
    await one.tick()
    await other.tick()

    assert 1 == len(told(office))


async def test_who_goes_in_order_was_here_until_then(office: Office) -> None:
    """A process that stops says so: it is away from that moment, not from its last minute."""

    await office.declare("Checkout down")
    clock = process(office)
    await clock.tick()
    office.wait(0.75)
    await clock.part()
    office.wait(1.5)
    await process(office).tick()
    quiet = told(office)
    office.wait(0.75)
    await process(office).part()  # never ticked, so it was never here
    office.wait(1.25)
    await process(office).tick()
    with office.database.read() as unit:
        found = unit.incidents.get(1)

    assert [] == quiet
    assert found is not None
    assert Absence(since=START + 2.25 * MINUTE, until=START + 4.25 * MINUTE) == found.away


async def test_time_that_is_moved_is_no_absence(office: Office) -> None:
    """A time machine jumps to where something is due: a process that looks again then was there all the time."""

    await office.declare("Checkout down")
    clock = process(office)
    await clock.tick()
    office.wait(30)
    await clock.tick()

    assert [] == told(office)


async def test_a_process_that_was_suspended_was_away(office: Office) -> None:
    """In real time it looks every second, so that half an hour between two looks is half an hour away."""

    await office.declare("Checkout down")
    clock = process(office, stands_still=True)
    await clock.tick()
    office.wait(1)
    await clock.tick()
    office.wait(30)
    await clock.tick()

    assert 1 == len(told(office))


async def test_a_database_that_does_not_answer_is_an_absence(office: Office, failpoints: Failpoints) -> None:
    """Nothing is looked at while the database is gone, so the incidents are told once it is back."""

    def gone(name: str) -> None:
        if name.startswith("appear"):
            raise ConnectionError

    await office.declare("Checkout down")
    clock = process(office)
    await clock.tick()
    failpoints.strike, usual = gone, failpoints.strike
    for _ in range(6):
        office.wait(1)
        await clock.tick()
    failpoints.strike = usual
    await clock.tick()

    assert 1 == len(told(office))


async def test_that_all_were_told_is_written_down_at_last(office: Office, failpoints: Failpoints) -> None:
    """A database that goes when the last line is told: at the next tick nobody is told twice, and nobody waits."""

    def gone(name: str) -> None:
        if name == "all_told, before its commit":
            raise ConnectionError

    await office.declare("Checkout down")
    await process(office).tick()
    office.wait(7)
    clock = process(office)
    failpoints.strike, usual = gone, failpoints.strike
    await clock.tick()
    failpoints.strike = usual
    waited = waits(office)
    await clock.tick()

    assert (Absence(since=START, until=START + 7 * MINUTE), None) == (waited, waits(office))
    assert 1 == len(told(office))


FATAL = [
    f"{name}, {when} its commit"
    for name in ("appear", "run_timers", "all_told", "part")
    for when in ("before", "after")
]


@pytest.mark.parametrize("fatal", FATAL)
async def test_nothing_is_lost_or_doubled_by_a_kill(office: Office, failpoints: Failpoints, fatal: str) -> None:
    """Whenever the process that is back dies, the next one tells what is left to tell, and nothing twice."""

    async def live(clock: Clock) -> None:
        await clock.tick()
        await clock.part()

    def strike(name: str) -> None:
        if name == fatal:
            raise KilledError

    for title in ("Checkout down", "Search down", "Login down"):
        await office.declare(title)
    await process(office).tick()
    office.wait(7)
    failpoints.strike, usual = strike, failpoints.strike
    with pytest.raises(KilledError):
        await live(process(office))
    failpoints.strike = usual
    await live(process(office))

    assert 3 == len(told(office))
    assert None is waits(office)
    assert {"acknowledge", "commander"} <= office.missed(3)


async def test_an_absence_that_was_not_told_goes_on_in_the_next(office: Office, failpoints: Failpoints) -> None:
    """Back for a moment and away again: who was not told in that moment hears of both as one."""

    def strike(name: str) -> None:
        if name.startswith("run_timers"):
            raise KilledError

    await office.declare("Checkout down")
    await process(office).tick()
    office.wait(7)
    failpoints.strike, usual = strike, failpoints.strike
    with pytest.raises(KilledError):
        await process(office).tick()
    failpoints.strike = usual
    office.wait(5)
    await process(office).tick()
    with office.database.read() as unit:
        found = unit.incidents.get(1)

    assert found is not None
    assert Absence(since=START, until=START + 12 * MINUTE) == found.away


async def test_with_nothing_open_nothing_waits(office: Office) -> None:
    """What ended before, or was never declared, is told nothing, and the absence is over."""

    await process(office).tick()
    office.wait(7)
    await process(office).tick()
    await office.declare("Checkout down")
    ada = Principal(kind=ActorKind.PERSON, id="U0ADA", team="T0HOME")
    await office.desk.ask(Asked(key="cancel", who=ada, command=Cancel(why="the probe was broken"), number=1))
    office.wait(7)
    await process(office).tick()

    assert ([], None) == (told(office), waits(office))


async def test_one_incident_that_cannot_be_read_holds_no_other_back(office: Office) -> None:
    """The others are told; the unreadable one is tried again at each tick."""

    await office.declare("Checkout down")
    await office.declare("Search down")
    await process(office).tick()
    office.poison(1)
    office.wait(7)
    clock = process(office)
    await clock.tick()
    await clock.tick()

    assert ["incident:2"] == [one.partition("/")[0] for one in told(office)]
    assert waits(office) is not None
