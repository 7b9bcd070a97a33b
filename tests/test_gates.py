"""The repository keeps its own rules: layout, size, swallowed errors, who reads the clock, who knows whom."""

import ast
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "handlers", "views", "delivery", "storage", "web", "sandbox", "bench")
COMPOSE = ("bot/app.py", "bot/cli.py", "bot/ops/")
BUILT = {"__pycache__", "build", "dist", "var", "node_modules"}
KEPT_HIDDEN = {".ci", ".github", ".gitignore"}

LONGEST_MODULE = 300
LONGEST_FUNCTION = 60
MEDIAN_FUNCTION, NINE_IN_TEN_FUNCTIONS = 9, 30
MOST_BROAD_EXCEPTS = 6

REGISTRIES = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "pypi.python" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "yarnpkg" + ".com",
    "crates" + ".io",
    "proxy.golang" + ".org",
    "rubygems" + ".org",
    "repo.maven.apache" + ".org",
    "anaconda" + ".org",
)


def kept(name: str) -> bool:
    """Whether a name belongs to the repository, not to what is built or cached in it."""
    if name.startswith("."):
        return name in KEPT_HIDDEN
    return name not in BUILT and not name.endswith(".egg-info")


def files() -> Iterator[Path]:
    """Every file of the repository that a clone would hold."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if kept(name)]
        yield from (Path(folder, name) for name in names if kept(name))


def modules(*packages: str) -> list[Path]:
    """Every Python module of these packages, in a steady order."""
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    """A path as people write it: from the repository's root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def is_broad(handler: ast.ExceptHandler) -> bool:
    """Whether an except clause catches what nobody expected."""
    if handler.type is None:
        return True
    return any(
        isinstance(part, ast.Name) and part.id in {"Exception", "BaseException"} for part in ast.walk(handler.type)
    )


def reads_the_clock(node: ast.AST) -> bool:
    """Whether this is `datetime.now` or `datetime.utcnow`, called or passed on."""
    if not (isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow"}):
        return False
    owner = node.value
    return (isinstance(owner, ast.Name) and owner.id in {"datetime", "dt"}) or (
        isinstance(owner, ast.Attribute) and owner.attr == "datetime"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the gates ask of a module, so that it is parsed once and its tree is not kept."""

    imported: frozenset[str]
    """The top-level names it imports, wherever in it the import stands."""
    functions: tuple[tuple[str, int], ...]
    """Where each function stands, and its lines: decorators aside, docstring included."""
    broad_excepts: tuple[str, ...]
    clock_readings: tuple[str, ...]


@cache
def facts_of(path: Path) -> Facts:
    """What the gates ask of this module."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))))
    name = name_of(path)
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    return Facts(
        imported=frozenset(one.partition(".")[0] for one in plain | named),
        functions=tuple(
            (f"{name}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
            for node in nodes
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ),
        broad_excepts=tuple(
            f"{name}:{node.lineno}" for node in nodes if isinstance(node, ast.ExceptHandler) and is_broad(node)
        ),
        clock_readings=tuple(
            f"{name}:{node.lineno}" for node in nodes if isinstance(node, ast.Attribute) and reads_the_clock(node)
        ),
    )


def opening_of(path: Path) -> str:
    """The first paragraph of a module's docstring, which stands in the first line."""
    text = path.read_text(encoding="utf-8")
    return text[3:].partition('"""')[0].partition("\n\n")[0] if text.startswith('"""') else ""


@pytest.mark.parametrize("folder", ["bot", "handlers", "storage", "runbooks", "tests"])
def test_the_folders_the_customer_named_exist(folder):
    """A folder the customer asked for stands at the top level (U2)."""

    assert (ROOT / folder).is_dir()


@pytest.mark.parametrize("name", ["manifest.yaml", "pyproject.toml", "Procfile"])
def test_the_files_the_customer_named_exist(name):
    """A file the customer asked for stands at the top level (U2)."""

    assert (ROOT / name).is_file()


def test_modules_are_short():
    """No module, tests aside, is longer than 300 lines."""

    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*PACKAGES)}

    assert {} == {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE}


def test_functions_are_short():
    """No function, tests aside, is longer than 60 lines."""

    functions = [one for path in modules(*PACKAGES) for one in facts_of(path).functions]

    assert [] == [f"{function}: {lines} lines" for function, lines in functions if lines > LONGEST_FUNCTION]


def test_most_functions_are_very_short():
    """Half of all functions have at most 9 lines, nine in ten at most 30."""

    lengths = sorted(lines for path in modules(*PACKAGES) for _, lines in facts_of(path).functions)

    assert lengths[len(lengths) // 2] <= MEDIAN_FUNCTION
    assert lengths[len(lengths) * 9 // 10] <= NINE_IN_TEN_FUNCTIONS


def test_few_places_catch_everything():
    """Only the outermost boundaries catch `Exception`, and there are at most six of them."""

    broad = [place for path in modules(*PACKAGES) for place in facts_of(path).broad_excepts]

    assert [] == broad[MOST_BROAD_EXCEPTS:], broad


def test_every_module_says_what_it_is_about():
    """Every module, tests included, opens with a docstring whose first line is a sentence."""

    openings = {name_of(path): opening_of(path) for path in modules(*PACKAGES, "tests")}

    assert [] == [name for name, opening in openings.items() if not opening.rstrip().endswith(".")]


def test_only_compose_reads_the_clock():
    """`now` is an argument everywhere but in the modules that wire Tocsin up, so that time can be played."""

    readings = [
        place
        for path in modules(*PACKAGES)
        if not name_of(path).startswith(COMPOSE)
        for place in facts_of(path).clock_readings
    ]

    assert [] == readings


def test_the_sandbox_knows_nothing_of_the_bot():
    """The sandbox plays Slack to any bot: it imports no package of this one."""

    bot = set(PACKAGES) - {"sandbox"}

    assert [] == [name_of(path) for path in modules("sandbox") if facts_of(path).imported & bot]


def test_only_compose_starts_a_sandbox():
    """Nothing that serves a real workspace imports the sandbox; what composes a demo or a bench does."""

    strangers = [path for path in modules(*PACKAGES) if not name_of(path).startswith((*COMPOSE, "sandbox/", "bench/"))]

    assert [] == [name_of(path) for path in strangers if "sandbox" in facts_of(path).imported]


def test_words_need_only_the_standard_library():
    """The vocabulary stands below everything, so it can be imported from anywhere."""

    assert set() == facts_of(ROOT / "bot" / "words.py").imported - sys.stdlib_module_names


def test_no_file_names_a_package_registry():
    """Where packages come from is the installer's configuration, never the repository's."""

    naming = [
        name_of(path) for path in files() if any(host.encode() in path.read_bytes().lower() for host in REGISTRIES)
    ]

    assert [] == naming
