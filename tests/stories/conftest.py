"""Stories: people in a sandbox, the real bot over real sockets, and one clock that only jumps."""

import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.unit_of_work import Database
from tests.compiled import share_compiled
from tests.postgres import Postgres, running
from tests.stories.company import Cast

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)

share_compiled()

SOCKETS, HTTP, POSTGRES = "sockets", "http", "postgresql"
ALSO = {
    "test_first_incident": (HTTP, POSTGRES),
    "test_people": (HTTP,),
    "test_a_follower_hears_each_turn_until_it_is_closed": (POSTGRES,),
    "test_what_was_missed_meanwhile": (POSTGRES,),
    "test_database_down": (POSTGRES,),
}
"""Which modules or single stories are lived over Slack's request URL and on PostgreSQL too.

`make test-long` lives all of them everywhere.
"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let the stories of these modules happen in several surroundings, each over the same sandbox."""
    if "company" not in metafunc.fixturenames:
        return
    everywhere = os.environ.get("TOCSIN_LONG") == "1"
    names = (metafunc.function.__name__, metafunc.module.__name__.rpartition(".")[2])
    also = (HTTP, POSTGRES) if everywhere else next((ALSO[name] for name in names if name in ALSO), ())
    metafunc.parametrize("company", [SOCKETS, *also], indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres | None]:
    """A PostgreSQL server of one's own, None where there is none."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database, to be copied."""
    path: Path = tmp_path_factory.mktemp("template") / "t.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres | None) -> str:
    """The name of a migrated PostgreSQL database, to be copied."""
    if postgres is None:
        pytest.skip("no PostgreSQL was found")
    name = postgres.create()
    database = Database(postgres.url(name))
    database.migrate()
    database.close()
    return name


@pytest.fixture
def bare_postgres(postgres: Postgres | None) -> Iterator[str]:
    """The URL of a PostgreSQL database without a schema."""
    if postgres is None:
        pytest.skip("no PostgreSQL was found")
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path, template: Path) -> Iterator[Callable[[str], str]]:
    """Give the URL of a fresh migrated database for a surrounding; it is gone afterwards."""
    made: list[tuple[Postgres, str]] = []

    def fresh(surrounding: str) -> str:
        if surrounding != POSTGRES:
            return f"sqlite:///{shutil.copy(template, tmp_path / 'tocsin.db')}"
        migrated = request.getfixturevalue("postgres_template")
        server = request.getfixturevalue("postgres")
        made.append((server, server.create(template=migrated)))
        return str(server.url(made[-1][1]))

    yield fresh
    for server, name in made:
        server.drop(name)


@pytest.fixture
async def company(
    request: pytest.FixtureRequest, database_url: Callable[[str], str], tmp_path: Path
) -> AsyncIterator[Cast]:
    """A company with Tocsin in it at 14:00 UTC on a Friday, violations checked at the end."""
    surrounding = getattr(request, "param", SOCKETS)
    cast = Cast(
        database=database_url(surrounding),
        started_at=START,
        over_http=surrounding == HTTP,
        settings={"tocsin_spool_dir": tmp_path / "spool"},
    )
    await cast.open()
    yield cast
    await cast.close()
    assert [] == [f"{violation.rule}: {violation.detail}" for violation in cast.sandbox.workspace.violations]
