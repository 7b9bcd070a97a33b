"""A real database that goes away and comes back: a lock nobody gives up, or a server that takes nobody in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg

from storage.engine import SQLITE


@contextmanager
def without_database(url: str) -> Iterator[None]:
    """Keep everybody from the database at `url` for the time of the block."""
    if url.startswith("sqlite"):
        with _locked(url.removeprefix("sqlite:///")):
            yield
    else:
        with _closed(url):
            yield


@contextmanager
def _locked(path: str) -> Iterator[None]:
    """Hold SQLite's one write lock, as a shell that somebody forgot would: what waits for it hangs."""
    connection: Any = SQLITE.connect(path, isolation_level=None)
    connection.execute("begin immediate")
    try:
        yield
    finally:
        connection.execute("rollback")
        connection.close()


@contextmanager
def _closed(url: str) -> Iterator[None]:
    """Have PostgreSQL throw everybody out of the database and let nobody in."""
    name = urlsplit(url).path.removeprefix("/")
    with psycopg.connect(url.replace(f"/{name}?", "/postgres?"), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false".encode())
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        try:
            yield
        finally:
            connection.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true".encode())
