"""The threads that write: what a person waits for goes first, and what nobody waits for gets its turn between."""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

HELD_UP_S = 0.25
"""Real seconds after which the first of those behind has its turn: pages pass through there, on their way out."""

IN_A_ROW = 4
"""How many people at least go before the next that was held up so long: a flood of them is answered all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    work: Callable[[], Any]
    since: float
    done: "Future[Any]" = field(default_factory=Future)

    def run(self) -> None:
        """Do the work, unless it was cancelled; what it raises is for whoever waits for it, as in every executor."""
        if not self.done.set_running_or_notify_cancel():
            return
        try:
            self.done.set_result(self.work())
        except BaseException as error:  # noqa: BLE001 - it is raised where the work is waited for
            self.done.set_exception(error)
            del self  # its traceback would hold this frame, this frame the error, until a garbage collection


class PeopleFirst(Executor):
    """Runs what is submitted in so many `threads`, in the order it came, and before what is submitted `behind` it.

    What was held up for `HELD_UP_S` has its turn all the same, one after each `IN_A_ROW` of the others.
    """

    def __init__(self, threads: int, *, name: str, now: Callable[[], float] = time.monotonic) -> None:
        """Make the threads, called `name` and a number; `now` gives real seconds."""
        self._now = now
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._lock = threading.Lock()
        self._first: deque[_Waiting] = deque()
        self._behind: deque[_Waiting] = deque()
        self._in_a_row = 0
        self.behind: Executor = _Behind(self)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Run `fn` before whatever waits behind; RuntimeError after `shutdown`."""
        return self._add(partial(fn, *args, **kwargs), self._first)

    def submit_behind(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Run `fn` when nothing else waits, or it is its turn all the same; RuntimeError after `shutdown`."""
        return self._add(partial(fn, *args, **kwargs), self._behind)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - Executor's
        """Take nothing more and, with `wait`, return when all that was taken is done."""
        if cancel_futures:
            with self._lock:
                left = (*self._first, *self._behind)
            for one in left:
                one.done.cancel()
        self._threads.shutdown(wait=wait)

    def _add(self, work: Callable[[], T], line: deque[_Waiting]) -> "Future[T]":
        one = _Waiting(work=work, since=self._now())
        with self._lock:
            self._threads.submit(lambda: self._next().run())  # first, for it raises once it is shut down
            line.append(one)
        return one.done

    def _next(self) -> _Waiting:
        """Return whose turn it is; there is one, for each submission brings one thread here."""
        with self._lock:
            if not self._first or self._was_held_up():
                self._in_a_row = 0
                return self._behind.popleft()
            self._in_a_row += 1
            return self._first.popleft()

    def _was_held_up(self) -> bool:
        if self._in_a_row < IN_A_ROW or not self._behind:
            return False
        return self._now() - self._behind[0].since >= HELD_UP_S


class _Behind(Executor):
    """The back of the line: as an executor, for whoever only knows of those."""

    def __init__(self, line: PeopleFirst) -> None:
        self._line = line

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        return self._line.submit_behind(fn, *args, **kwargs)
