"""The door at the side: a local socket by which `tocsin declare|ack|status` reach the running bot without Slack."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from bot.log import get_logger

LONGEST_LINE = 64 * 1024
Serve = Callable[[dict[str, str]], Awaitable[dict[str, str]]]
log = get_logger("tocsin.door")


class DoorClosedError(Exception):
    """No bot listens at the door: it is not running here."""


class Door:
    """Listens at `path`, for whoever may read the database file: the same account of the operating system."""

    def __init__(self, path: Path, serve: Serve) -> None:
        self._path = path
        self._serve = serve
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Begin to listen; a socket left by a killed process is replaced."""
        self._path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._answer, path=str(self._path), limit=LONGEST_LINE)
        self._path.chmod(0o600)

    async def close(self) -> None:
        """Stop listening."""
        if self._server:
            self._server.close()
        self._path.unlink(missing_ok=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            answer = await self._safely(await reader.readline())
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()
        writer.close()

    async def _safely(self, line: bytes) -> dict[str, str]:
        try:
            return await self._serve(json.loads(line))
        except Exception:
            log.exception("door.failed")
            return {"error": "Something failed on Tocsin's side; its log says what. Nothing was changed if it says so."}


async def knock(path: Path, request: dict[str, str]) -> dict[str, str]:
    """Send one request to the bot listening at `path` and return its answer.

    Raises:
        DoorClosedError: nobody listens there.
        ConnectionResetError: the bot stopped before it answered; whether it did what was asked is not known.
    """
    try:
        reader, writer = await asyncio.open_unix_connection(str(path), limit=LONGEST_LINE)
    except OSError as error:
        raise DoorClosedError(str(path)) from error
    writer.write(json.dumps(request).encode() + b"\n")
    await writer.drain()
    line = await reader.readline()
    writer.close()
    if not line:
        message = "the bot stopped before it answered"
        raise ConnectionResetError(message)
    answer: dict[str, str] = json.loads(line)
    return answer
