"""A line to the bot that runs on this database; where none runs, to the database itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import Bot, door_path
from bot.ops.door import DoorClosedError, knock
from bot.ops.existing import must_be_current
from bot.ops.policy_serving import PAST
from bot.ops.shell import serve
from bot.settings import Settings

Ask = Callable[[dict[str, str]], Awaitable[dict[str, str]]]


@asynccontextmanager
async def line(settings: Settings) -> AsyncIterator[Ask]:
    """Yield what answers requests until the block ends.

    Raises:
        NoDatabaseError: there is no Tocsin in the database, or an older one.
        NewerSchemaError: a newer one is.
        DatabaseInUseError: another process has it that does not listen.
    """
    url = settings.database_url.get_secret_value()
    door = door_path(url)
    if door and await _listens(door):
        yield lambda request: knock(door, request)
        return
    await asyncio.to_thread(must_be_current, url)
    bot = Bot(settings)
    try:
        yield lambda request: serve(bot.desk, request)
    finally:
        await bot.stop()


async def _listens(door: Path) -> bool:
    try:
        await knock(door, {"do": PAST})
    except DoorClosedError:
        return False
    return True
