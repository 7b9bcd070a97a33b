"""The scenarios that come with Tocsin: each is played to its end, and nothing Slack would refuse happens in it."""

import json
import subprocess
import sys

import pytest

from bot.ops.scenarios.loading import load_scenario, shipped
from bot.ops.scenarios.model import Precision


@pytest.mark.parametrize("name", shipped())
def test_what_no_source_says_is_marked_so(name):
    """An acknowledgement is in no source: whoever plays one says that it was put there for the drill."""
    acks = [row for row in load_scenario(name).rows if row.kind == "ack"]

    assert {Precision.INVENTED} >= {row.precision for row in acks}


@pytest.mark.long
@pytest.mark.parametrize("name", shipped())
def test_it_is_played_to_its_end(name):
    """Played headless it ends with exit code 0, no violation, at most 8 writes, and a record that verifies."""
    command = [sys.executable, "-c", "from bot.cli import main; raise SystemExit(main())"]

    played = subprocess.run(
        [*command, "demo", "--scenario", name, "--headless", "--json"], capture_output=True, check=False, text=True
    )
    report = json.loads(played.stdout)

    assert (0, True, [], True) == (played.returncode, report["ok"], report["violations"], report["audit"]["verified"])
    assert [] == [one for one in report["declares"] if one["writes"] > 8]
