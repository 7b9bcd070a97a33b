"""Where declarations are written down while the database does not answer."""

from pathlib import Path

from bot.ops.sqlite_file import sqlite_file
from bot.settings import Settings

BESIDE_NOTHING = Path("tocsin-spool")
"""Where there is no database file to be beside: in the folder Tocsin is started in."""


def spool_folder(settings: Settings) -> Path:
    """Return TOCSIN_SPOOL_DIR; else a folder beside the SQLite file, named after it."""
    if settings.tocsin_spool_dir is not None:
        return settings.tocsin_spool_dir
    file = sqlite_file(settings.database_url.get_secret_value())
    return Path(f"{file}-spool") if file else BESIDE_NOTHING
