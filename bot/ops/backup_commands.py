"""The commands `tocsin backup` and `tocsin restore`: everything a database holds, in one file and out of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot import log
from bot.ops.existing import must_be_current
from bot.ops.exits import FINDING, settings_or_stop, stop
from bot.ops.sentences import in_sentences
from storage import backing_up, restoring
from storage.portable import Contents

MAKES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
File = Annotated[Path, typer.Argument(help="The backup file.")]


def backup(file: File) -> None:
    """Write everything the database holds into a new file, while the bot goes on; SQLite or PostgreSQL."""
    url = settings_or_stop().database_url.get_secret_value()
    log.configure(json=False, level="CRITICAL", stream=sys.stderr)
    with in_sentences(), for_the_file(file), _shown() as progress:
        must_be_current(url)
        with writing_to(file.absolute().parent):
            contents = backing_up.back_up(url=url, path=file, now=datetime.now(UTC), progress=progress)
    rows = sum(part.rows for part in contents.tables)
    typer.echo(f"{file}: {_counted(rows, 'row')} of {MAKES[contents.database]}, {_entries(contents)}.")
    typer.echo("Whoever reads this file reads every incident in it: keep it as you keep the database.")
    if contents.problem:
        raise stop(f"The audit log does not verify: {contents.problem}. The backup holds it as it is.")


def restore(
    file: File,
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Throw away what the database holds.")] = False,
    unverified: Annotated[bool, typer.Option("--unverified", help="Take an audit log that does not verify.")] = False,
) -> None:
    """Put a backup into the database that DATABASE_URL names, of either make; the bot must be stopped."""
    url = settings_or_stop().database_url.get_secret_value()
    log.configure(json=False, level="CRITICAL", stream=sys.stderr)
    with in_sentences(), for_the_file(file), _shown() as progress:
        contents = restoring.restore(path=file, url=url, replace=replace, unverified=unverified, progress=progress)
    made = datetime.fromisoformat(contents.made_at)
    typer.echo(f"Restored as of {made:%d %b %Y, %H:%M} UTC, {_entries(contents)}.")
    typer.echo(
        "What was done after that is not in it: what Tocsin owed then it sends again, and clocks run on at once."
    )


def _entries(contents: Contents) -> str:
    said = _counted(contents.entries, "audit entry", "audit entries")
    return f"{said}, NOT VERIFIED" if contents.problem else f"{said}, verified"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


@contextmanager
def for_the_file(file: Path) -> Iterator[None]:
    """Say of the backup file what is wrong with it; what is wrong with the database is said elsewhere."""
    try:
        yield
    except OSError as wrong:
        if wrong.filename and Path(str(wrong.filename)).name.removesuffix(".part") == file.name:
            raise stop(f"{file} cannot be used: {wrong.strerror}.", code=FINDING) from wrong
        raise


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Say of the folder a backup is written to that it takes no more; such an error names no file."""
    try:
        yield
    except OSError as wrong:
        if wrong.filename is None:
            said = f"The backup cannot be written to {folder}: {wrong.strerror or wrong}. Nothing of it is left there."
            raise stop(said, code=FINDING) from wrong
        raise


@contextmanager
def _shown() -> Iterator[backing_up.Progress]:
    """Show how far it is, on a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("")
        yield lambda table, done, of: bars.update(task, description=table, completed=done, total=of)
