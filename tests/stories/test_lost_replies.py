"""Replies that get lost on their way back: nothing is lost with them, and nothing is said twice."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sandbox.faults import Planned
from sandbox.records import CallRecord
from tests.stories.company import Cast
from tests.stories.conftest import START
from tests.stories.lives import Remains, everything_said, live_through, marks, remains, until, violations

Wanted = Callable[[Cast, CallRecord], bool]


def method(name: str) -> Wanted:
    """Return the condition that a call is of the method `name`."""
    return lambda _, call: name == call.method


def post(channel: str, beginning: str, *, replies: bool = False) -> Wanted:
    """Return the condition that a call posts words of that beginning in a channel whose name begins like that."""

    def wanted(company: Cast, call: CallRecord) -> bool:
        if call.method != "chat.postMessage" or bool(call.args.get("thread_ts")) is not replies:
            return False
        room = company.sandbox.workspace.channels[str(call.args["channel"])]
        return (room.name or "dm").startswith(channel) and str(call.args["text"]).startswith(beginning)

    return wanted


CUTS = {
    "create": method("conversations.create"),
    "invite": method("conversations.invite"),
    "card": post("inc-1", "SEV-1 INC-1"),
    "pin": method("pins.add"),
    "topic": method("conversations.setTopic"),
    "announcement": post("incidents", "SEV-1"),
    "broadcast": post("ml-incidents-sev1", "SEV-1"),
    "page": post("dm", "Page"),
    "headline": post("leadership", "SEV-1"),
    "redraw": method("chat.update"),
    "status update": post("inc-1", "Status update 1"),
    "thread reply": post("ml-incidents-sev1", "Status update 1", replies=True),
}


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Cast]:
    """Give a company with a bot in it."""
    cast = Cast(database=f"sqlite:///{folder}/tocsin.db", started_at=START)
    await cast.open()
    try:
        yield cast
    finally:
        await cast.close()


async def left_of(live: Callable[[Cast], Awaitable[None]], folder: Path) -> Remains:
    """Return what remains of a life when every reply arrives."""
    async with opened(folder) as company:
        await live(company)
        return remains(company, company.store)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Remains:
    """What remains of the beginning of a life when every reply arrives."""
    return asyncio.run(left_of(begin, tmp_path_factory.mktemp("beginning")))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Remains:
    """What remains of a whole life when every reply arrives."""
    return asyncio.run(left_of(live_through, tmp_path_factory.mktemp("whole")))


async def begin(company: Cast) -> None:
    """Declare, take command, post an update: the first five minutes."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await until(company, minutes=1)
    await company.presses("noor", "Take command")
    await until(company, minutes=3)
    await company.types("noor", "/incident update Rolling back", channel=company.channel_of(1))
    await until(company, minutes=5)


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS.keys())
async def test_a_connection_cut_after_the_write_neither_doubles_nor_loses_it(company, begun, cut) -> None:
    """One reply of each kind is lost once: what stands in the end is what stands without that."""
    lost: list[CallRecord] = []

    def lose(call: CallRecord, phase: str) -> None:
        if phase == "after" and call.ok and not lost and cut(company, call):
            lost.append(call)
            company.sandbox.faults.cuts.append(Planned(method=call.method, left=1))

    company.sandbox.on_call.append(lose)

    await begin(company)

    assert 1 == len(lost)
    assert begun.without_spans() == remains(company, company.store).without_spans()
    assert {1} == set(marks(company).values())


async def test_a_beginning_with_three_replies_in_ten_lost_is_told_in_full(company, begun) -> None:
    """Every call may lose its reply: no message is missing, none is doubled, and no limit of Slack is broken."""

    await company.sandbox.fault({"drop_reply": 0.3, "seed": 11})
    await begin(company)
    await company.sandbox.fault({"drop_reply": 0.0})
    await until(company, minutes=5.5)

    assert begun.without_spans() == remains(company, company.store).without_spans()
    assert {1} == set(marks(company).values())
    assert [] == violations(company)


@pytest.mark.long
async def test_a_whole_life_with_three_replies_in_ten_lost_is_told_in_full(company, whole) -> None:
    """So is a whole life."""

    await company.sandbox.fault({"drop_reply": 0.3, "seed": 11})
    await live_through(company)

    assert whole.without_spans() == remains(company, company.store).without_spans()
    assert {1} == set(marks(company).values())
    assert [] == violations(company)


async def test_replies_cut_while_an_update_is_posted_leave_no_second_message(company) -> None:
    """Four replies in a row are lost after one update: it stands once in each place."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await until(company, minutes=1)
    await company.presses("noor", "Take command")
    await company.sandbox.fault({"cut": {"method": "*", "times": 4}})
    await company.types("noor", "/incident update Rolling back", channel=company.channel_of(1))
    await until(company, minutes=4)

    told = [key for key in everything_said(company) if key[1].startswith("Status update 1")]
    assert 3 == len(told)
    assert {1} == {everything_said(company)[key] for key in told}
