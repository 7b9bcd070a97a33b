"""The threads that write: people first, everything in its turn, and an executor like any other."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from bot.desk.people_first import HELD_UP_S, IN_A_ROW, PeopleFirst


class Hands:
    """The hands of a clock that only tests move, in seconds."""

    def __init__(self) -> None:
        self.at = 0.0


@pytest.fixture
def hands() -> Hands:
    """Midnight."""
    return Hands()


@pytest.fixture
def line(hands: Hands) -> Iterator[PeopleFirst]:
    """One thread, as on SQLite."""
    with PeopleFirst(1, name="writer", now=lambda: hands.at) as line:
        yield line


class Held:
    """The thread, held by its first piece of work until `free` is set."""

    def __init__(self, line: PeopleFirst) -> None:
        self.begun, self.free = threading.Event(), threading.Event()
        self.done = line.submit(self._hold)
        self.begun.wait(timeout=5)

    def _hold(self) -> None:
        self.begun.set()
        self.free.wait(timeout=5)


@pytest.fixture
def held(line: PeopleFirst) -> Iterator[Held]:
    """A line in which everything waits for now."""
    held = Held(line)
    yield held
    held.free.set()


def test_people_go_before_what_came_earlier(line, held):
    """Whoever waits for an answer passes what is only to be settled, each in the order they came."""

    order: list[str] = []
    behind = [line.behind.submit(order.append, name) for name in ("settle 1", "settle 2")]
    first = [line.submit(order.append, name) for name in ("ask 1", "ask 2")]
    held.free.set()
    for one in (*behind, *first):
        one.result()

    assert ["ask 1", "ask 2", "settle 1", "settle 2"] == order


def test_nothing_is_held_up_for_long(line, held, hands):
    """However many people ask, a claim, and with it a page, passes them once it waited; they go on between."""

    order: list[str] = []
    behind = [line.behind.submit(order.append, name) for name in ("claim", "settle")]
    people = [line.submit(order.append, "ask") for _ in range(3 * IN_A_ROW)]
    hands.at += HELD_UP_S
    held.free.set()
    for one in (*people, *behind):
        one.result()

    asks = IN_A_ROW * ["ask"]
    assert [*asks[1:], "claim", *asks, "settle", *asks, "ask"] == order  # whoever held the thread was the first


def test_people_are_not_passed_by_what_came_just_now(line, held, hands):
    """In a burst that is soon over, deliveries wait for its end."""

    order: list[str] = []
    settled = line.behind.submit(order.append, "settle")
    people = [line.submit(order.append, "ask") for _ in range(3 * IN_A_ROW)]
    hands.at += HELD_UP_S / 2
    held.free.set()
    for one in (*people, settled):
        one.result()

    assert "settle" == order[-1]


def test_an_error_is_raised_where_it_is_waited_for(line):
    """It ends neither the thread nor the line."""

    def failing() -> None:
        message = "no room"
        raise ValueError(message)

    failed, after = line.submit(failing), line.behind.submit(lambda: "done")

    with pytest.raises(ValueError, match="no room"):
        failed.result()
    assert "done" == after.result()


def test_what_was_cancelled_is_not_done(line, held):
    """Whoever gave up before their turn changes nothing; the next ones have theirs."""

    order: list[str] = []
    given_up, kept = line.submit(order.append, "given up"), line.submit(order.append, "kept")
    cancelled = given_up.cancel()
    held.free.set()
    kept.result()

    assert cancelled
    assert ["kept"] == order


def test_what_was_taken_is_done_before_the_end(line, held):
    """A bot that stops still settles what it sent; after that nothing is taken."""

    order: list[str] = []
    line.submit(order.append, "ask")
    line.behind.submit(order.append, "settle")
    held.free.set()
    line.shutdown()

    assert ["ask", "settle"] == order
    with pytest.raises(RuntimeError):
        line.submit(order.append, "too late")
    with pytest.raises(RuntimeError):
        line.behind.submit(order.append, "too late")


def test_what_waits_is_cancelled_where_that_is_asked(line, held):
    """What runs comes to its end, and nothing else begins."""

    waiting: list[Future[object]] = [line.submit(print), line.behind.submit(print)]
    line.shutdown(wait=False, cancel_futures=True)
    held.free.set()
    held.done.result()

    assert [True, True] == [one.cancelled() for one in waiting]


async def test_several_threads_serve_one_line():
    """On PostgreSQL two write at once."""

    both = threading.Barrier(2, timeout=5)
    with PeopleFirst(2, name="writer") as line:
        running = [asyncio.wrap_future(one.submit(both.wait)) for one in (line, line.behind)]
        places = await asyncio.gather(*running)

    assert [0, 1] == sorted(places)


async def test_a_request_passes_what_is_to_be_settled(office):
    """The desk has the relay's writing done behind what people ask for."""

    order: list[str] = []
    with PeopleFirst(1, name="writer") as line:
        held = Held(line)
        office.desk.writer, office.desk.behind = line, line.behind
        settled = asyncio.create_task(office.desk.learn_place("dm:U0NOOR", "D0NOOR"))
        settled.add_done_callback(lambda _: order.append("place"))
        await asyncio.sleep(0)
        asked = asyncio.create_task(office.desk.link_key())
        asked.add_done_callback(lambda _: order.append("key"))
        await asyncio.sleep(0)
        held.free.set()
        await asyncio.gather(settled, asked)
    office.desk.writer = office.desk.behind = None

    assert ["key", "place"] == order
