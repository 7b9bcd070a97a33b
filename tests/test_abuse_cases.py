"""The table of abuse cases names tests that exist and carry the number they are named for."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| (\d+) \|.*\| `(tests/[\w/]+\.py)::(\w+)` \|$", re.MULTILINE)
TABLE = ROW.findall((ROOT / "docs" / "abuse-cases.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("number", "file", "name"), TABLE)
def test_every_abuse_case_has_its_test(number, file, name):
    """Each row's test is there, and its docstring or its name carries the number."""

    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tests = {one.name: one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}

    assert name in tests
    assert re.search(rf"\b{number}\b", f"{ast.get_docstring(tests[name])} {name.replace('_', ' ')}")


def test_the_table_is_read():
    """Every line of the table that tells a case names its test."""

    rows = [line for line in (ROOT / "docs" / "abuse-cases.md").read_text().splitlines() if re.match(r"\| \d", line)]

    assert len(rows) == len(TABLE)
