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


def _is_there(test: str) -> bool:
    """Return whether `tests/x/test_y.py::test_z` (or the file alone) exists."""
    file, _, name = test.partition("::")
    path = ROOT / file
    return path.is_file() and (not name or f"def {name}(" in path.read_text("utf-8"))
