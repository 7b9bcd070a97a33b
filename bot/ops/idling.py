"""Whether a bot has come to rest, as a time machine asks it between two jumps of its clock."""

from collections.abc import Callable
from datetime import datetime

from bot.clock import Clock
from bot.desk import Desk
from bot.ports import StoreAwayError
from delivery.standby import Standby


async def idle(
    *, clock: Clock, desk: Desk, standby: Standby | None, under_way: Callable[[], int]
) -> tuple[int, datetime | None]:
    """Run what is due; return how much is still under way, and when something next falls due (None: nothing).

    `under_way` counts what was begun and has not ended. As long as there is any, that is the whole answer: what is due
    comes after it, and the database is not asked for it every time somebody looks. While the database does not answer
    the answer is what stands by; nothing else can be done or known.
    """
    busy = 0 if desk.is_away else under_way()
    if busy:
        return busy, None
    try:
        if desk.is_away:
            await desk.try_it()
        await _turn(standby)
        await clock.tick()
        waits = await desk.backlog()
    except StoreAwayError:
        await _turn(standby)
        return _standing_by(standby)
    if waits.sendable:
        desk.woken.set()  # what waited for its time is sent now, not at the relay's next poll
    spooled, later = _standing_by(standby)
    busy = waits.due_timers + waits.sendable + spooled + under_way()
    return busy, min((at for at in (waits.next_wake, later) if at), default=None)


async def _turn(standby: Standby | None) -> None:
    if standby:
        await standby.turn()


def _standing_by(standby: Standby | None) -> tuple[int, datetime | None]:
    return (standby.in_flight, standby.next_wake) if standby else (0, None)
