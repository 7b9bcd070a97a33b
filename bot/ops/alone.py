"""A shell command while no bot runs here: it is written down, and paged by whatever way still works."""

import asyncio
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.app import Bot, door_path
from bot.incident.reacting.effects import PAGES
from bot.ops.door import DoorClosedError, knock
from bot.ops.existing import must_be_current
from bot.ops.shell import NOT_DECLARED, serve
from bot.ports import Delivery, DeliveryState
from bot.settings import Settings
from storage.away import is_away, is_broken

OF_THE_DATABASE = frozenset({"status", "outbox", "outbox.retry", "outbox.drop"})
"""What is asked of the database alone; what comes back to life leaves when the bot starts."""

LOOKS_A_SECOND, DELIVER_WITHIN = 10, 20
"""How long, in seconds, a command waits for its pages to leave, and how often it looks."""


async def answer(settings: Settings, request: dict[str, str]) -> dict[str, str]:
    """Return the running bot's answer; where none runs, do it here and deliver what can be delivered.

    Raises:
        NoDatabaseError: there is no Tocsin in the database, or an older one.
        NewerSchemaError: a newer one is.
        ConnectionResetError: the bot stopped before it answered.
    """
    url = settings.database_url.get_secret_value()
    door = door_path(url)
    if door and door.exists():
        try:
            return await knock(door, request)
        except DoorClosedError:
            door.unlink(missing_ok=True)
    try:
        await asyncio.to_thread(must_be_current, url)
    except SQLAlchemyError as wrong:
        if request["do"] == "declare" and is_away(wrong, reading=True) and not is_broken(wrong):
            return NOT_DECLARED
        raise
    bot = Bot(settings)
    try:
        await bot.prepare()
        return await _alone(bot, request)
    finally:
        await bot.stop()


async def _alone(bot: Bot, request: dict[str, str]) -> dict[str, str]:
    said = await serve(bot.desk, request)
    if request["do"] in OF_THE_DATABASE or "error" in said:
        return said
    await bot.start(listen=False)
    left = await _deliver(bot)
    lines = [said["text"], "The bot is not running here: no reminder comes until it does (`tocsin run`)."]
    if left:
        lines.append(f"{len(left)} deliveries wait for it; `tocsin outbox list` names them.")
    if request["do"] == "declare" and not await bot.desk.was_paged():
        number = await bot.desk.emergency_number()
        lines.append(f"NOBODY HAS BEEN PAGED. Call them: {number}.")
        return {"text": "\n".join(lines), "code": "1"}
    return {"text": "\n".join(lines)}


async def _deliver(bot: Bot) -> Sequence[Delivery]:
    """Deliver for a while, paging by the next way where Slack does not answer; return what is left."""
    for _ in range(DELIVER_WITHIN * LOOKS_A_SECOND):
        waiting = [row for row in await bot.desk.undelivered() if row.state is not DeliveryState.DEAD]
        if any(row.effect.view in PAGES and row.error for row in waiting):
            await bot.desk.page_otherwise()
        elif not waiting or not (await bot.idle())[0]:
            return waiting
        await asyncio.sleep(1 / LOOKS_A_SECOND)
    return [row for row in await bot.desk.undelivered() if row.state is not DeliveryState.DEAD]
