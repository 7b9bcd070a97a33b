"""The pages on policy leave out no file and no key, and promise no control without a test."""

import re
from pathlib import Path

import pytest

from bot.policy.load import FILES, read_all
from bot.policy.reading import Reading

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "policy.md").read_text("utf-8")
CONTROLS = (ROOT / "docs" / "controls.md").read_text("utf-8")


class Noting(Reading):
    """A reading that remembers which keys each file may hold."""

    asked: dict[str, set[str]]

    def fields(self, spot, *, required, optional=()):
        """Return what the file holds, and remember what it may hold."""
        needed, allowed = tuple(required), tuple(optional)
        if spot:
            self.asked.setdefault(spot.file, set()).update(map(str, (*needed, *allowed)))
        return super().fields(spot, required=needed, optional=allowed)


def words_of(section: str) -> set[str]:
    """Return every word that stands in code in a section of the page."""
    spans = re.findall(r"`([^`]+)`", section)
    return {word for span in spans for word in re.findall(r"[a-z0-9_]+", span)}


def section_on(title: str) -> str:
    """Return what the page says under a heading."""
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("file", FILES)
def test_every_key_is_explained(shipped, file):
    """Each file has its section, and each key it may hold stands in it, or in the one on how files are written."""

    reading = Noting()
    reading.asked = {}
    read_all(reading=reading, files=shipped)

    assert set() == reading.asked[file] - words_of(section_on(file)) - words_of(section_on("How it is written"))


def test_no_file_is_left_out():
    """The page has a section for each file and for no other."""

    assert sorted(FILES) == sorted(re.findall(r"^## (\S+\.yaml)$", PAGE, re.MULTILINE))


def test_controls_name_tests_that_exist():
    """Every row of the controls names a requirement, and tests that are there."""

    rows = re.findall(r"^\| ([A-Z][0-9.]+[^|]*)\|([^|]+)\|([^|]+)\|([^|]+)\|$", CONTROLS, re.MULTILINE)
    tests = [test for row in rows for test in re.findall(r"`([^`]+)`", row[2])]

    assert rows
    assert [] == [test for test in tests if not _is_there(test)]


def test_controls_name_what_is_there():
    """Every path that a row calls a control exists."""

    rows = re.findall(r"^\| ([A-Z][0-9.]+[^|]*)\|([^|]+)\|([^|]+)\|([^|]+)\|$", CONTROLS, re.MULTILINE)
    paths = [path for row in rows for path in re.findall(r"`([a-z_]+/[^`]*|[A-Za-z]+\.(?:toml|yaml))`", row[1])]

    assert len(rows) == len([line for line in CONTROLS.splitlines() if re.match(r"\| [A-Z][0-9]", line)])
    assert paths
    assert [] == [path for path in paths if not (ROOT / path).exists() and not (ROOT / "policies" / path).exists()]


def test_no_clause_is_left_out():
    """Each clause of governance, plan, structure, data and use that this repository speaks of has its row."""

    clauses = (
        *("G1.1", "G2.1", "G3.1", "G3.2", "G3.3", "G3.4", "G6.1", "G7.1", "G8.1", "G8.2", "G9.1", "G10.1"),
        *("P1", "P2", "P3", "P6", "P10", "S1", "S2", "S3", "S5", "S12", "D4", "D8"),
        *(f"U{number}" for number in range(1, 8)),
    )

    assert [] == [clause for clause in clauses if not re.search(rf"^\| {re.escape(clause)} ", CONTROLS, re.MULTILINE)]


def _is_there(test: str) -> bool:
    """Return whether `tests/x/test_y.py::test_z` (or the file alone) exists."""
    file, _, name = test.partition("::")
    path = ROOT / file
    return path.is_file() and (not name or f"def {name}(" in path.read_text("utf-8"))
