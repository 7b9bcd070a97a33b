"""What is wrong with a backup's folder is said of that folder, not of the database."""

from pathlib import Path

import pytest
from typer import Exit

from bot.ops.backup_commands import for_the_file, writing_to
from bot.ops.exits import FINDING
from bot.ops.sentences import in_sentences

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full on this machine")
def test_a_full_disk_under_a_backup(tmp_path, capsys):
    """The folder that is full is named; the database has nothing to do with it."""

    with (
        pytest.raises(Exit) as ended,
        in_sentences(),
        for_the_file(tmp_path / "night.backup"),
        writing_to(tmp_path),
        FULL.open("wb", buffering=0) as file,
    ):
        file.write(b"everything")

    said = f"The backup cannot be written to {tmp_path}: No space left on device. Nothing of it is left there.\n"
    assert (FINDING, said) == (ended.value.exit_code, capsys.readouterr().err)
