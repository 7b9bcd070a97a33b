"""A changed policy folder is proposed, and takes force when one of the Board adopts it; what runs keeps its own."""

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ops.company import ROOT
from tests.stories.company import Cast
from tests.stories.conftest import START


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A policy folder of one's own."""
    return Path(shutil.copytree(ROOT / "policies", tmp_path / "policies"))


@pytest.fixture
async def company(tmp_path: Path, folder: Path) -> AsyncIterator[Cast]:
    """A company whose policy folder can be edited."""
    url = f"sqlite:///{tmp_path}/tocsin.db"
    cast = Cast(database=url, started_at=START, settings={"tocsin_policies": folder})
    await cast.open()
    yield cast
    await cast.close()
    assert [] == [f"{violation.rule}: {violation.detail}" for violation in cast.sandbox.workspace.violations]


def edit(folder: Path, *, was: str, now: str, file: str = "severity.yaml") -> None:
    """Replace the first `was` in a file of the folder, and give the file another version."""
    path = folder / file
    text = path.read_text().replace("version: 2.0.0", "version: 2.1.0")
    assert was in text
    path.write_text(text.replace(was, now, 1))


async def looks(company: Cast) -> None:
    """The bot looks at its folder, as it does every minute."""
    await company.sandbox.advance("61s")


async def sweeps(company: Cast) -> None:
    """The bot looks for what was forgotten, as it does every minute."""
    assert company.bot
    await company.bot.clock.sweep()
    await company.sandbox.settle()


def told(company: Cast) -> list[str]:
    """What the Governance channel reads."""
    return company.texts("governance", seen_by="lena")


async def test_the_board_adopts(company: Cast, folder: Path) -> None:
    """A minute after the change it is proposed; one press puts it in force; what runs stays on its own policy."""
    await company.types("ada", "/incident declare sev1 Checkout down")
    edit(folder, was="acknowledge: 5m", now="acknowledge: 4m")
    await looks(company)
    proposed = told(company)
    await company.presses("lena", "Adopt 2.1.0", channel="governance")
    await company.types("tomas", "/incident declare sev1 Search down")

    stays = "Policy 2.0.0 stays in force until one of the Board adopts it."
    assert 1 == len(proposed)
    assert proposed[0].endswith(stays)
    assert told(company)[0].startswith("Policy 2.1.0 is in force, adopted by Lena Brandt")
    due = {
        row.incident: row.due_at - company.incident(row.incident).declared.at
        for row in company.timers()
        if row.kind == "acknowledge.due"
    }
    assert {1: timedelta(minutes=5), 2: timedelta(minutes=4)} == due


async def test_only_the_board(company: Cast, folder: Path) -> None:
    """Somebody else is told who can, by button and by verb; the policy stays."""
    edit(folder, was="acknowledge: 5m", now="acknowledge: 4m")
    await looks(company)

    said = await company.types("ada", "/incident policy adopt")

    assert "Putting a policy in force is for Lena Brandt or Tomas Vidal." in said
    assert "Policy 2.0.0" in await company.types("ada", "/incident policy")


async def test_nonsense_is_said_once_and_never_takes_force(company: Cast, folder: Path) -> None:
    """The mistake is named with file and line in the Governance channel, once; the policy in force stays."""
    edit(folder, was="acknowledge: 5m", now="acknowledge: soon")
    await looks(company)
    await looks(company)
    assert company.bot
    await company.bot.stop()
    await company.start_bot()
    await looks(company)

    (said,) = told(company)
    assert said.startswith("severity.yaml line ")
    assert "`acknowledge: soon` is not a duration" in said
    assert said.endswith("Policy 2.0.0 stays in force.")
    assert "Policy 2.0.0" in await company.types("ada", "/incident policy")


async def test_what_was_replaced_is_not_adopted(company: Cast, folder: Path) -> None:
    """The folder changes again: the first proposal loses its buttons, and a hash typed for it is not taken."""
    edit(folder, was="acknowledge: 5m", now="acknowledge: 4m")
    await looks(company)
    edit(folder, was="acknowledge: 4m", now="acknowledge: 3m")
    await looks(company)

    said = await company.types("lena", "/incident policy adopt 000000")
    first, second = told(company)

    assert "Another policy has taken its place" in said
    assert "another one has taken its place" in first
    assert "is proposed" in second


async def test_kept_and_put_back(company: Cast, folder: Path) -> None:
    """The Board keeps the present one: it is not proposed again; files put back leave nothing to adopt."""
    kept = (folder / "severity.yaml").read_bytes()
    edit(folder, was="acknowledge: 5m", now="acknowledge: 4m")
    await looks(company)
    await company.presses("tomas", "Keep 2.0.0", channel="governance")
    await looks(company)
    after = told(company)
    (folder / "severity.yaml").write_bytes(kept)
    await looks(company)

    assert 1 == len(after)
    assert after[0].startswith("Policy 2.0.0 stays in force: Tomas Vidal decided so")
    assert "No other policy is proposed." in await company.types("lena", "/incident policy adopt")


async def test_an_overdue_review_is_chased_weekly(company: Cast, folder: Path) -> None:
    """Files overdue for review are named with their owner, once a week."""
    edit(folder, was="next_review: 2027-02-01", now="next_review: 2026-11-01", file="channels.yaml")
    await looks(company)
    await company.presses("lena", "Adopt 2.0.0", channel="governance")
    await sweeps(company)
    await sweeps(company)
    await company.sandbox.advance("7d")
    await sweeps(company)

    reviews = [text for text in told(company) if text.startswith("The review of")]
    assert ["The review of 1 policy file is overdue."] * 2 == reviews


BOMB = ROOT / "tests" / "policy" / "broken" / "04-an-alias-bomb" / "matrix.yaml"


def bomb(folder: Path) -> None:
    """Put a file there that a careless reader unfolds until memory is full."""
    (folder / "matrix.yaml").write_bytes(BOMB.read_bytes())


def halve(folder: Path) -> None:
    """Leave half of a file, as a copy that is still being written does."""
    whole = (folder / "severity.yaml").read_bytes()
    (folder / "severity.yaml").write_bytes(whole[: len(whole) // 2])


def empty(folder: Path) -> None:
    """Leave the folder without a file."""
    for path in folder.glob("*.yaml"):
        path.unlink()


@pytest.mark.parametrize("harm", [bomb, halve, empty, shutil.rmtree], ids=["alias bomb", "half", "empty", "gone"])
async def test_a_harmed_folder_changes_nothing(company: Cast, folder: Path, harm: Callable[[Path], None]) -> None:
    """It is said once, the policy in force stays, alarms run on it; put back as it was, nothing is proposed."""
    kept = _kept(folder)
    harm(folder)
    await looks(company)
    await looks(company)
    broken = told(company)
    await company.types("ada", "/incident declare sev1 Checkout down")
    _put_back(folder, kept)
    await looks(company)

    assert 1 == len(broken)
    assert broken[0].endswith("Policy 2.0.0 stays in force.")
    assert broken == told(company)
    assert "Policy 2.0.0" in await company.types("ada", "/incident policy")
    assert timedelta(minutes=5) == next(
        row.due_at - company.incident(1).declared.at for row in company.timers() if row.kind == "acknowledge.due"
    )


def _kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.yaml")}


def _put_back(folder: Path, kept: dict[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in kept.items():
        (folder / name).write_bytes(content)


async def test_half_a_file_then_the_whole(company: Cast, folder: Path) -> None:
    """A copy caught half written is said to be nonsense; a minute later the whole of it is proposed."""
    edit(folder, was="acknowledge: 5m", now="acknowledge: 4m")
    whole = (folder / "severity.yaml").read_bytes()
    (folder / "severity.yaml").write_bytes(whole[: len(whole) // 2])
    await looks(company)
    (folder / "severity.yaml").write_bytes(whole)
    await looks(company)

    broken, proposed = told(company)
    assert broken.endswith("Policy 2.0.0 stays in force.")
    assert proposed.startswith("Policy 2.1.0")
