"""A mail server for one process: it takes every letter and keeps it to be looked at."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

LONGEST_LINE = 64 * 1024
LARGEST_LETTER = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter as it arrived: addresses of the envelope, subject and plain words."""

    sender: str
    to: tuple[str, ...]
    subject: str
    text: str


@dataclass(slots=True)
class Mailbox:
    """Listens on the loopback for SMTP (RFC 5321, no extensions) and keeps letters in the order they came."""

    letters: list[Letter] = field(default_factory=list)
    port: int = 0
    _server: asyncio.Server | None = None

    async def open(self, *, port: int = 0) -> None:
        """Listen on `port` (0: any free one), which is in `port` afterwards."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=LONGEST_LINE)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening."""
        if self._server:
            self._server.close()

    def of(self, address: str) -> list[Letter]:
        """Return the letters to `address`."""
        return [letter for letter in self.letters if address in letter.to]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._talk(_Talk(reader, writer))
        writer.close()

    async def _talk(self, talk: "_Talk") -> None:
        await talk.say("220 sandbox ready")
        sender: str = ""
        to: list[str] = []
        while True:
            verb, rest = await talk.hear()
            match verb:
                case "QUIT" | "":
                    await talk.say("221 bye")
                    return
                case "MAIL":
                    sender, to = _address(rest), []
                    await talk.say("250 ok")
                case "RCPT":
                    to.append(_address(rest))
                    await talk.say("250 ok")
                case "DATA":
                    await talk.say("354 go on")
                    self.letters.append(_letter(sender, to, await talk.letter()))
                    await talk.say("250 kept")
                case _:
                    await talk.say("250 sandbox")


@dataclass(frozen=True, slots=True)
class _Talk:
    """One connection: lines in, lines out."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def say(self, line: str) -> None:
        self.writer.write(f"{line}\r\n".encode())
        await self.writer.drain()

    async def hear(self) -> tuple[str, str]:
        verb, _, rest = (await self.reader.readline()).decode("utf-8", "replace").strip().partition(" ")
        return verb.upper(), rest

    async def letter(self) -> bytes:
        lines: list[bytes] = []
        while (line := await self.reader.readline()) not in {b".\r\n", b""}:
            if sum(map(len, lines)) < LARGEST_LETTER:
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]


def _letter(sender: str, to: list[str], content: bytes) -> Letter:
    message = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
    body = message.get_body(("plain", "html"))
    return Letter(
        sender=sender,
        to=tuple(to),
        subject=str(message["subject"] or ""),
        text=body.get_content().strip() if body else "",
    )
