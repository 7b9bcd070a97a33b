"""A night's insurance: a backup made while the bot works, put onto the other database, and the bot going on there."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.engine import SQLITE
from tests.stories.company import Cast
from tests.stories.conftest import POSTGRES, SOCKETS, START
from tests.stories.test_check import in_environment, tocsin

OTHER = {SOCKETS: POSTGRES, POSTGRES: SOCKETS}


@pytest.fixture(params=[SOCKETS, POSTGRES])
async def working(
    request: pytest.FixtureRequest, database_url: Callable[[str], str]
) -> AsyncIterator[tuple[Cast, str]]:
    """A company at work on one database, and the URL of an empty one of the other make."""
    company = Cast(database=database_url(request.param), started_at=START)
    await company.open()
    yield company, database_url(OTHER[request.param])
    await company.close()


async def test_the_bot_goes_on_where_the_backup_was_restored(working: tuple[Cast, str], tmp_path: Path) -> None:
    """INC-1 is open; after backup, a lost database and a restore its buttons work, and the next one is INC-2."""

    night, (company, elsewhere) = str(tmp_path / "night.backup"), working
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    made, said, _ = await tocsin("backup", night, DATABASE_URL=company.database)
    again, _, complaint = await tocsin("backup", night, DATABASE_URL=company.database)
    assert company.bot is not None
    await company.bot.stop()
    restored, told, errors = await tocsin("restore", night, DATABASE_URL=elsewhere)
    company.database = elsewhere
    await company.start_bot()
    await company.presses("noor", "Take command")
    await company.types("sam", "/incident declare sev2 Login is slow")
    await company.sandbox.settle()

    assert (0, 1, 0, "") == (made, again, restored, errors), (said, told)
    assert ", verified." in said
    assert "night.backup is there already" in complaint
    assert told.startswith("Restored as of ")
    assert company.incident(1) == company.replayed(1)
    assert company.incident(1).commander == "U0NOOR00000"
    assert company.channel_of(2) == "inc-2-login-is-slow"
    assert company.audit_is_whole()


async def test_nothing_is_restored_where_a_bot_works(working: tuple[Cast, str], tmp_path: Path) -> None:
    """While the bot runs a restore is refused in a sentence, and the incident stays."""

    night, (company, _) = str(tmp_path / "night.backup"), working
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await tocsin("backup", night, DATABASE_URL=company.database)
    code, said, complaint = await tocsin("restore", night, "--replace", **in_environment(company.bot_settings()))

    assert (1, "") == (code, said)
    assert "stop that one first" in complaint or "Stop every replica first." in complaint
    assert "Checkout returns 500s" == company.incident(1).title


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("backup", "no/such/b"), "no/such/b cannot be used: No such file or directory."),
        (("restore", "missing"), "missing cannot be used: No such file or directory."),
        (("restore", "words.txt"), "words.txt is no backup of Tocsin's, or only a part of one."),
    ],
)
async def test_a_file_that_will_not_do(tmp_path: Path, words: tuple[str, str], complaint: str) -> None:
    """A file that cannot be read, written or understood is named in a sentence, not blamed on the database."""

    (tmp_path / "words.txt").write_text("not a backup\n")
    url = f"sqlite:///{tmp_path}/tocsin.db"
    await tocsin("migrate", DATABASE_URL=url)
    verb, file = words
    code, said, told = await tocsin(verb, str(tmp_path / file), DATABASE_URL=url)

    assert (1, "") == (code, said)
    assert told.startswith(f"{tmp_path}/{complaint}")


async def test_a_database_from_a_newer_tocsin(tmp_path: Path) -> None:
    """Whoever goes back to an older version is told what to do, by the command and by the check."""

    url = f"sqlite:///{tmp_path}/tocsin.db"
    await tocsin("migrate", DATABASE_URL=url)
    connection = SQLITE.connect(str(tmp_path / "tocsin.db"))
    connection.execute("UPDATE alembic_version SET version_num = '0099'")
    connection.commit()
    connection.close()
    code, said, complaint = await tocsin("migrate", DATABASE_URL=url)
    _, checked, _ = await tocsin("check", DATABASE_URL=url)

    assert (1, "") == (code, said)
    assert "at schema 0099, which this Tocsin does not know: a newer one was here." in complaint
    assert "at schema 0099, which this Tocsin does not know.\n      → Run the newer version" in checked
