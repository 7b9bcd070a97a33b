"""What the relay's tests share: a world with a sandbox in frozen time."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from delivery.buckets import Limits
from delivery.pagers import Pagers
from delivery.relay import Pace
from delivery.web_client import open_session
from sandbox.server import Sandbox
from tests.delivery.memory_desk import MemoryDesk
from tests.delivery.world import World

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A relay over a sandbox, not begun yet."""
    sandbox = Sandbox(manifest=yaml.safe_load((ROOT / "manifest.yaml").read_text()), started_at=START)
    await sandbox.start()
    session = open_session()
    world = World(
        sandbox=sandbox,
        desk=MemoryDesk(clock=sandbox.clock.now),
        session=session,
        limits=Limits(jitter=random.Random(7).random),
        pagers=Pagers(),
        pace=Pace(poll=30.0),
    )
    yield world
    await world.end()
    await session.close()
    await sandbox.stop()
