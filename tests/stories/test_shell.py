"""The shell while no bot runs: it reads for people and for programs, and makes no database by mistake."""

import asyncio
import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import main

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


async def test_the_outbox_is_read_by_programs(migrated: dict[str, str]) -> None:
    """Nothing owed is an empty list and 0; what waits has its id, its state and why, and ends with 1."""

    nothing = await tocsin("outbox", "list", "--json", **migrated)
    await tocsin("declare", "sev1", "Checkout", "returns", "500s", **migrated)
    code, said, _ = await tocsin("outbox", "list", "--json", **migrated)

    assert (0, []) == (nothing[0], json.loads(nothing[1]))
    assert 1 == code
    assert {"id", "state", "tries", "error"} == set(json.loads(said)[0])


@pytest.mark.parametrize("words", [("declare", "sev1", "Checkout", "fails"), ("ack", "1"), ("status",)])
async def test_no_database_is_made_where_there_is_no_policy(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Typed in the wrong folder, a command says where it looked, and leaves nothing behind that looks like Tocsin's."""

    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/tocsin.db", "TOCSIN_POLICIES": str(tmp_path / "policies")}
    code, _, complaint = await tocsin(*words, **settings)

    assert (1, True) == (code, f"There is no database at {tmp_path}/tocsin.db." in complaint)
    assert [] == await asyncio.to_thread(os.listdir, tmp_path)


async def test_it_says_its_version() -> None:
    """Whoever reports a bug can say of which version."""

    code, said, _ = await tocsin("--version")

    assert (0, True) == (code, said.startswith("tocsin 0."))
