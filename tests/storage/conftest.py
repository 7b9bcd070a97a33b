"""Databases for tests: every test runs on SQLite and on PostgreSQL, each on a fresh copy of a migrated template."""

import hashlib
import itertools
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from storage.unit_of_work import Database
from tests.compiled import share_compiled
from tests.postgres import Postgres, running

KINDS = ("sqlite", "postgresql")

share_compiled()


def counted_entropy() -> Callable[[int], bytes]:
    """Bytes that look random and are the same in every run."""
    counter = itertools.count()
    return lambda size: hashlib.shake_128(str(next(counter)).encode()).digest(size)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres | None]:
    """The server all tests of this process share."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def template(postgres, tmp_path_factory) -> Callable[[str], str]:
    """The migrated template by kind of database: a file's path, or a database's name."""
    return templates(postgres, tmp_path_factory.mktemp("template"))


def templates(
    postgres: Postgres | None, folder: Path, *, furnish: Callable[[Database], None] = lambda _: None
) -> Callable[[str], str]:
    """Make a template of either kind when it is first asked for, migrated and furnished."""

    @cache
    def make(kind: str) -> str:
        name = str(folder / "t.db") if kind == "sqlite" or postgres is None else postgres.create()
        database = Database(f"sqlite:///{name}" if kind == "sqlite" or postgres is None else postgres.url(name))
        database.migrate()
        furnish(database)
        database.close()
        return name

    return make


@pytest.fixture(params=KINDS)
def kind(request, postgres) -> str:
    """Which database the test runs on."""
    if request.param == "postgresql" and postgres is None:
        pytest.skip("no PostgreSQL found")
    return str(request.param)


@pytest.fixture
def empty_url(kind, postgres, tmp_path) -> Iterator[str]:
    """The URL of a database without a schema."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'tocsin.db'}"
        return
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def url(kind, postgres, template, tmp_path) -> Iterator[str]:
    """The URL of a fresh migrated database."""
    if kind == "sqlite":
        path = Path(tmp_path, "tocsin.db")
        shutil.copy(template(kind), path)
        yield f"sqlite:///{path}"
        return
    name = postgres.create(template=template(kind))
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def database(url) -> Iterator[Database]:
    """A fresh migrated database, opened."""
    opened = Database(url, entropy=counted_entropy())
    yield opened
    opened.close()
