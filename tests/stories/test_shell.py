"""The shell while no bot runs: it reads for people and for programs, and makes no database by mistake."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.app import door_path
from bot.cli import main
from bot.ops.door import knock
from bot.ops.shell import serve
from storage.engine import SQLITE
from storage.unit_of_work import Database
from tests.stories.company import Cast

ROOT = Path(__file__).resolve().parents[2]


async def tocsin(*words: str, **settings: str) -> tuple[int, str, str]:
    """Type a command as an operator does; return its exit code, what it said and what it complained of."""
    unset: dict[str, str | None] = {name: None for name in os.environ if name.startswith(("SLACK_", "TOCSIN_"))}
    ran = await asyncio.to_thread(CliRunner().invoke, main, words, env=unset | settings)
    return ran.exit_code, ran.stdout, ran.stderr


@pytest.fixture
async def migrated(tmp_path: Path) -> dict[str, str]:
    """The settings of a machine on which `tocsin migrate` has run."""
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/tocsin.db", "TOCSIN_POLICIES": str(ROOT / "policies")}
    assert 0 == (await tocsin("migrate", **settings))[0]
    return settings


async def test_status_is_read_by_people_and_programs(migrated: dict[str, str]) -> None:
    """The same incident in words and as JSON; one that is not there ends with 1."""

    declared = await tocsin("declare", "sev1", "Checkout", "returns", "500s", **migrated)
    said = await tocsin("status", "1", **migrated)
    as_json = await tocsin("status", "--json", **migrated)
    (row,) = json.loads(as_json[1])

    assert "NOBODY HAS BEEN PAGED." in declared[1]
    assert (0, True) == (said[0], said[1].startswith("SEV-1 INC-1 Checkout returns 500s: declared, commander "))
    assert (1, "sev1", "Checkout returns 500s", "declared", False) == (
        row["incident"],
        row["severity"],
        row["title"],
        row["status"],
        row["answered"],
    )
    assert row["next_due"].endswith("Z")
    assert (1, "", "There is no INC-77.\n") == await tocsin("status", "77", **migrated)
    assert (1, "", "There is no INC-77.\n") == await tocsin("status", "77", "--json", **migrated)


@pytest.mark.parametrize("words", [("--private", "payroll", "leak"), ("Private:", "payroll", "leak")])
async def test_an_operator_declares_in_private(migrated: dict[str, str], words: tuple[str, ...]) -> None:
    """By the option or by the word, as in Slack: nothing of it is to be announced."""

    _, said, _ = await tocsin("declare", "sev2", *words, **migrated)

    database = Database(migrated["DATABASE_URL"])
    with database.read() as unit:
        declared = unit.incidents.get(1)
    database.close()
    assert "INC-1" in said
    assert declared is not None
    assert (True, "payroll leak") == (declared.is_private, declared.title)


async def test_the_audit_log_is_counted_in_words(migrated: dict[str, str]) -> None:
    """The adoption alone is one entry; with an incident there are several."""

    alone = await tocsin("audit", "verify", **migrated)
    await tocsin("declare", "sev1", "Checkout", "returns", "500s", **migrated)
    code, said, _ = await tocsin("audit", "verify", **migrated)

    assert (0, "1 entry verifies.\n", "") == alone
    assert (0, True) == (code, said.endswith(" entries verify.\n"))


async def test_the_outbox_is_read_by_programs(migrated: dict[str, str]) -> None:
    """Nothing owed is an empty list and 0; what waits has its id, its state and why, and ends with 1."""

    nothing = await tocsin("outbox", "list", "--json", **migrated)
    await tocsin("declare", "sev1", "Checkout", "returns", "500s", **migrated)
    code, said, _ = await tocsin("outbox", "list", "--json", **migrated)

    assert (0, []) == (nothing[0], json.loads(nothing[1]))
    assert 1 == code
    assert {"id", "state", "tries", "error"} == set(json.loads(said)[0])


NOBODY_THERE = "postgresql://tocsin:hunter2hunter2@127.0.0.1:1/tocsin"
"""A PostgreSQL that nobody started."""

COMMANDS = [
    ("declare", "sev1", "Checkout", "fails"),
    ("declare", "sev1", "Checkout", "fails", "--as", "nobody"),
    ("ack", "1"),
    ("status",),
    ("outbox", "list"),
    ("outbox", "retry", "x"),
    ("audit", "verify"),
    ("policy", "adopt", str(ROOT / "policies"), "--approved-by", "lena", "--yes"),
    ("policy", "replay", str(ROOT / "policies")),
    ("backup", "copy"),
]
"""Every command that only `tocsin migrate` may make a database for."""


@pytest.mark.parametrize("policies", [ROOT / "policies", Path("nowhere")])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
async def test_no_command_makes_a_database(tmp_path: Path, words: tuple[str, ...], policies: Path) -> None:
    """Typed in the wrong folder, a command says where it looked, and leaves nothing behind that looks like Tocsin's."""

    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/tocsin.db", "TOCSIN_POLICIES": str(policies)}
    code, said, complaint = await tocsin(*words, **settings)

    assert (1, "") == (code, said)
    assert complaint.startswith(f"There is no database at {tmp_path}/tocsin.db. Go where the bot runs, or run `tocsin ")
    assert [] == await asyncio.to_thread(os.listdir, tmp_path)


def emptied(path: Path) -> None:
    """Lose everything but the file's name."""
    path.touch()


def somebody_elses(path: Path) -> None:
    """Keep something else in a file of that name."""
    connection = SQLITE.connect(str(path))
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()


@pytest.mark.parametrize("spoil", [emptied, somebody_elses])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
async def test_no_command_makes_a_database_a_tocsin(
    tmp_path: Path, words: tuple[str, ...], spoil: Callable[[Path], None]
) -> None:
    """An emptied file and somebody else's are answered like none at all, and stay as they are, byte for byte."""

    path = tmp_path / "tocsin.db"
    spoil(path)
    before = await asyncio.to_thread(path.read_bytes)
    settings = {"DATABASE_URL": f"sqlite:///{path}", "TOCSIN_POLICIES": str(ROOT / "policies")}
    code, said, complaint = await tocsin(*words, **settings)

    assert (1, "") == (code, said)
    assert complaint.startswith(f"There is no Tocsin in {path}. Go where the bot runs, or run `tocsin migrate` first.")
    assert before == await asyncio.to_thread(path.read_bytes)
    assert ["tocsin.db"] == await asyncio.to_thread(os.listdir, tmp_path)


@pytest.mark.parametrize("words", [words for words in COMMANDS if words[0] != "audit"], ids=" ".join)
async def test_no_command_works_on_another_versions_database(migrated: dict[str, str], words: tuple[str, ...]) -> None:
    """What a newer Tocsin made is refused with what to do; only `tocsin migrate` brings tables up to date."""

    connection = SQLITE.connect(migrated["DATABASE_URL"].removeprefix("sqlite:///"))
    connection.execute("UPDATE alembic_version SET version_num = '0099'")
    connection.commit()
    connection.close()
    code, said, complaint = await tocsin(*words, **migrated)

    assert (1, "") == (code, said)
    assert complaint.startswith("The database is at schema 0099, which this Tocsin does not know")


async def test_an_alarm_that_reaches_nobody_says_so() -> None:
    """On a PostgreSQL that is down nothing is declared, and whoever typed it hears that and what to do instead."""

    code, said, complaint = await tocsin("declare", "sev1", "Checkout", "fails", DATABASE_URL=NOBODY_THERE)
    asked = await tocsin("status", DATABASE_URL=NOBODY_THERE)

    assert (1, "") == (code, said)
    assert complaint.startswith("The database does not answer, so nothing was done. Only a Tocsin that runs writes ")
    assert complaint.endswith("type `/incident declare …` in Slack, or telephone who is on call.\n")
    assert (1, "DATABASE_URL does not answer (OperationalError). Is it right, and is it up?\n") == asked[::2]


NAMELESS = "DATABASE_URL names no database. Write sqlite:///path or postgresql://user@host/name.\n"


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("", NAMELESS),
        ("foo", NAMELESS),
        ("postgresql://host:port/name", NAMELESS),
        ("mysql://host/name", "DATABASE_URL names mysql, which Tocsin does not know. Write sqlite:///path or "),
        ("sqlite://", "DATABASE_URL names a SQLite in memory, which is lost on restart. Write sqlite:///path.\n"),
        ("sqlite:///{here}", "DATABASE_URL names {here}, which is a folder. Write sqlite:///path/tocsin.db.\n"),
    ],
)
@pytest.mark.parametrize("words", [*COMMANDS, ("migrate",)], ids=" ".join)
async def test_an_address_of_no_database(tmp_path: Path, words: tuple[str, ...], url: str, complaint: str) -> None:
    """Every command says what is wrong with DATABASE_URL and how it is written, and so does the check."""

    settings = {"DATABASE_URL": url.format(here=tmp_path), "TOCSIN_POLICIES": str(ROOT / "policies")}
    code, said, told = await tocsin(*words, **settings)

    assert (2, "") == (code, said)
    assert told.startswith(complaint.format(here=tmp_path))


@pytest.mark.parametrize("words", [*COMMANDS, ("migrate",)], ids=" ".join)
async def test_a_file_that_is_no_database(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A file that is something else, or was damaged, is said to be that, with the way back."""

    (tmp_path / "tocsin.db").write_text("words, and nothing that SQLite wrote. " * 100)
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/tocsin.db", "TOCSIN_POLICIES": str(ROOT / "policies")}
    code, said, complaint = await tocsin(*words, **settings)

    assert (1, "") == (code, said)
    assert complaint == (
        "The file that DATABASE_URL names is no SQLite database, or is damaged. "
        "Move it away and put a backup in its place: `tocsin restore`.\n"
    )


async def test_it_says_its_version() -> None:
    """Whoever reports a bug can say of which version."""

    code, said, _ = await tocsin("--version")

    assert (0, True) == (code, said.startswith("tocsin 0."))


def asked_of(company: Cast) -> Callable[[dict[str, str]], Awaitable[dict[str, str]]]:
    """Return how the shell asks the bot: at its door, or of the database itself where there is none."""
    door = door_path(company.database)
    if company.bot is None:
        raise AssertionError(company)
    return partial(knock, door) if door else partial(serve, company.bot.desk)


async def test_a_dead_delivery_is_tried_again_or_let_go(company: Cast) -> None:
    """What Slack refused for good is listed; `retry` sends it, `drop` takes it off the list, both on the record."""

    ask = asked_of(company)
    await company.sandbox.fault({"error": {"method": "pins.add", "error": "not_pinnable", "times": None}})
    await company.types("ada", "/incident declare sev2 Search is slow")
    await company.sandbox.settle()
    (row,) = json.loads((await ask({"do": "outbox"}))["json"])
    unknown = await ask({"do": "outbox.retry", "id": "pin of nothing"})
    sent = await ask({"do": "outbox.drop", "id": "incident:1/card"})

    await ask({"do": "outbox.retry", "id": row["id"]})
    await company.sandbox.settle()
    (again,) = json.loads((await ask({"do": "outbox"}))["json"])
    dropped = await ask({"do": "outbox.drop", "id": row["id"]})
    emptied = await ask({"do": "outbox"})
    await company.sandbox.fault({"reset": True})
    await company.sandbox.fault({"error": {"method": "pins.add", "error": "not_pinnable", "times": 1}})
    await company.types("ada", "/incident declare sev2 Login is slow")
    await company.sandbox.settle()
    (second,) = json.loads((await ask({"do": "outbox"}))["json"])
    said = await ask({"do": "outbox.retry", "id": second["id"]})
    await company.sandbox.settle()
    left = await ask({"do": "outbox"})

    assert ("dead", "dead") == (row["state"], again["state"])
    assert unknown["error"].startswith("There is no delivery")
    assert "`incident:1/card` is sent, not dead. Nothing was changed." == sent["error"]
    assert f"{row['id']} is let go for good; the record says so." == dropped["text"]
    assert f"{second['id']} is tried again; the record says so." == said["text"]
    assert ["Everything was delivered."] * 2 == [emptied["text"], left["text"]]
    assert [1] == [len(room.pins) for room in company.sandbox.workspace.channels.values() if "inc-2" in room.name]
    with company.store.read() as unit:
        written = unit.audit.lately(
            actions=("outbox.retried", "outbox.dropped"),
            decision="allow",
            since=company.sandbox.clock.now() - timedelta(hours=1),
            limit=9,
        )
    assert ["outbox.dropped", "outbox.retried", "outbox.retried"] == sorted(one.action for one in written)
    assert company.audit_is_whole()
