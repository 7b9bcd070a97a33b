"""The spool: a folder that holds one file for each declaration the database has not taken yet, each on the disk."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.failpoints import FAILPOINTS
from bot.incident.history.codec import plain
from bot.log import get_logger
from bot.ports import Sent
from bot.usecases.spooling import LONGEST_REF, SHORTEST_REF, Slip, read_slip, ref_of

ENDING, BEGUN, KNOWN = ".jsonl", ".new", "last-known.json"
_MINE_ALONE = 0o600

log = get_logger("tocsin.spool")


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """How far one page of a slip came; `in_doubt` says that it may have left since `intent_at`."""

    attempts: int = 0
    intent_at: datetime | None = None
    in_doubt: bool = False
    is_sent: bool = False
    is_dead: bool = False
    sent: Sent | None = None

    @property
    def is_over(self) -> bool:
        """Return whether it is not to be tried again."""
        return self.is_sent or self.is_dead


@dataclass(slots=True, kw_only=True)
class Kept:
    """A slip as its file has it: the first line is the slip, every further one what became of one of its pages."""

    path: Path
    slip: Slip
    tries: dict[str, Try] = field(default_factory=dict)

    def stand(self, page: str) -> Try:
        """Return how far the page with this effect id came."""
        return self.tries.get(page, Try())

    @property
    def sent(self) -> Mapping[str, Sent | None]:
        """Return the pages that left, by effect id, and where they stand in Slack."""
        return {page: one.sent for page, one in self.tries.items() if one.is_sent}

    def note(self, page: str, now_is: Try) -> None:
        """Write what became of a page; it is on the disk when this returns. OSError when it cannot be."""
        with self.path.open("ab") as file:
            # It begins a line of its own, so that one which was cut off before it does not take it along.
            file.write(b"\n" + _line({"page": page, "is": plain(now_is)}))
            file.flush()
            os.fsync(file.fileno())
        self.tries[page] = now_is

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Keep other processes from working on the slip meanwhile; False when one of them does, or finished it."""
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            yield False
            return
        try:
            yield _locked(file)
        finally:
            os.close(file)


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return os.fstat(file).st_nlink > 0


class Spool:
    """Slips in `folder`, which is made when it is first needed, for this account of the system alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unreadable: set[Path] = set()

    def keep(self, slip: Slip) -> Kept:
        """Write `slip`, under a longer id where its own belongs to another; it is on the disk when this returns.

        A request that was written before is left as it is and returned. OSError when it cannot be written.
        """
        for length in range(SHORTEST_REF, LONGEST_REF + 1):
            named = _named(slip, ref_of(slip.key, length=length))
            path = self.folder / f"{named.ref}{ENDING}"
            if self._write(path, _line(plain(named)), anew=True):
                return Kept(path=path, slip=named)
            there = self.read(path)
            if there and there.slip.key == slip.key:
                return there
        message = f"every id for this declaration is taken in {self.folder}"
        raise FileExistsError(message)

    def all(self) -> list[Kept]:
        """Return every slip, the oldest first; a file nobody can read is left where it is, and said once."""
        found = (self.read(path) for path in self.folder.glob(f"*{ENDING}"))
        return sorted((kept for kept in found if kept), key=lambda kept: kept.slip.at)

    def remove(self, kept: Kept) -> None:
        """Take a slip out that is an incident now."""
        kept.path.unlink(missing_ok=True)
        self._sync_folder()

    def remember(self, known: bytes) -> None:
        """Write what is last known of the database, in the place of what was."""
        self._write(self.folder / KNOWN, known, anew=False)

    def remembered(self) -> bytes | None:
        """Return what was last known of the database, None when nothing ever was."""
        path = self.folder / KNOWN
        return path.read_bytes() if path.exists() else None

    def _write(self, path: Path, content: bytes, *, anew: bool) -> bool:
        """Put a whole file in its place, or none of it; False when `anew` and one is there."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        begun = path.with_name(f"{path.name}.{os.getpid()}{BEGUN}")
        file = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _MINE_ALONE)
        with os.fdopen(file, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        FAILPOINTS.reach("spool, before a file is in its place")
        try:
            if anew:
                os.link(begun, path)
                begun.unlink()
            else:
                begun.replace(path)
        except FileExistsError:
            begun.unlink()
            return False
        self._sync_folder()
        FAILPOINTS.reach("spool, after a file is in its place")
        return True

    def _sync_folder(self) -> None:
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def read(self, path: Path) -> Kept | None:
        """Return the slip in the file at `path`; None when it is gone, or cannot be read, which the log says once."""
        try:
            first, *further = path.read_bytes().splitlines()
            kept = Kept(path=path, slip=read_slip(json.loads(first)))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            if path not in self._unreadable:
                log.exception("spool.unreadable", file=path.name)
            self._unreadable.add(path)
            return None
        for line in further:
            kept.tries.update(_try_in(line))
        return kept


def _named(slip: Slip, ref: str) -> Slip:
    """Return the slip under the id `ref`, everywhere it is told."""
    if slip.ref == ref:
        return slip
    spooled = replace(slip.command.spooled, ref=ref) if slip.command.spooled else None
    pages = tuple(replace(page, words={**page.words, "ref": ref}) for page in slip.pages)
    return replace(slip, ref=ref, command=replace(slip.command, spooled=spooled), pages=pages)


def _try_in(line: bytes) -> dict[str, Try]:
    """Return what a further line says; nothing for one that was cut off when the process was killed."""
    try:
        said: dict[str, Any] = json.loads(line)
    except ValueError:
        return {}
    one = said["is"]
    at, sent = one.pop("intent_at"), one.pop("sent")
    return {
        said["page"]: Try(
            **one, intent_at=datetime.fromisoformat(at) if at else None, sent=Sent(**sent) if sent else None
        )
    }


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
