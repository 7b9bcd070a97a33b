"""Policy at the operator's hand: adopted with its approver, and replayed over what happened, whether the bot runs."""

import json
import shutil
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import main
from bot.ops.company import ROOT
from bot.ops.line import line
from bot.settings import Settings
from storage.unit_of_work import Database
from tests.stories.company import Cast
from tests.stories.conftest import START
from tests.stories.test_policy_in_force import edit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A policy folder of one's own."""
    return Path(shutil.copytree(ROOT / "policies", tmp_path / "candidate"))


@pytest.fixture
async def company(tmp_path: Path) -> AsyncIterator[Cast]:
    """A company whose bot listens at its door."""
    cast = Cast(database=f"sqlite:///{tmp_path}/tocsin.db", started_at=START)
    await cast.open()
    yield cast
    await cast.close()


def tocsin(tmp_path: Path, *words: str) -> tuple[int, str]:
    """Run `tocsin policy …` on a database beside `tmp_path`; return its exit code and all it says."""
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/alone.db", "TOCSIN_POLICIES": str(ROOT / "policies")}
    ran = CliRunner().invoke(main, ["policy", *words], env=env)
    return ran.exit_code, f"{ran.stdout}{ran.stderr}"


def migrated(tmp_path: Path) -> None:
    """Make that database, with no policy in force yet."""
    database = Database(f"sqlite:///{tmp_path}/alone.db")
    database.migrate()
    database.close()


def test_the_first_policy_and_the_next(tmp_path: Path, folder: Path) -> None:
    """Bootstrap takes anybody's word; later one of the Board approves, after the differences were said."""
    missing = tocsin(tmp_path, "adopt", "--approved-by", "ada")
    unmade = tocsin(tmp_path, "adopt", "--approved-by", "ada", "--yes")
    migrated(tmp_path)
    first = tocsin(tmp_path, "adopt", "--approved-by", "ada", "--yes")
    edit(folder, was="acknowledge: 5m", now="acknowledge: 4m")
    stranger = tocsin(tmp_path, "adopt", str(folder), "--approved-by", "noor", "--yes")
    looked = tocsin(tmp_path, "adopt", str(folder), "--approved-by", "@lena")
    adopted = tocsin(tmp_path, "adopt", str(folder), "--approved-by", "@lena", "--yes")
    again = tocsin(tmp_path, "adopt", str(folder), "--approved-by", "lena", "--yes", "--json")
    nobody = tocsin(tmp_path, "adopt", str(folder), "--approved-by", " ")

    assert (1, True) == (missing[0], "There is no database at" in missing[1])
    assert missing == unmade
    assert (0, True) == (first[0], "would be the first." in first[1])
    assert (1, "`noor` is not of the Governance Board of policy 2.0.0: Lena Brandt or Tomas Vidal.\n") == stranger
    assert (1, True) == (looked[0], "SEV-1: acknowledge was 5 min, is 4 min." in looked[1])
    assert "Nothing was adopted. With --yes it takes force." in looked[1]
    assert (0, True) == (adopted[0], "Policy 2.1.0 is in force for every new incident" in adopted[1])
    assert (0, True) == (again[0], json.loads(again[1])["same"])
    assert 2 == nobody[0]


@pytest.mark.parametrize("command", [["adopt", "--approved-by", "lena", "--yes"], ["replay"]])
def test_no_good_policy(tmp_path: Path, folder: Path, command: list[str]) -> None:
    """Nonsense is named with file and line and ends with 1; a folder that is none ends with 2."""
    migrated(tmp_path)
    tocsin(tmp_path, "adopt", "--approved-by", "lena", "--yes")
    edit(folder, was="acknowledge: 5m", now="acknowledge: soon")
    broken = tocsin(tmp_path, command[0], str(folder), *command[1:])
    nowhere = tocsin(tmp_path, command[0], str(tmp_path / "nowhere"), *command[1:])

    assert (1, True) == (broken[0], "`acknowledge: soon` is not a duration" in broken[1])
    assert (2, True) == (nowhere[0], "is no folder." in nowhere[1])


def asking(company: Cast) -> Settings:
    """Return settings that reach the running bot's door."""
    return Settings(database_url=company.database, tocsin_policies=ROOT / "policies")


async def test_through_the_door(company: Cast, folder: Path) -> None:
    """While the bot runs it is asked: a stricter policy would have missed a clock; adopted, it holds for the next."""
    await company.types("ada", "/incident declare sev1 Payroll export leaked")
    await company.sandbox.advance("4m30s")
    await company.types("noor", "/incident 1 ack")
    edit(folder, was="acknowledge: 5m", now="acknowledge: 4m")
    where = {"folder": str(folder)}
    async with line(asking(company)) as ask:
        changes = json.loads((await ask({"do": "policy.changes", **where}))["text"])
        numbers = json.loads((await ask({"do": "policy.past"}))["text"])
        replayed = json.loads((await ask({"do": "policy.replay", **where, "number": "1"}))["text"])
        nobody = json.loads((await ask({"do": "policy.replay", **where, "number": "9"}))["text"])
        stale = await ask({"do": "policy.adopt", **where, "hash": "0" * 64, "approved_by": "lena"})
        adopt = {"do": "policy.adopt", **where, "hash": changes["hash"], "approved_by": "lena"}
        stranger = await ask({**adopt, "approved_by": "ada"})
        adopted = await ask(adopt)
    await company.types("tomas", "/incident declare sev1 Search down")

    assert "SEV-1: acknowledge was 5 min, is 4 min." in changes["changes"]
    assert [1] == numbers
    assert _would_be_missed(replayed)
    assert "Payroll" not in str(replayed)
    assert {"incident": 9, "unreadable": "LookupError"} == nobody
    assert "The folder changed since you read what it changes." in stale["error"]
    assert "`ada` is not of the Governance Board" in stranger["error"]
    assert adopted["text"].startswith("Policy 2.1.0 is in force")
    assert company.incident(1).policy_hash != company.incident(2).policy_hash
    with company.store.read() as unit:
        last = [one.entry for one in unit.audit.entries(limit=10_000) if one.entry.action == "policy.adopted"][-1]
    assert ("U0LENA00000", "operator") == (last.actor, last.actor_kind.value)
    assert company.audit_is_whole()


def _would_be_missed(replayed: Mapping[str, Any]) -> bool:
    told = replayed["lines"][0]
    return bool(replayed["is_worse"]) and told.startswith("Acknowledge would be missed at 2026-11-20 14:04")
