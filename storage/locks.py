"""Locks that keep writers of one SQLite file in line: a fair one in the process, and one against other processes."""

import fcntl
import os
import threading
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Self


class DatabaseInUseError(Exception):
    """Another process holds the SQLite file; its message says which."""


class FifoLock:
    """A lock that is given in the order it was asked for, because SQLite's own waiting is unfair.

    Raises RuntimeError when its holder asks for it again: a unit of work inside another would wait for ever.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._holder: int | None = None

    @property
    def waiting(self) -> int:
        """Return how many wait for their turn."""
        return len(self._waiting)

    def __enter__(self) -> Self:
        """Wait for one's turn."""
        me = threading.get_ident()
        if self._holder == me:
            message = "this thread is already inside a unit of work"
            raise RuntimeError(message)
        gate = self._queue()
        if gate is not None:
            gate.wait()
        self._holder = me
        return self

    def _queue(self) -> threading.Event | None:
        with self._guard:
            if self._holder is None:
                self._holder = -1
                return None
            gate = threading.Event()
            self._waiting.append(gate)
            return gate

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the turn to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._holder = -1
                self._waiting.popleft().set()
            else:
                self._holder = None


class FileLock:
    """An exclusive lock file beside a database file, held until `release` or the end of the process."""

    def __init__(self, database: Path) -> None:
        """Take the lock of `database`; DatabaseInUseError if another holds it."""
        path = database.with_name(f"{database.name}-lock")
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode() or "unknown"
            os.close(self._file)
            message = (
                f"{database} is in use by process {holder}. One process may own a SQLite file: "
                "stop that one first, or set DATABASE_URL to a PostgreSQL database to run several."
            )
            raise DatabaseInUseError(message) from None
        os.ftruncate(self._file, 0)
        os.write(self._file, str(os.getpid()).encode())

    def release(self) -> None:
        """Let another process have the file; the lock file itself stays, so that nobody can race for its name."""
        os.close(self._file)
