"""Who waits for whom on PostgreSQL: an incident is held before what is to be sent of it, so that nobody waits round."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from bot.incident.commands import Declare
from bot.ports import UnitOfWork
from bot.usecases.asked import Asked, Principal
from bot.usecases.asking import ask
from bot.usecases.outcomes import Sent
from bot.words import ActorKind, Severity

CARD = "incident:1/card"
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
AT_ONCE = text("SET LOCAL lock_timeout = '300ms'")
"""Sooner than PostgreSQL looks for two that wait for each other, and ends one of them."""

Beside = Callable[[Callable[[], Awaitable[Any]]], "Future[Any]"]


@pytest.fixture
def kind(postgres) -> str:
    """PostgreSQL alone: SQLite has one writer."""
    if postgres is None:
        pytest.skip("no PostgreSQL was found")
    return "postgresql"


@pytest.fixture
def beside() -> Iterator[Beside]:
    """Do something in another thread, as another process would."""
    with ThreadPoolExecutor(1) as thread:
        yield lambda deed: thread.submit(lambda: asyncio.run(deed()))  # type: ignore[arg-type]


def until_it_waits(database, doing: "Future[Any]") -> None:
    """Return once somebody waits for a lock in this database, or `doing` came to its end."""
    with database.read() as unit:
        connection = unit.incidents._connection  # noqa: SLF001 - asked what no store is asked
        while not doing.done() and not connection.execute(WAITING).scalar_one():
            connection.execute(text("SELECT pg_stat_clear_snapshot()"))


def hold(unit: UnitOfWork) -> None:
    """Hold incident 1, as a press does until it is committed."""
    assert unit.incidents.get(1)


async def test_a_claim_waits_for_no_incident(office, beside):
    """The relay goes on claiming while somebody's press holds the incident."""
    await office.declare("Checkout down")
    with office.database.write() as unit:
        hold(unit)
        jobs = beside(lambda: office.desk.claim(limit=50)).result()

    assert "incident:1/page/0" in {job.delivery.effect.id for job in jobs}


async def test_a_settle_waits_before_it_holds_anything(office, beside):
    """A press that redraws the card is not held up by the relay, which waits for the press with empty hands."""
    await office.declare("Checkout down")
    await office.desk.claim(limit=50)
    with office.database.write() as unit:
        hold(unit)
        settling = beside(lambda: office.desk.settle(CARD, Sent(at=None, rev=1)))
        until_it_waits(office.database, settling)
        unit.outbox._connection.execute(AT_ONCE)  # noqa: SLF001 - the same
        unit.outbox.redraw([CARD], now=office.at[0])
    settling.result()

    with office.database.read() as unit:
        card = unit.outbox.get(CARD)
        assert card is not None
        assert (1, 2) == (card.sent_rev, card.wanted_rev)


async def test_one_title_twice_at_once_is_one_incident(office, beside):
    """The second of two declarations by one person waits for the first, and is asked about."""
    who = Principal(kind=ActorKind.PERSON, id="U0ADA", team="T0HOME")
    first = Asked(key="slash:1", who=who, command=Declare(title="Checkout down", severity=Severity.SEV1))
    with office.database.write() as unit:
        ask(unit, first, office.desk.world)
        second = beside(lambda: office.declare("Checkout down", key="slash:2"))
        until_it_waits(office.database, second)

    assert "refused" == second.result().view
    with office.database.read() as unit:
        assert unit.incidents.get(2) is None
