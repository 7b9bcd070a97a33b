"""Whether the database answers, is up to date, and stands where nothing is forgotten."""

import os
import shutil
import stat
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.ops.check.finding import Finding, fail, good, warn
from bot.ops.existing import BROKEN, BROKEN_MEND
from bot.ops.spool_place import spool_folder
from bot.ops.sqlite_file import sqlite_file
from bot.settings import Settings
from storage.address import AddressProblem, parsed
from storage.away import is_broken
from storage.engine import sqlite_version
from storage.looking import Look, look

DATABASE, SQLITE, DISK, FILE, SPOOL = "Database", "SQLite", "Disk", "Database file", "Spool"
MENDED = (3, 51, 3)
"""The first SQLite in which two connections cannot corrupt a file in WAL mode."""

FORGETFUL = frozenset({"tmpfs", "ramfs", "overlay", "aufs"})
SCARCE, SHORT = 200 * 1024**2, 1024**3
"""Bytes of free disk below which writing soon fails, and below which somebody should look."""

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def seen(settings: Settings) -> Look | Finding | None:
    """Return what the database shows, None where there is none yet, or the finding that it does not answer."""
    url = settings.database_url.get_secret_value()
    file = sqlite_file(url)
    try:
        parsed(url)
        return None if file and not file.exists() else look(url)
    except AddressProblem as wrong:
        found, _, mend = str(wrong).partition(". ")
        return fail(DATABASE, f"{found}.", mend)
    except SQLAlchemyError as wrong:
        if is_broken(wrong):
            return fail(DATABASE, BROKEN, BROKEN_MEND)
        found = f"DATABASE_URL does not answer ({type(wrong).__name__})."
        return fail(DATABASE, found, "See that it is right, that the database is up, and that this machine reaches it.")


def look_at_database(found: Look | Finding | None, settings: Settings, *, mounts: str) -> tuple[Finding, ...]:
    """Return how it stands with the database and, on SQLite, with the disk under it."""
    file = sqlite_file(settings.database_url.get_secret_value())
    on_disk = _on_disk(file.resolve(), settings, mounts=mounts) if file and not file.is_dir() else ()
    if isinstance(found, Finding):
        return (found, *on_disk)
    if found is None:
        missing = warn(DATABASE, "there is none yet.", "Run `tocsin migrate`, which makes it.")
        return (missing, *on_disk)
    return (_schema(found), *on_disk)


def look_at_spool(settings: Settings, *, mounts: str) -> Finding:
    """Return whether alarms could be written down while the database does not answer; what lies there waits."""
    folder = spool_folder(settings).absolute()
    there = next(above for above in (folder, *folder.parents) if above.exists())
    mend = "Set TOCSIN_SPOOL_DIR to a folder that Tocsin may write to, on a disk that stays."
    if not os.access(there, os.W_OK):
        return fail(SPOOL, f"{folder} cannot be written to: an alarm without a database would be lost.", mend)
    if settings.dyno or file_system(there, mounts) in FORGETFUL:
        return warn(SPOOL, f"{folder} is gone with the container, and what was written down in it.", mend)
    waiting = len(list(folder.glob("*.jsonl"))) if folder.exists() else 0
    if waiting:
        start = "Start Tocsin, which enters them; look at its log for `spool.not_entered`."
        return warn(SPOOL, f"{waiting} written down in {folder} and not entered yet.", start)
    return good(SPOOL, f"{folder} takes alarms while the database does not answer.")


def _schema(found: Look) -> Finding:
    if found.revision == found.newest:
        return good(DATABASE, f"{found.make}, schema {found.revision}, up to date.")
    if not found.is_known:
        mend = "Run the newer version of Tocsin that made it, or restore the backup from before it."
        return fail(DATABASE, f"{found.make}, at schema {found.revision}, which this Tocsin does not know.", mend)
    stands = f"at schema {found.revision}" if found.revision else "without tables"
    return fail(DATABASE, f"{found.make}, {stands}; this Tocsin needs {found.newest}.", "Run `tocsin migrate`.")


def _on_disk(path: Path, settings: Settings, *, mounts: str) -> tuple[Finding, ...]:
    folder = next(above for above in path.parents if above.exists())
    return (version_found(sqlite_version()), _place(folder, settings, mounts=mounts), _file(path, folder))


def version_found(said: str) -> Finding:
    """Return how it stands with a version of the SQLite library, such as "3.53.4"."""
    if tuple(map(int, said.split("."))) >= MENDED:
        return good(SQLITE, f"{said}, without the fault that corrupts WAL files before 3.51.3.")
    mend = "Run Tocsin on Linux x86_64, whose lock brings a mended SQLite, or set DATABASE_URL to PostgreSQL."
    return warn(SQLITE, f"{said} can corrupt its file when two connections write at one moment.", mend)


def _place(folder: Path, settings: Settings, *, mounts: str) -> Finding:
    kind = "Heroku's disk" if settings.dyno else file_system(folder, mounts)
    if settings.dyno or kind in FORGETFUL:
        mend = "Put the database onto a volume that stays, or set DATABASE_URL to PostgreSQL."
        return fail(DISK, f"{folder} is on {kind}: every incident is gone with the container.", mend)
    return space_found(shutil.disk_usage(folder).free, folder)


def space_found(free: int, folder: Path) -> Finding:
    """Return how it stands with so many bytes of free disk under `folder`."""
    said = f"{folder} has {free / 1024**3:.1f} GiB left"
    mend = "Make room, or put the database onto another volume."
    if free < SCARCE:
        return fail(DISK, f"{said}: soon nothing can be written down.", mend)
    return warn(DISK, f"{said}.", mend) if free < SHORT else good(DISK, f"{said}, on a file system that stays.")


def file_system(folder: Path, mounts: str) -> str:
    """Return the kind of file system under `folder` as `mounts` (/proc/self/mountinfo) tells it, "" when unknown."""
    found, longest = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        point = Path(fields[4].replace("\\040", " ")) if len(fields) > 4 else None  # noqa: PLR2004
        if point and after and folder.resolve().is_relative_to(point) and len(point.parts) >= longest:
            found, longest = after.split()[0], len(point.parts)
    return found


def _file(path: Path, folder: Path) -> Finding:
    if not os.access(path if path.exists() else folder, os.W_OK) or not os.access(folder, os.W_OK):
        return fail(FILE, f"this account may not write {path}.", f"Give {folder} to the account that runs Tocsin.")
    if path.exists() and path.stat().st_mode & OTHERS:
        return warn(FILE, f"other accounts of this machine may open {path}.", f"chmod 600 {path}")
    return good(FILE, "only its own account may open it." if path.exists() else "not made yet.")
