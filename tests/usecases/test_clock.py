"""The clock and the sweeper: one that cannot be read holds back no other, and silence is heard outside."""

from bot.clock import Clock
from bot.incident.reacting.effects import TimerChange, TimerOp
from bot.ports import DeliveryState
from bot.usecases.outcomes import ChannelMade, Dead, Sent
from tests.usecases.conftest import Office


async def test_an_incident_that_cannot_be_read_holds_back_no_other(office: Office) -> None:
    """Of three open incidents the second is unreadable: the clocks of the first and the third run all the same."""

    for title in ("Checkout down", "Search down", "Login down"):
        await office.declare(title)
    office.poison(2)
    office.wait(6)
    await Clock(office.desk).tick()

    assert {"acknowledge", "commander"} == office.missed(1) == office.missed(3)
    assert set() == office.missed(2)


async def test_a_delivery_that_cannot_be_read_is_put_back_alone(office: Office) -> None:
    """Claiming gives the readable incidents' rows; the unreadable one's wait and stay owed."""

    await office.declare("Checkout down")
    await office.declare("Search down")
    office.poison(2)
    jobs = await office.desk.claim(limit=100)

    assert {1} == {job.delivery.effect.incident for job in jobs}
    assert DeliveryState.PENDING == office.outbox()["incident:2/channel"]


async def test_the_backlog_can_be_read_on_both_databases(office: Office) -> None:
    """After a declaration something is sendable, nothing is due, and the next thing is known."""

    await office.declare("Checkout down")
    waits = await office.desk.backlog()

    assert (0, True, True) == (waits.due_timers, waits.sendable > 0, waits.next_wake is not None)


async def test_the_sweeper_arms_a_timer_that_was_forgotten(office: Office) -> None:
    """A pending timer that vanished runs again, the operators are told, and the heartbeat stays silent."""

    beats: list[int] = []

    async def beat() -> None:
        beats.append(1)

    await office.declare("Checkout down")
    with office.database.write() as unit:
        lost = next(row for row in unit.timers.pending(1) if row.kind == "mitigate.due")
        unit.timers.change(1, [TimerChange(op=TimerOp.STOP, kind=lost.kind, due_at=lost.due_at)], now=office.at[0])
    clock = Clock(office.desk, heartbeat=beat)
    await clock.sweep()
    with office.database.read() as unit:
        kinds = {row.kind for row in unit.timers.pending(1)}
    silent = list(beats)
    await clock.sweep()

    assert "mitigate.due" in kinds
    assert 1 == sum("/gap/mitigate.due/" in one for one in office.outbox())
    assert ([], [1]) == (silent, beats)


async def test_a_clock_that_stands_still_is_a_gap(office: Office) -> None:
    """A timer due for more than two minutes silences the heartbeat."""

    beats: list[int] = []

    async def beat() -> None:
        beats.append(1)

    await office.declare("Checkout down")
    office.wait(6)
    await Clock(office.desk, heartbeat=beat).sweep()

    assert [] == beats


async def test_deliveries_that_wait_too_long_are_said_once_an_hour(office: Office) -> None:
    """Ten minutes after nothing could be sent the operators have one message about it, however often one sweeps."""

    await office.declare("Checkout down")
    office.wait(12)
    clock = Clock(office.desk)
    await clock.tick()
    await clock.sweep()
    await clock.sweep()

    assert 1 == sum(one.startswith("stuck/") for one in office.outbox())


async def test_a_refused_redraw_does_not_freeze_the_message(office: Office) -> None:
    """A card that Slack refused to draw again once is drawn again at the next change."""

    await office.declare("Checkout down")
    await office.desk.claim(limit=100)
    await office.desk.settle("incident:1/channel", ChannelMade(channel="C1", name="inc-1-checkout-down"))
    await office.desk.claim(limit=100)
    await office.desk.settle("incident:1/card", Sent(at=None, rev=1))
    with office.database.write() as unit:
        unit.outbox.redraw(["incident:1/card"], now=office.at[0])
    await office.desk.claim(limit=100)
    await office.desk.settle("incident:1/card", Dead(error="invalid_blocks"))
    with office.database.write() as unit:
        unit.outbox.redraw(["incident:1/card"], now=office.at[0])
    jobs = await office.desk.claim(limit=100)

    assert "incident:1/card" in {job.delivery.effect.id for job in jobs}
    assert 1 == sum(one.startswith("dead:incident:1/card") for one in office.outbox())
