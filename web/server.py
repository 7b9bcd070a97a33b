"""The HTTP server: uvicorn in Tocsin's own event loop, begun and ended by whoever composes."""

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import uvicorn
from fastapi import FastAPI

from bot.log import get_logger

log = get_logger(__name__)

FINISH_S = 3
"""Seconds that requests in progress have at the end: later than that Slack takes no ack."""


class PortProblem(Exception):
    """The port cannot be listened on; the message says which, why and what to set."""


class _Server(uvicorn.Server):
    """uvicorn, leaving signals to whoever runs the whole."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture nothing: SIGTERM is heard in one place."""
        yield


@dataclass(slots=True, kw_only=True)
class WebServer:
    """Serves `site` at `host` and `port`, 0 for any free one."""

    site: FastAPI
    host: str
    port: int
    _server: _Server | None = None
    _serving: asyncio.Task[None] | None = field(default=None)

    @property
    def url(self) -> str:
        """Return the address, once it listens."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    async def start(self) -> None:
        """Listen; PortProblem says why that cannot be."""
        listening = self._bind()
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            self.site,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=FINISH_S,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        while not self._server.started and not self._serving.done():  # noqa: ASYNC110 - uvicorn tells nobody
            await asyncio.sleep(0.01)
        log.info("http.listening", host=self.host, port=self.port)

    async def close(self) -> None:
        """Take no more connections, let requests in progress finish for at most 3 s, and close."""
        if self._server is None or self._serving is None:
            return
        self._server.should_exit = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._serving, timeout=FINISH_S + 1)

    def _bind(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((self.host, self.port))
        except (OSError, UnicodeError) as error:
            listening.close()
            why = error.strerror if isinstance(error, OSError) else "no name of a machine"
            message = f"Tocsin cannot listen on {self.host} port {self.port} ({why}). {_mend(error)}"
            raise PortProblem(message) from error
        return listening


def _mend(error: OSError | UnicodeError) -> str:
    """Return which setting is to be mended: the host where nobody knows its name or it is another's, or the port."""
    if isinstance(error, UnicodeError | socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return "Set TOCSIN_HTTP_HOST to an address of this machine, such as 127.0.0.1."
    return "Set TOCSIN_HTTP_PORT."
