"""Whether a bot has come to rest, as a time machine asks it between two jumps of its clock."""

from collections.abc import Callable
from datetime import datetime

from bot.clock import Clock
from bot.desk import Desk


async def idle(*, clock: Clock, desk: Desk, under_way: Callable[[], int]) -> tuple[int, datetime | None]:
    """Run what is due; return how much is still under way, and when something next falls due (None: nothing).

    `under_way` counts what was begun and has not ended. As long as there is any, that is the whole answer: what is due
    comes after it, and the database is not asked for it every time somebody looks.
    """
    if busy := under_way():
        return busy, None
    await clock.tick()
    waits = await desk.backlog()
    if waits.sendable:
        desk.woken.set()  # what waited for its time is sent now, not at the relay's next poll
    return waits.due_timers + waits.sendable + under_way(), waits.next_wake
