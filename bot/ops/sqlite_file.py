"""Which file a DATABASE_URL names, where it is a file."""

from pathlib import Path

_URL = "sqlite:///"


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite database; None where `url` names something else."""
    return Path(url.removeprefix(_URL)) if url.startswith(_URL) else None
