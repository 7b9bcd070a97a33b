"""Stories: people in a sandbox, the real bot over real sockets, and one clock that only jumps."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.stories.company import Cast

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


@pytest.fixture
async def company(tmp_path: Path) -> AsyncIterator[Cast]:
    """A company with Tocsin in it at 14:00 UTC on a Friday, violations checked at the end."""
    cast = Cast(database=f"sqlite:///{tmp_path}/tocsin.db", started_at=START)
    await cast.open()
    yield cast
    await cast.close()
    assert [] == [f"{violation.rule}: {violation.detail}" for violation in cast.sandbox.workspace.violations]
