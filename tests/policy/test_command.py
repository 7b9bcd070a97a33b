"""`tocsin policy`: what an operator and a pipeline hear, with the exit code they go by."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import main

BROKEN = Path(__file__).parent / "broken"
ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "policies"


def tocsin(*words):
    """Run `tocsin policy …`; return its exit code, its lines, and the lines of its complaint."""
    ran = CliRunner().invoke(main, ["policy", *map(str, words)])
    return ran.exit_code, ran.stdout.splitlines(), ran.stderr.splitlines()


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the shipped policy that a test may change."""
    return Path(shutil.copytree(POLICIES, tmp_path / "policies"))


def edit(folder, file, old, new):
    """Change one thing in one file of the folder."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def test_the_shipped_policy_is_good():
    """What ships is in order, and says how many types have no runbook yet."""

    code, lines, _ = tocsin("check", POLICIES, "--now", "2026-11-21")

    assert (0, 1) == (code, len(lines))
    assert "is good: 26 types of incident, 26 without a runbook yet." in lines[0]


@pytest.mark.parametrize("planted", sorted(BROKEN.iterdir()), ids=lambda planted: planted.name)
def test_planted_mistakes(folder, planted):
    """Each planted mistake is found by the command where it stands, and ends it with 1."""

    shutil.copytree(planted, folder, dirs_exist_ok=True)
    expected = (planted / "expected.txt").read_text("utf-8").splitlines()
    code, lines, _ = tocsin("check", folder)

    assert (1, expected) == (code, lines[:-1])
    assert lines[-1].endswith("This policy cannot be put in force.")


def test_a_mistake_in_a_pipeline(folder):
    """A pipeline gets the same findings as fields, from the command as it is installed."""

    edit(folder, "raci.yaml", "sre: R", "sre: X")
    command = [sys.executable, "-c", "from bot.cli import main; main()", "policy", "check", str(folder), "--json"]
    ran = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    said = json.loads(ran.stdout)

    assert (1, False, None) == (ran.returncode, said["ok"], said["version"])
    assert [("raci.yaml", 21, "sre", "X")] == [
        (one["file"], one["line"], one["key"], one["found"]) for one in said["errors"]
    ]


def test_a_good_policy_in_a_pipeline(policy):
    """A pipeline learns version and hash of what it checked."""

    said = json.loads("\n".join(tocsin("check", POLICIES, "--json", "--now", "2026-11-21")[1]))

    assert (True, policy.version, policy.hash, [], []) == (
        said["ok"],
        said["version"],
        said["hash"],
        said["errors"],
        said["warnings"],
    )
    assert [key for key, kind in policy.types.items() if kind.runbook is None] == said["without_runbook"]


@pytest.mark.parametrize(
    ("now", "overdue"),
    [
        ("2027-02-01", []),
        ("2027-02-01T23:59:59Z", []),
        ("2027-02-02T00:30+01:00", []),
        ("2027-02-01T23:30-01:00", ["1 day"]),
        ("2027-02-02", ["1 day"]),
        ("2027-03-01", ["28 days"]),
        ("2028-02-29", ["393 days"]),
    ],
)
def test_overdue_reviews(now, overdue):
    """A review is overdue from the day after, by UTC, whatever zone the moment is given in; it warns, no more (S12)."""

    code, lines, _ = tocsin("check", POLICIES, "--now", now)
    said = [f"is not ahead: the review is {days} overdue" for days in overdue]

    assert (0, 9 * len(said) + 1) == (code, len(lines))
    assert [line for line in lines[:-1] if not line.endswith(tuple(said))] == []


def test_a_runbook_that_is_missing(folder, tmp_path):
    """A runbook that is named and not written warns; one that is there does not."""

    edit(folder, "matrix.yaml", "runbook: none yet", "runbook: checkout-5xx")
    (tmp_path / "runbooks").mkdir()
    missing = tocsin("check", folder, "--now", "2026-11-21")
    (tmp_path / "runbooks" / "checkout-5xx.md").write_text("# Checkout")
    there = tocsin("check", folder, "--now", "2026-11-21", "--runbooks", tmp_path / "runbooks")

    assert (0, "Warning: matrix.yaml line 26: `runbook: checkout-5xx` is not in the runbooks folder") == (
        missing[0],
        missing[1][0],
    )
    assert (0, 1) == (there[0], len(there[1]))


def test_no_runbooks_at_all(folder):
    """Where there is no runbooks folder, nothing is said about what would be in it."""

    edit(folder, "matrix.yaml", "runbook: none yet", "runbook: checkout-5xx")

    assert 1 == len(tocsin("check", folder, "--now", "2026-11-21")[1])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("check", "nowhere"), "nowhere is no folder."),
        (("check", ROOT / "runbooks"), f"There is no policy in {ROOT / 'runbooks'}: it holds no .yaml file."),
        (("check", POLICIES, "--runbooks", "nowhere"), "nowhere is no folder."),
        (
            ("check", POLICIES, "--now", "soon"),
            "--now soon is no moment: write 2027-02-01, or 2027-02-01T09:00+01:00.",
        ),
        (
            ("show", "rollbak", "--in", POLICIES),
            "Policy says nothing about `rollbak`: the nearest is `rollback`.",
        ),
        (("diff", POLICIES, ROOT / "README.md"), "Compare two folders or two files, not one of each."),
        (("diff", POLICIES, "nowhere"), "nowhere is no folder."),
    ],
)
def test_misuse(words, sentence):
    """What cannot be answered as asked is said in a sentence, and ends with 2."""

    assert (2, [], [sentence]) == tocsin(*words)


def test_an_unreadable_file(folder):
    """A file the operator may not read is said by name (a link to nowhere cannot be read by root either)."""

    (folder / "severity.yaml").unlink()
    (folder / "severity.yaml").mkdir()
    code, lines, _ = tocsin("check", folder)

    assert (1, "severity.yaml line 1: `severity.yaml` is not there, and a policy needs it") == (code, lines[0])


def test_a_name_that_could_steer_a_terminal(folder):
    """Control characters in a file's name do not reach the terminal."""

    (folder / "a\x1b[31m.yaml").write_text("a: b")
    code, lines, _ = tocsin("check", folder)

    assert (1, False) == (code, any("\x1b" in line for line in lines))


def test_show():
    """`policy show sev1` says in plain words what SEV-1 asks for."""

    code, lines, _ = tocsin("show", "sev1", "--in", POLICIES)

    assert (0, "SEV-1, production crisis") == (code, lines[0])
    assert "  Status updates: every 15 min." in lines
    assert "  Authorise rollback: Incident Commander and ML Platform SRE may." in lines


def test_show_in_a_pipeline():
    """A script gets title, lines and source as fields; several words are one name."""

    said = json.loads("\n".join(tocsin("show", "data", "exposure", "--in", POLICIES, "--json")[1]))

    assert "Type data exposure" == said["title"]
    assert "At least SEV-2, at least RESTRICTED." in said["lines"]


def test_show_of_a_broken_policy(folder):
    """A policy with a mistake is not shown, its mistakes are."""

    edit(folder, "severity.yaml", "acknowledge: 5m", "acknowledge: soon")

    assert (
        1,
        [],
        [
            f"There is no good policy in {folder}:",
            "severity.yaml line 39: `acknowledge: soon` is not a duration (like 5m, 2h)",
        ],
    ) == tocsin("show", "sev1", "--in", folder)


def test_diff(folder):
    """`policy diff` says in words what changes, and finds a file that changed and kept its version (G5.1)."""

    edit(folder, "severity.yaml", "acknowledge: 5m", "acknowledge: 10m")
    edit(folder, "severity.yaml", "mitigate: 30m", "mitigate: 25m")
    expected = ["SEV-1: acknowledge was 5 min, is 10 min.", "SEV-1: mitigate was 30 min, is 25 min."]

    assert (1, [*expected, "severity.yaml changed, and its version was not raised."], []) == tocsin(
        "diff", POLICIES, folder
    )

    edit(folder, "severity.yaml", "version: 2.0.0", "version: 2.0.1")

    assert (0, [*expected, "severity.yaml: version was 2.0.0, is 2.0.1."], []) == tocsin("diff", POLICIES, folder)


def test_diff_of_files(folder, tmp_path):
    """Two files are compared as if the second stood in the place of the first."""

    edit(folder, "raci.yaml", "version: 2.0.0", "version: 2.1.0")
    edit(folder, "raci.yaml", "ml_engineer: C\n    data_engineer: I", "ml_engineer: R\n    data_engineer: I")
    draft = tmp_path / "draft.yaml"
    shutil.move(folder / "raci.yaml", draft)
    code, lines, _ = tocsin("diff", POLICIES / "raci.yaml", draft, "--json")
    said = json.loads("\n".join(lines))

    assert (0, []) == (code, said["unraised"])
    assert [
        "Duties: authorise rollback: ml engineer was C, is R.",
        "raci.yaml: version was 2.0.0, is 2.1.0.",
    ] == sorted(one["sentence"] for one in said["changes"])


def test_no_difference():
    """A policy does not differ from itself."""

    assert (0, ["Nothing changes."], []) == tocsin("diff", POLICIES, POLICIES)


def test_diff_with_a_broken_policy(folder):
    """Which side is broken is said."""

    (folder / "slos.yaml").write_text("")
    expected = [f"There is no good policy in {folder}:", "slos.yaml line 1: `slos.yaml` is not allowed to be empty"]

    assert (1, [], expected) == tocsin("diff", POLICIES, folder)
