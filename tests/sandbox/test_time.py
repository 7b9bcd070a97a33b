"""Virtual time: it stops at everything that is due, and waits for the bot."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from sandbox.clock import BotState, VirtualClock
from sandbox.durations import duration
from sandbox.server import Sandbox

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


class Alarm:
    """A bot that has timers due, and takes `looks` questions to deal with one."""

    def __init__(self, *due: int, looks: int = 1) -> None:
        self.due = [START + timedelta(seconds=seconds) for seconds in due]
        self.fired: list[datetime] = []
        self.looks = looks
        self.left = looks

    async def __call__(self, now: datetime) -> BotState:
        """Say how busy it is at `now`, firing what is due."""
        late = [moment for moment in self.due if moment <= now]
        if late:
            self.left -= 1
            if self.left:
                return BotState(busy=len(late), next_wake=min(self.due))
            self.left = self.looks
            self.fired += [now for _ in late]
            self.due = [moment for moment in self.due if moment > now]
        return BotState(busy=0, next_wake=min(self.due, default=None))


def seconds(moments):
    """Moments as seconds from the start."""
    return [(moment - START).total_seconds() for moment in moments]


async def test_an_advance_stops_at_every_timer(sandbox):
    """No timer on the way is skipped, and each fires at its own moment."""

    alarm = Alarm(60, 300, 900, 3600, looks=3)
    sandbox.register_bot(alarm)

    jumps = await sandbox.advance("15m")

    assert [60, 300, 900] == seconds(alarm.fired)
    assert [60, 300, 900] == seconds(jump.to for jump in jumps)
    assert START + timedelta(minutes=15) == sandbox.clock.now()


async def test_the_next_thing_can_be_jumped_to(sandbox, http):
    """{"to": "next"} goes to the bot's next wake and says why."""

    sandbox.register_bot(Alarm(77))
    async with http.post("/sandbox/clock", json={"to": "next"}) as answer:
        body = await answer.json()

    assert [{"to": "2026-03-02T14:01:17+00:00", "why": "bot"}] == body["jumps"]
    assert body["jumps"][0]["to"] == body["now"]


async def test_a_moment_can_be_named(sandbox, http):
    """{"to": iso} goes there; the clock never goes back."""

    async with http.post("/sandbox/clock", json={"to": "2026-03-02T15:00:00Z"}) as answer:
        forward = (await answer.json())["now"]
    async with http.post("/sandbox/clock", json={"to": "2026-03-02T14:30:00Z"}) as answer:
        backward = (await answer.json())["now"]

    assert ("2026-03-02T15:00:00+00:00",) * 2 == (forward, backward)


async def test_a_probe_may_be_an_address(sandbox):
    """A bot in another process is asked over HTTP."""

    asked = []

    async def idle(request: web.Request) -> web.Response:
        asked.append((await request.json())["now"])
        return web.json_response({"busy": 0, "next_wake": None})

    sandbox_b = Sandbox(manifest={"display_information": {"name": "B"}}, started_at=START)
    sandbox_b.add_routes([web.post("/idle", idle)])
    await sandbox_b.start()
    sandbox.register_bot(f"{sandbox_b.url}/idle")
    await sandbox.advance("1m")
    await sandbox_b.stop()

    assert {"2026-03-02T14:00:00+00:00", "2026-03-02T14:01:00+00:00"} == set(asked)


async def test_a_bot_that_is_not_running_is_idle(sandbox):
    """A probe that nobody answers does not hold the clock."""

    sandbox.register_bot("http://127.0.0.1:9/idle")
    await sandbox.advance("1m")

    assert START + timedelta(minutes=1) == sandbox.clock.now()
    assert [] == sandbox.workspace.violations


async def test_a_bot_that_never_rests_is_a_violation(sandbox):
    """A bot still busy after five real seconds is the violation unsettled, and time goes on."""

    async def restless(_now: datetime) -> BotState:
        return BotState(busy=1, next_wake=None)

    sandbox.time.patience_s = 0.02
    sandbox.register_bot(restless)
    await sandbox.advance("1m")

    assert ["unsettled"] * 2 == [violation.rule for violation in sandbox.workspace.violations]
    assert START + timedelta(minutes=1) == sandbox.clock.now()


async def test_settling_waits_for_calls_in_flight(sandbox, http):
    """A call that is still being answered keeps the sandbox from settling."""

    await sandbox.fault({"latency_ms": 40})
    calling = asyncio.create_task(http.post("/api/api.test", json={}))
    await asyncio.sleep(0.01)
    await sandbox.settle()

    assert 1 == len(sandbox.workspace.calls)
    (await calling).close()


def test_a_running_clock_flows():
    """While it runs the clock flows with real time; frozen it stands still."""

    flowing, frozen = VirtualClock(started_at=START, running=True), VirtualClock(started_at=START)

    first = flowing.now()
    while flowing.now() == first:
        pass
    assert START == frozen.now()

    flowing.running = False
    assert flowing.now() == flowing.now()


def test_a_clock_needs_a_zone():
    """A start without a time zone is refused."""

    with pytest.raises(ValueError, match="time zone"):
        VirtualClock(started_at=datetime(2026, 3, 2))  # noqa: DTZ001  (the claim)


@pytest.mark.parametrize(
    ("written", "length"), [("90s", 90), ("15m", 900), ("2h", 7200), ("1d", 86400), ("1h30m", 5400), ("7", 7), (7, 7)]
)
def test_durations_are_written_as_people_do(written, length):
    """Durations are numbers with s, m, h or d, or plain seconds."""

    assert timedelta(seconds=length) == duration(written)


@pytest.mark.parametrize("written", ["soon", "", "-5m", "5 m", True, None])
def test_other_words_are_no_durations(written):
    """Anything else is refused with a sentence."""

    with pytest.raises(ValueError, match="is no duration"):
        duration(written)
