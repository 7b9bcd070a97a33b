"""`.ci/audit`: a weakness fails the build, a missing network does not, and neither is silent."""

import subprocess
from pathlib import Path

import pytest

AUDIT = Path(__file__).resolve().parents[1] / ".ci" / "audit"
REPORTS = 'for last; do :; done; echo "jinja2 3.0 GHSA-1" > "$last"; exit 1'
UNREACHED = "echo 'ConnectionError: Max retries exceeded' >&2; exit 1"


def audit(folder, script):
    """Run the audit with a pip-audit that does as `script` says; return its exit code and what it complained of."""
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin" / "pip-audit").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "bin" / "pip-audit").chmod(0o755)
    ran = subprocess.run([AUDIT, folder / "bin"], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stderr


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("exit 0", 0, ""),
        (REPORTS, 1, "jinja2 3.0 GHSA-1\n*** KNOWN WEAKNESSES in the locked packages"),
        (UNREACHED, 0, "*** KNOWN WEAKNESSES NOT LOOKED UP: ConnectionError: Max retries exceeded ***"),
    ],
)
def test_what_an_audit_comes_to(tmp_path, script, code, said):
    """Clean is silent and good, a weakness is named and bad, no network is loud and good."""

    ended, complaint = audit(tmp_path, script)

    assert code == ended
    assert complaint.startswith(said)


def test_a_clean_lock_is_looked_up_once_a_day(tmp_path):
    """What was clean is not asked about again today; what could not be asked is asked again."""

    assert 0 == audit(tmp_path, "exit 0")[0]
    assert (0, "") == audit(tmp_path, REPORTS)
